package dev.ringwall.model;

import java.time.Duration;
import java.util.Locale;

/// How much may be used up: `300/min per address`, `20 at once per caller`, `100MB/day per caller`.
///
/// @param count  how many, at least 1
/// @param unit   of what
/// @param per    in which time; no time where it is counted what is under way at once
/// @param key    counted for whom
public record Limit(long count, Unit unit, Duration per, Key key, Line line) {

    /// The greatest count of calls that a declaration may name.
    public static final long COUNT_MAX = 1_000_000_000L;

    /// The greatest count of calls that are under way at once.
    public static final long AT_ONCE_MAX = 1_000_000L;

    /// The greatest count of bytes.
    public static final long BYTES_MAX = 1_000_000_000_000_000L;

    private static final long THOUSAND = 1_000L;

    /// What is counted.
    public enum Unit {
        /// Calls that were begun.
        CALLS(COUNT_MAX),
        /// Calls that were begun and have not ended.
        AT_ONCE(AT_ONCE_MAX),
        /// Bytes of bodies, in both directions.
        BYTES(BYTES_MAX);

        private final long max;

        Unit(long max) {
            this.max = max;
        }

        /// The greatest count that a declaration may name.
        public long max() {
            return max;
        }
    }

    /// Whose calls are counted together.
    public enum Key {
        /// All calls of the operation together.
        OPERATION,
        /// Each client address by itself.
        ADDRESS,
        /// Each account, key or service by itself.
        CALLER,
        /// All who hold a role together, each role by itself.
        ROLE;

        /// The word in the declaration.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Limit {
        if (count < 1 || count > unit.max()) {
            throw new IllegalArgumentException(count + " (expected: 1 to " + unit.max() + ")");
        }
        if (per.isNegative() || per.isZero() != (unit == Unit.AT_ONCE)) {
            throw new IllegalArgumentException(
                    per + " (expected: a time above zero, and none for what is under way at once)");
        }
    }

    /// A limit of calls.
    public Limit(long count, Duration per, Key key, Line line) {
        this(count, Unit.CALLS, per, key, line);
    }

    @Override
    public String toString() {
        String rate =
                switch (unit) {
                    case CALLS -> count + "/" + time();
                    case AT_ONCE -> count + " at once";
                    case BYTES -> size() + "/" + time();
                };
        return rate + " per " + key.word();
    }

    private String time() {
        return switch ((int) per.toSeconds()) {
            case 1 -> "s";
            case 60 -> "min";
            case 3600 -> "h";
            case 86400 -> "day";
            default -> per.toSeconds() + "s";
        };
    }

    private String size() {
        long left = count;
        String[] prefixes = {"", "k", "M", "G"};
        int prefix = 0;
        while (prefix < prefixes.length - 1 && left % THOUSAND == 0) {
            left /= THOUSAND;
            prefix++;
        }
        return left + prefixes[prefix] + "B";
    }
}
