package dev.ringwall.reading;

import dev.ringwall.model.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Limits as people write them: `300/min per address`, `5000/day`, `50/s`.
final class Limits {

    /// Limits on one thing.
    static final int LIMITS_MAX = 8;

    private static final Pattern FORM =
            Pattern.compile("([1-9][0-9]{0,9})/(s|min|h|day)(?: per (address|caller|operation))?");

    private Limits() {}

    /// Reads one limit or a list; those that are none are among the problems.
    ///
    /// @param unsaid whose calls are counted together where the text does not say
    static List<Limit> read(List<Yaml.Text> texts, Limit.Key unsaid, Problems problems) {
        List<Limit> limits = new ArrayList<>();
        if (texts.size() > LIMITS_MAX) {
            problems.unexpected(
                    "too-large",
                    texts.getLast(),
                    "at most " + LIMITS_MAX + " limits",
                    "keep those that bind");
            return limits;
        }
        for (Yaml.Text text : texts) {
            read(text, unsaid, problems).ifPresent(limits::add);
        }
        return limits;
    }

    private static Optional<Limit> read(Yaml.Text text, Limit.Key unsaid, Problems problems) {
        Matcher form = FORM.matcher(text.value());
        if (!form.matches()) {
            problems.unexpected(
                    "bad-limit",
                    text,
                    "a count, a slash and s, min, h or day, then maybe `per address`, `per caller` or `per operation`",
                    "write it like `300/min per address`");
            return Optional.empty();
        }
        long count = Long.parseLong(form.group(1));
        if (count > Limit.COUNT_MAX) {
            problems.unexpected(
                    "out-of-range",
                    text,
                    "a count up to " + Limit.COUNT_MAX,
                    "write a count that binds, or leave the limit out");
            return Optional.empty();
        }
        Duration per =
                switch (form.group(2)) {
                    case "s" -> Duration.ofSeconds(1);
                    case "min" -> Duration.ofMinutes(1);
                    case "h" -> Duration.ofHours(1);
                    default -> Duration.ofDays(1);
                };
        String key = form.group(3);
        return Optional.of(
                new Limit(
                        count,
                        per,
                        key == null ? unsaid : Limit.Key.valueOf(key.toUpperCase(Locale.ROOT)),
                        text.line()));
    }
}
