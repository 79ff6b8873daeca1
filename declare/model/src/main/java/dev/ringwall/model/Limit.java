package dev.ringwall.model;

import java.time.Duration;
import java.util.Locale;

/// How often something may happen: `300/min per address`.
///
/// @param count  how many, at least 1
/// @param per    in which time
/// @param key    counted for whom
public record Limit(long count, Duration per, Key key, Line line) {

    /// The greatest count that a declaration may name.
    public static final long COUNT_MAX = 1_000_000_000L;

    /// Whose calls are counted together.
    public enum Key {
        /// All calls of the operation together.
        OPERATION,
        /// Each client address by itself.
        ADDRESS,
        /// Each account, key or service by itself.
        CALLER;

        /// The word in the declaration.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Limit {
        if (count < 1 || count > COUNT_MAX) {
            throw new IllegalArgumentException(count + " (expected: 1 to " + COUNT_MAX + ")");
        }
        if (per.isNegative() || per.isZero()) {
            throw new IllegalArgumentException(per + " (expected: a time above zero)");
        }
    }

    @Override
    public String toString() {
        String unit =
                switch ((int) per.toSeconds()) {
                    case 1 -> "s";
                    case 60 -> "min";
                    case 3600 -> "h";
                    case 86400 -> "day";
                    default -> per.toSeconds() + "s";
                };
        return count + "/" + unit + " per " + key.word();
    }
}
