package dev.ringwall.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much of a value may be seen.
///
/// @param part  which part of it
/// @param count how many characters; 0 where that does not count
public record Show(Part part, int count) {

    private static final Pattern COUNTED = Pattern.compile("(first|last)([1-8])");
    private static final String HIDDEN = "****";

    /// Which part of a value may be seen.
    public enum Part {
        NOTHING,
        FIRST,
        LAST,
        /// Of an e-mail address what stands behind the `@`.
        DOMAIN
    }

    /// Reads `nothing`, `first4`, `last4` or `domain`.
    public static Optional<Show> parse(String text) {
        Matcher counted = COUNTED.matcher(text);
        if (counted.matches()) {
            Part part = counted.group(1).equals("first") ? Part.FIRST : Part.LAST;
            return Optional.of(new Show(part, Integer.parseInt(counted.group(2))));
        }
        return switch (text) {
            case "nothing" -> Optional.of(new Show(Part.NOTHING, 0));
            case "domain" -> Optional.of(new Show(Part.DOMAIN, 0));
            default -> Optional.empty();
        };
    }

    /// What may be seen of a value. Of one so short that half of it would be seen, nothing is; nor is its length.
    public String of(String value) {
        int letters = value.codePointCount(0, value.length());
        return switch (part) {
            case NOTHING -> HIDDEN;
            case FIRST ->
                    letters <= 2 * count
                            ? HIDDEN
                            : value.substring(0, value.offsetByCodePoints(0, count)) + HIDDEN;
            case LAST ->
                    letters <= 2 * count
                            ? HIDDEN
                            : HIDDEN
                                    + value.substring(
                                            value.offsetByCodePoints(value.length(), -count));
            case DOMAIN -> {
                int at = value.lastIndexOf('@');
                yield at <= 0 ? HIDDEN : HIDDEN + value.substring(at);
            }
        };
    }

    @Override
    public String toString() {
        return switch (part) {
            case NOTHING -> "nothing";
            case DOMAIN -> "domain";
            case FIRST -> "first" + count;
            case LAST -> "last" + count;
        };
    }
}
