package dev.ringwall.limits;

/// Numbers by number, in flat arrays: sixteen bytes a key, at most three quarters full. A stripe is used by whoever holds its monitor.
final class Cells {

    private static final int STRIPES = 64;
    private static final int KEYS_WORTH_STRIPES = 1 << 14;

    /// A stripe may take that much more than its part, for keys do not fall evenly.
    private static final double UNEVEN = 1.1;

    private final Stripe[] stripes;

    /// @param keysMax so many keys it holds, about
    Cells(int keysMax) {
        stripes = new Stripe[keysMax < KEYS_WORTH_STRIPES ? 1 : STRIPES];
        int each =
                stripes.length == 1 ? keysMax : (int) Math.ceil(keysMax * UNEVEN / stripes.length);
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = new Stripe(each);
        }
    }

    Stripe stripe(long key) {
        return stripes[(int) (CountKey.spread(key) >>> 32) & (stripes.length - 1)];
    }

    int size() {
        int size = 0;
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                size += stripe.size;
            }
        }
        return size;
    }

    /// A part of the keys.
    static final class Stripe {

        /// No place.
        static final int NONE = -1;

        private static final int SLOTS_AT_FIRST = 16;
        private static final long FREE = 0;
        private static final long INSTEAD_OF_FREE = -1;

        private final int keysMax;
        private long[] table = new long[SLOTS_AT_FIRST * 2];
        private int size;
        private long sweptNanos = Long.MIN_VALUE;

        Stripe(int keysMax) {
            this.keysMax = keysMax;
        }

        /// The place of the key; `NONE` when it has none.
        int find(long key) {
            int at = home(named(key));
            while (table[at] != FREE) {
                if (table[at] == named(key)) {
                    return at;
                }
                at = next(at);
            }
            return NONE;
        }

        boolean full() {
            return size >= keysMax;
        }

        /// Makes a place for a key that has none, in a stripe that is not full.
        int add(long key, long value) {
            if ((size + 1) * 4L > table.length / 2 * 3L) {
                rebuild(table.length * 2, Long.MIN_VALUE);
            }
            int at = put(named(key));
            table[at + 1] = value;
            return at;
        }

        long get(int at) {
            return table[at + 1];
        }

        void set(int at, long value) {
            table[at + 1] = value;
        }

        /// Forgets what is not above that, unless it was done less than that long ago.
        void sweep(long above, long nowNanos, long everyNanos) {
            if (sweptNanos == Long.MIN_VALUE || nowNanos - sweptNanos >= everyNanos) {
                sweptNanos = nowNanos;
                rebuild(table.length, above);
            }
        }

        private void rebuild(int length, long above) {
            long[] old = table;
            table = new long[length];
            size = 0;
            for (int i = 0; i < old.length; i += 2) {
                if (old[i] != FREE && old[i + 1] > above) {
                    table[put(old[i]) + 1] = old[i + 1];
                }
            }
        }

        private int put(long named) {
            int at = home(named);
            while (table[at] != FREE) {
                at = next(at);
            }
            table[at] = named;
            size++;
            return at;
        }

        private static long named(long key) {
            return key == FREE ? INSTEAD_OF_FREE : key;
        }

        private int home(long named) {
            return (int) CountKey.spread(named) & (table.length - 1) & ~1;
        }

        private int next(int at) {
            return (at + 2) & (table.length - 1);
        }
    }
}
