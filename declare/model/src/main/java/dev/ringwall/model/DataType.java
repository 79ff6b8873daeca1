package dev.ringwall.model;

import java.util.List;
import java.util.Optional;

/// A kind of data that could leak, and how it must be treated.
///
/// @param fields the names of the JSON fields that carry it
/// @param show   how much of the values of its fields may be seen in answers
public record DataType(
        String name,
        Sensitivity sensitivity,
        Keep keep,
        List<String> fields,
        Optional<String> purpose,
        Optional<Show> show,
        Line line) {

    public DataType {
        fields = List.copyOf(fields);
    }

    /// How much harm a leak does, in rising order. The declaration writes it as `class:`.
    public enum Sensitivity {
        PUBLIC,
        INTERNAL,
        PERSONAL,
        CARDHOLDER,
        HEALTH,
        SECRET;

        private final String word = name().toLowerCase(java.util.Locale.ROOT);

        /// Whether an event about its use must be on the disk before the answer leaves.
        public boolean firm() {
            return compareTo(PERSONAL) >= 0;
        }

        /// The word in the declaration.
        public String word() {
            return word;
        }
    }

    /// How long the data may be kept.
    public sealed interface Keep {
        /// Nothing is said.
        record Unstated() implements Keep {}

        /// It may pass through and must never be stored.
        record Never() implements Keep {}

        /// At most this many days.
        record Days(int days) implements Keep {}
    }
}
