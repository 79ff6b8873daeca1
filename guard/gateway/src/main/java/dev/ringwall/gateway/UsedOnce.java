package dev.ringwall.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/// What has been used and may not be used again for a while. Two generations, each open for that while, so that nothing is forgotten
/// too early; when one is full, what is new is refused rather than what is old forgotten. Any thread may use it.
final class UsedOnce {

    /// So many are remembered of one generation: some 20 MB.
    static final int GENERATION_MAX = 250_000;

    private final Duration window;
    private final int generationMax;
    private Set<Key> young = new HashSet<>();
    private Set<Key> old = Set.of();
    private Instant turns = Instant.MIN;

    private record Key(long high, long low) {}

    /// What a use is.
    enum Use {
        FIRST,
        AGAIN,
        FULL
    }

    UsedOnce(Duration window) {
        this(window, GENERATION_MAX);
    }

    UsedOnce(Duration window, int generationMax) {
        this.window = window;
        this.generationMax = generationMax;
    }

    synchronized Use use(String name, Instant now) {
        if (!now.isBefore(turns)) {
            old = young;
            young = new HashSet<>();
            turns = now.plus(window);
        }
        Key key = key(name);
        if (young.contains(key) || old.contains(key)) {
            return Use.AGAIN;
        }
        if (young.size() >= generationMax) {
            return Use.FULL;
        }
        young.add(key);
        return Use.FIRST;
    }

    /// Half of a SHA-256: to find another name for the same key takes 2^128 tries, and to find any two 2^64.
    private static Key key(String name) {
        try {
            ByteBuffer hash =
                    ByteBuffer.wrap(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(name.getBytes(StandardCharsets.UTF_8)));
            return new Key(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
