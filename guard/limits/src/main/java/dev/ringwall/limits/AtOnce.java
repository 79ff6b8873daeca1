package dev.ringwall.limits;

import java.util.concurrent.ConcurrentHashMap;

/// Counts what is under way, each key by itself. Any thread may use it.
final class AtOnce {

    /// Who comes when all places are taken is asked to come back then.
    private static final long RETRY_NANOS = 1_000_000_000L;

    private final long max;
    private final ConcurrentHashMap<Long, Long> underWay = new ConcurrentHashMap<>();

    AtOnce(long max) {
        this.max = max;
    }

    /// Takes a place, if one is free.
    Turn enter(long key) {
        long[] taken = new long[1];
        underWay.compute(
                key,
                (_, before) -> {
                    long now = before == null ? 0 : before;
                    taken[0] = now + 1;
                    return now < max ? Long.valueOf(now + 1) : before;
                });
        return taken[0] > max ? new Turn.Refused(RETRY_NANOS) : new Turn.Granted(max - taken[0], 0);
    }

    /// Gives a place back.
    void leave(long key) {
        underWay.computeIfPresent(key, (_, before) -> before <= 1 ? null : before - 1);
    }

    int keys() {
        return underWay.size();
    }
}
