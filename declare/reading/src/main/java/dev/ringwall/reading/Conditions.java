package dev.ringwall.reading;

import dev.ringwall.model.Condition;
import java.util.List;
import java.util.Optional;

/// Conditions are CEL; here only their length is checked and whether they look at the answer. The types are checked where they are compiled.
final class Conditions {

    /// What conditions call the parts of an answer.
    private static final List<String> OF_THE_ANSWER =
            List.of("response", "response_status", "response_headers");

    private Conditions() {}

    static Optional<Condition> read(Yaml.Text text, Problems problems) {
        if (text.value().length() > Condition.LENGTH_MAX) {
            problems.unexpected(
                    "too-large",
                    text,
                    "at most " + Condition.LENGTH_MAX + " characters",
                    "say it more simply, or let the service decide it");
            return Optional.empty();
        }
        return Optional.of(
                new Condition(
                        text.value(),
                        OF_THE_ANSWER.stream().anyMatch(name -> names(text.value(), name)),
                        text.line()));
    }

    /// Whether the expression has the identifier outside of its strings and not as a field of something else.
    static boolean names(String expression, String identifier) {
        int i = 0;
        boolean afterDot = false;
        while (i < expression.length()) {
            char c = expression.charAt(i);
            if (c == '"' || c == '\'') {
                i = endOfString(expression, i);
                afterDot = false;
            } else if (Character.isLetter(c) || c == '_') {
                int start = i;
                while (i < expression.length() && isPart(expression.charAt(i))) {
                    i++;
                }
                if (!afterDot && expression.substring(start, i).equals(identifier)) {
                    return true;
                }
                afterDot = false;
            } else if (expression.startsWith("//", i)) {
                int end = expression.indexOf('\n', i);
                i = end < 0 ? expression.length() : end;
            } else {
                afterDot = c == '.' || (afterDot && Character.isWhitespace(c));
                i++;
            }
        }
        return false;
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /// The index past the string that begins at `start`; a string without an end goes to the end.
    private static int endOfString(String expression, int start) {
        char quote = expression.charAt(start);
        boolean raw = start > 0 && "rR".indexOf(expression.charAt(start - 1)) >= 0;
        String triple = String.valueOf(quote).repeat(3);
        String end = expression.startsWith(triple, start) ? triple : String.valueOf(quote);
        int i = start + end.length();
        while (i < expression.length()) {
            if (expression.charAt(i) == '\\' && !raw) {
                i += 2;
            } else if (expression.startsWith(end, i)) {
                return i + end.length();
            } else {
                i++;
            }
        }
        return expression.length();
    }
}
