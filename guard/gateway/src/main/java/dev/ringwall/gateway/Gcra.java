package dev.ringwall.gateway;

import dev.ringwall.model.Limit;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Counts calls against one limit, each key by itself: the generic cell rate algorithm (ITU-T I.371). A full allowance may be used at
/// once; it comes back evenly over the period. Any thread may use it.
///
/// Of each key it remembers one number: when the allowance would be whole again. A key whose allowance is whole is forgotten. When
/// there are too many keys all the same, the new ones share one allowance: stricter, never wider.
final class Gcra {

    /// The most keys that are counted by themselves.
    static final int KEYS_MAX = 100_000;

    private static final Object NEWCOMERS = new Object();
    private static final long SWEEP_NANOS = Duration.ofSeconds(1).toNanos();

    private final long count;
    private final long perCallNanos;
    private final long burstNanos;
    private final int keysMax;
    private final ConcurrentHashMap<Object, AtomicLong> wholeAt = new ConcurrentHashMap<>();
    private final AtomicLong swept = new AtomicLong(Long.MIN_VALUE);

    Gcra(Limit limit) {
        this(limit.count(), limit.per(), KEYS_MAX);
    }

    Gcra(long count, Duration per, int keysMax) {
        this.count = count;
        this.perCallNanos = Math.ceilDiv(per.toNanos(), count);
        this.burstNanos = Math.multiplyExact(count - 1, perCallNanos);
        this.keysMax = keysMax;
    }

    /// Whether a call may go on.
    sealed interface Turn {
        /// It may.
        ///
        /// @param left       how many more may follow at once
        /// @param resetNanos until the allowance is whole again
        record Granted(long left, long resetNanos) implements Turn {}

        /// It may not.
        ///
        /// @param retryNanos until the next one may
        record Refused(long retryNanos) implements Turn {}
    }

    /// Takes one call of the key's allowance, if there is one.
    Turn take(Object key, long nowNanos) {
        AtomicLong cell = cell(key, nowNanos);
        while (true) {
            long whole = cell.get();
            long from = Math.max(whole, nowNanos);
            long early = from - burstNanos - nowNanos;
            if (early > 0) {
                return new Turn.Refused(early);
            }
            long next = from + perCallNanos;
            if (cell.compareAndSet(whole, next)) {
                return new Turn.Granted(
                        (nowNanos + burstNanos + perCallNanos - next) / perCallNanos,
                        next - nowNanos);
            }
        }
    }

    /// Whether the key has anything left, without taking any of it.
    Turn look(Object key, long nowNanos) {
        AtomicLong cell = wholeAt.get(key);
        if (cell == null) {
            return new Turn.Granted(count, 0);
        }
        long early = Math.max(cell.get(), nowNanos) - burstNanos - nowNanos;
        return early > 0 ? new Turn.Refused(early) : new Turn.Granted(1, 0);
    }

    /// How many keys are counted.
    int keys() {
        return wholeAt.size();
    }

    private AtomicLong cell(Object key, long nowNanos) {
        AtomicLong known = wholeAt.get(key);
        if (known != null) {
            return known;
        }
        if (wholeAt.size() >= keysMax) {
            sweep(nowNanos);
        }
        Object counted = wholeAt.size() >= keysMax ? NEWCOMERS : key;
        return wholeAt.computeIfAbsent(counted, _ -> new AtomicLong(nowNanos));
    }

    private void sweep(long nowNanos) {
        long last = swept.get();
        if ((last == Long.MIN_VALUE || nowNanos - last >= SWEEP_NANOS)
                && swept.compareAndSet(last, nowNanos)) {
            wholeAt.values().removeIf(cell -> cell.get() <= nowNanos);
        }
    }
}
