package dev.ringwall.limits;

import dev.ringwall.model.Limit;

/// A limit and what has been used of it. Any thread may use it.
public final class Counted {

    private final Limit limit;
    private final String name;
    private final Tally tally;
    private final RateFields fields;

    Counted(Limit limit, String name, Tally tally) {
        this.limit = limit;
        this.name = name;
        this.tally = tally;
        this.fields = RateFields.of(limit, name);
    }

    /// How one limit is counted.
    interface Tally {
        /// Takes a call, or a place among those under way, or looks whether there are bytes left.
        Turn take(long key, long nowNanos);

        /// Takes bytes that have flown.
        default void charge(long key, long bytes, long nowNanos) {}

        /// A call has ended.
        default void leave(long key) {}
    }

    public Limit limit() {
        return limit;
    }

    /// What answers say of it.
    public RateFields fields() {
        return fields;
    }

    /// Takes what a call needs before it may go on.
    ///
    /// @param nowNanos since 1970
    public Turn take(long key, long nowNanos) {
        return tally.take(key, nowNanos);
    }

    /// So many bytes have flown for it.
    public void charge(long key, long bytes, long nowNanos) {
        tally.charge(key, bytes, nowNanos);
    }

    /// A call that was let on has ended.
    public void leave(long key) {
        tally.leave(key);
    }

    Tally tally() {
        return tally;
    }

    @Override
    public String toString() {
        return name + " " + limit;
    }
}
