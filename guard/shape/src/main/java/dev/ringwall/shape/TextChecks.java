package dev.ringwall.shape;

import java.util.function.Predicate;

/// What schemas ask of strings.
final class TextChecks {

    private TextChecks() {}

    /// Characters as people count them, not as Java stores them (RFC 8259 §7).
    static Check minLength(int min) {
        return text(
                "minLength",
                text -> text.length() >= min && text.codePointCount(0, text.length()) >= min);
    }

    static Check maxLength(int max) {
        return text(
                "maxLength",
                text -> text.length() <= max || text.codePointCount(0, text.length()) <= max);
    }

    static Check pattern(String pattern) {
        TextPattern compiled = TextPattern.of(pattern);
        return text("pattern", compiled::in);
    }

    /// A format of strings or of numbers; the other kind passes.
    static Check format(String name) {
        Predicate<String> texts = Formats.ofTexts(name);
        if (texts != null) {
            return text("format", texts);
        }
        Predicate<Value.Numeric> numbers = Formats.ofNumbers(name);
        return (value, marks, walk) ->
                !(value instanceof Value.Numeric number)
                        || numbers.test(number)
                        || walk.broken("format");
    }

    private static Check text(String keyword, Predicate<String> good) {
        return (value, marks, walk) ->
                !(value instanceof Value.Text(String text))
                        || good.test(text)
                        || walk.broken(keyword);
    }
}
