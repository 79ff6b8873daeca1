package dev.ringwall.reading;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time as people write them: `30m`, `8h`, `90d`, `2w`, `13mo`, `7y`.
///
/// A month is a twelfth of a year of 365 days.
final class Durations {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})(s|m|h|d|w|mo|y)");

    private static final Duration YEAR = Duration.ofDays(365);

    private static final Map<String, Duration> UNITS =
            Map.of(
                    "s", Duration.ofSeconds(1),
                    "m", Duration.ofMinutes(1),
                    "h", Duration.ofHours(1),
                    "d", Duration.ofDays(1),
                    "w", Duration.ofDays(7),
                    "mo", YEAR.dividedBy(12),
                    "y", YEAR);

    private Durations() {}

    /// A length of time between two bounds, both included.
    record Range(Duration least, Duration most, String words) {
        static final Range SESSION =
                new Range(Duration.ofMinutes(1), Duration.ofDays(30), "1m to 30d");
        static final Range ROTATE =
                new Range(Duration.ofHours(1), YEAR.multipliedBy(2), "1h to 2y");
        static final Range KEEP =
                new Range(Duration.ofDays(1), YEAR.multipliedBy(100), "1d to 100y");
    }

    /// Reads the text; empty when it is no such time, which is then among the problems.
    static Optional<Duration> read(Yaml.Text text, Range range, Problems problems) {
        Matcher form = FORM.matcher(text.value());
        if (!form.matches()) {
            problems.unexpected(
                    "bad-duration",
                    text,
                    "a number and a unit, such as 30m, 8h, 90d, 13mo or 7y",
                    remedy(text.value()));
            return Optional.empty();
        }
        Duration read = unit(form.group(2)).multipliedBy(Long.parseLong(form.group(1)));
        if (read.compareTo(range.least()) < 0 || read.compareTo(range.most()) > 0) {
            problems.unexpected(
                    "out-of-range", text, range.words(), "write a time from " + range.words());
            return Optional.empty();
        }
        return Optional.of(read);
    }

    private static Duration unit(String word) {
        Duration unit = UNITS.get(word);
        if (unit == null) {
            throw new IllegalStateException(
                    "a unit that the pattern has and the table has not: " + word);
        }
        return unit;
    }

    private static String remedy(String written) {
        String tight =
                written.replaceAll("\\s+", "")
                        .replaceAll("(?i)(year|month|week|day|hour|min|sec)[a-z]*$", "$1");
        String unit =
                switch (tight.replaceAll("^[0-9]+", "")) {
                    case "year" -> "y";
                    case "month" -> "mo";
                    case "week" -> "w";
                    case "day" -> "d";
                    case "hour" -> "h";
                    case "min" -> "m";
                    case "sec" -> "s";
                    default -> "";
                };
        String number = tight.replaceAll("[^0-9].*$", "");
        return unit.isEmpty() || number.isEmpty()
                ? "units are s, m, h, d, w, mo and y"
                : "write `" + number + unit + "`";
    }
}
