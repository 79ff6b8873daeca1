package dev.ringwall.limits;

import dev.ringwall.limits.Counted.Tally;

/// What this node counts by itself.
final class Tallies {

    private Tallies() {}

    /// Calls in a time.
    record Calls(Gcra gcra) implements Tally {
        @Override
        public Turn take(long key, long nowNanos) {
            return gcra.take(key, nowNanos);
        }
    }

    /// Bytes in a time. Whether a call will take too many is not known before; so it may go on while there are any, and the debt keeps out the
    /// next ones.
    record Bytes(Gcra gcra) implements Tally {
        @Override
        public Turn take(long key, long nowNanos) {
            return gcra.look(key, nowNanos);
        }

        @Override
        public void charge(long key, long bytes, long nowNanos) {
            gcra.charge(key, bytes, nowNanos);
        }
    }

    /// Calls under way at once.
    record UnderWay(AtOnce places) implements Tally {
        @Override
        public Turn take(long key, long nowNanos) {
            return places.enter(key);
        }

        @Override
        public void leave(long key) {
            places.leave(key);
        }
    }
}
