package dev.ringwall.gateway;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Counts by the generic cell rate algorithm (GCRA, ITU-T I.371): each key holds one number, the time at which its bucket is empty again.
///
/// Memory is bounded: at [#KEYS_MAX] keys those whose time has passed are dropped, and when that frees nothing, unknown keys share one
/// strict counter rather than going uncounted. Thread-safe.
final class Limiter {

    /// How many keys are counted by themselves.
    static final int KEYS_MAX = 1_000_000;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final String SHARED = "";

    private final ConcurrentHashMap<String, AtomicLong> emptyAt = new ConcurrentHashMap<>();
    private final int keysMax;

    Limiter() {
        this(KEYS_MAX);
    }

    Limiter(int keysMax) {
        this.keysMax = keysMax;
    }

    /// What the count says.
    ///
    /// @param passed     whether one more is within the limit
    /// @param left       how many more would be
    /// @param waitMillis how long to wait until one more is, when it is not; or until the count starts anew
    record Count(boolean passed, long left, long waitMillis) {}

    /// Counts one for the key. `count` in `perNanos` may pass, all of them at once if need be.
    Count take(String key, long count, long perNanos, long nowNanos) {
        AtomicLong cell = cell(key, nowNanos);
        long each = Math.max(1, perNanos / count);
        while (true) {
            long before = cell.get();
            long after = Math.max(before, nowNanos) + each;
            long ahead = after - nowNanos;
            if (ahead > perNanos) {
                return new Count(false, 0, Math.ceilDiv(ahead - perNanos, NANOS_PER_MILLI));
            }
            if (cell.compareAndSet(before, after)) {
                return new Count(
                        true, (perNanos - ahead) / each, Math.ceilDiv(ahead, NANOS_PER_MILLI));
            }
        }
    }

    private AtomicLong cell(String key, long nowNanos) {
        AtomicLong cell = emptyAt.get(key);
        if (cell != null) {
            return cell;
        }
        boolean room = emptyAt.size() < keysMax || forgetPast(nowNanos);
        return emptyAt.computeIfAbsent(room ? key : SHARED, _ -> new AtomicLong());
    }

    private boolean forgetPast(long nowNanos) {
        emptyAt.values().removeIf(cell -> cell.get() < nowNanos);
        return emptyAt.size() < keysMax;
    }

    int keys() {
        return emptyAt.size();
    }
}
