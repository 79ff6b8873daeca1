package dev.ringwall.reading;

import dev.ringwall.model.Limit;
import dev.ringwall.model.Limit.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Limits as people write them: `300/min per address`, `5000/day`, `20 at once per caller`, `100MB/day`.
final class Limits {

    /// Limits on one thing.
    static final int LIMITS_MAX = 8;

    private static final String PER = "(?: per (address|caller|operation|role))?";
    private static final Pattern RATE = Pattern.compile("([1-9][0-9]{0,9})/(s|min|h|day)" + PER);
    private static final Pattern BYTES_RATE =
            Pattern.compile("([1-9][0-9]{0,5})(B|kB|MB|GB)/(s|min|h|day)" + PER);
    private static final Pattern AT_ONCE = Pattern.compile("([1-9][0-9]{0,9}) at once" + PER);

    private static final Map<String, Long> BYTES =
            Map.of("B", 1L, "kB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L);

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
        Matcher rate = RATE.matcher(text.value());
        if (rate.matches()) {
            long calls = Long.parseLong(rate.group(1));
            Limit.Key key = key(rate.group(3), unsaid);
            return limit(text, calls, Unit.CALLS, per(rate.group(2)), key, problems);
        }
        Matcher sized = BYTES_RATE.matcher(text.value());
        if (sized.matches()) {
            long bytes = Long.parseLong(sized.group(1)) * BYTES.getOrDefault(sized.group(2), 1L);
            Limit.Key key = key(sized.group(4), unsaid);
            return limit(text, bytes, Unit.BYTES, per(sized.group(3)), key, problems);
        }
        Matcher atOnce = AT_ONCE.matcher(text.value());
        if (atOnce.matches()) {
            long calls = Long.parseLong(atOnce.group(1));
            Limit.Key key = key(atOnce.group(2), unsaid);
            return limit(text, calls, Unit.AT_ONCE, Duration.ZERO, key, problems);
        }
        problems.unexpected(
                "bad-limit",
                text,
                "a count of calls, or of bytes with B, kB, MB or GB, a slash and s, min, h or day; or a count and `at once`; then maybe `per address`, `per caller`, `per role` or `per operation`",
                "write it like `300/min per address`, `20 at once per caller` or `100MB/day per caller`");
        return Optional.empty();
    }

    private static Optional<Limit> limit(
            Yaml.Text text, long count, Unit unit, Duration per, Limit.Key key, Problems problems) {
        if (count > unit.max()) {
            problems.unexpected(
                    "out-of-range",
                    text,
                    "a count up to " + unit.max(),
                    "write a count that binds, or leave the limit out");
            return Optional.empty();
        }
        return Optional.of(new Limit(count, unit, per, key, text.line()));
    }

    private static Duration per(String word) {
        return switch (word) {
            case "s" -> Duration.ofSeconds(1);
            case "min" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }

    private static Limit.Key key(@Nullable String word, Limit.Key unsaid) {
        return word == null ? unsaid : Limit.Key.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
