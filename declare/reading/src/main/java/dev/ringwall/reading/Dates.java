package dev.ringwall.reading;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Days as ISO 8601 writes them, `2027-01-31`.
final class Dates {

    private Dates() {}

    /// Reads the text; empty when there is no such day, which is then among the problems.
    static Optional<LocalDate> read(Yaml.Text text, Problems problems) {
        if (text.value().matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
            try {
                return Optional.of(LocalDate.parse(text.value()));
            } catch (DateTimeParseException noSuchDay) {
                // The form is right and the day is not in the calendar; said below.
            }
        }
        problems.unexpected(
                "bad-date",
                text,
                "a day of the calendar as year-month-day",
                "write it like `2027-01-31`");
        return Optional.empty();
    }
}
