package dev.ringwall.limits;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What is run in the Redis: there, by its clock, and as one step.
final class RedisScripts {

    /// [Gcra] for one key. Arguments, in microseconds: how far ahead the time may lie when all is whole again, and how much is taken. Answers
    /// whether it was granted, and the time until the allowance is whole, or until the next call may come.
    static final String TAKE =
            """
            local t = redis.call('TIME')
            local now = t[1] * 1000000 + t[2]
            local whole = tonumber(redis.call('GET', KEYS[1]) or '0')
            if whole < now then whole = now end
            local early = whole - tonumber(ARGV[1]) - now
            if early > 0 then return {0, math.ceil(early)} end
            local cost = tonumber(ARGV[2])
            if cost > 0 then
              whole = whole + cost
              redis.call('SET', KEYS[1], string.format('%.3f', whole), 'PX', math.ceil((whole - now) / 1000) + 1)
            end
            return {1, math.ceil(whole - now)}
            """;

    /// Says that a node is here, and answers how many were within the last half minute.
    static final String HERE =
            """
            local t = tonumber(redis.call('TIME')[1])
            redis.call('ZADD', KEYS[1], t, ARGV[1])
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', t - 30)
            redis.call('EXPIRE', KEYS[1], 60)
            return {redis.call('ZCARD', KEYS[1])}
            """;

    /// Uses something up for so many milliseconds; answers whether nobody had before.
    static final String ONCE =
            """
            return {redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) and 1 or 0}
            """;

    static final String TAKE_SHA = sha(TAKE);
    static final String HERE_SHA = sha(HERE);
    static final String ONCE_SHA = sha(ONCE);

    private RedisScripts() {}

    /// Redis names scripts by SHA-1; nothing is protected by it.
    private static String sha(String script) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-1")
                                    .digest(script.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-1", missing);
        }
    }
}
