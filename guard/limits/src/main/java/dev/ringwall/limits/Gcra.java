package dev.ringwall.limits;

import dev.ringwall.limits.Cells.Stripe;
import java.time.Duration;

/// Counts against one limit, each key by itself: the generic cell rate algorithm (ITU-T I.371). A full allowance may be used at once; it comes
/// back evenly over the period. Any thread may use it.
///
/// Of each key it remembers one number: when the allowance would be whole again. A key whose allowance is whole is forgotten. When
/// there are too many keys all the same, the new ones share one allowance: stricter, never wider.
public final class Gcra {

    /// The most keys that are counted by themselves.
    public static final int KEYS_MAX = 1_000_000;

    private static final long SWEEP_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long NEWCOMERS = 1;

    private final long count;
    private final long periodNanos;
    private final Cells cells;
    private final Stripe newcomers = new Stripe(1);
    private volatile long wholeNotBefore = Long.MIN_VALUE;

    /// @param count   so much in a period
    /// @param keysMax so many are counted by themselves
    public Gcra(long count, Duration period, int keysMax) {
        this.count = count;
        this.periodNanos = period.toNanos();
        this.cells = new Cells(keysMax);
    }

    /// Takes one of the key's allowance, if there is one.
    public Turn take(long key, long nowNanos) {
        return take(key, 1, nowNanos);
    }

    /// Takes that much of the key's allowance, if there is so much.
    Turn take(long key, long weight, long nowNanos) {
        return use(key, weight, Math.max(0, periodNanos - cost(weight)), weight, nowNanos);
    }

    /// Whether the key has anything left, without taking any of it.
    public Turn look(long key, long nowNanos) {
        return use(key, 0, Math.max(0, periodNanos - cost(1)), 1, nowNanos);
    }

    /// Takes that much whether it is there or not; what is too much is a debt.
    void charge(long key, long weight, long nowNanos) {
        use(key, weight, Long.MAX_VALUE / 4, 1, nowNanos);
    }

    /// From now on those of whom nothing is known have nothing left, and get it back evenly like everybody else.
    void nobodyHasAnything(long nowNanos) {
        wholeNotBefore = nowNanos + periodNanos;
    }

    /// How many keys are counted.
    int keys() {
        return cells.size();
    }

    /// @param burstNanos by how much the time when all is whole again may lie ahead
    /// @param unit       in what the rest is told
    private Turn use(long key, long weight, long burstNanos, long unit, long nowNanos) {
        Stripe home = cells.stripe(key);
        synchronized (home) {
            int at = home.find(key);
            if (at == Stripe.NONE && weight == 0) {
                return turn(unknown(nowNanos), 0, burstNanos, unit, nowNanos);
            }
            if (at == Stripe.NONE && home.full()) {
                home.sweep(unknown(nowNanos), nowNanos, SWEEP_NANOS);
            }
            if (at == Stripe.NONE && !home.full()) {
                at = home.add(key, unknown(nowNanos));
            }
            if (at != Stripe.NONE) {
                return use(home, at, weight, burstNanos, unit, nowNanos);
            }
        }
        synchronized (newcomers) {
            int at = newcomers.find(NEWCOMERS);
            if (at == Stripe.NONE) {
                at = newcomers.add(NEWCOMERS, unknown(nowNanos));
            }
            return use(newcomers, at, weight, burstNanos, unit, nowNanos);
        }
    }

    private Turn use(Stripe stripe, int at, long weight, long burst, long unit, long now) {
        Turn turn = turn(stripe.get(at), weight, burst, unit, now);
        if (turn instanceof Turn.Granted granted && weight > 0) {
            stripe.set(at, now + granted.resetNanos());
        }
        return turn;
    }

    private Turn turn(long whole, long weight, long burstNanos, long unit, long now) {
        long from = Math.max(whole, now);
        long early = from - burstNanos - now;
        if (early > 0) {
            return new Turn.Refused(early);
        }
        long next = from + cost(weight);
        long leftNanos = Math.max(0, now + periodNanos - next);
        return new Turn.Granted((long) ((double) leftNanos / cost(unit)), next - now);
    }

    /// When the allowance is whole of somebody of whom nothing is known.
    private long unknown(long nowNanos) {
        return Math.max(nowNanos, wholeNotBefore);
    }

    private long cost(long weight) {
        return (long) Math.ceil((double) weight * periodNanos / count);
    }
}
