package dev.ringwall.reading;

import dev.ringwall.model.Line;
import dev.ringwall.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Gathers problems while reading goes on, so that the author sees all of them at once.
final class Problems {

    /// Past this many, more of them help nobody.
    static final int PROBLEMS_MAX = 200;

    /// What was read is quoted up to this many characters.
    static final int QUOTE_CHARS_MAX = 60;

    private final Set<Problem> found = new LinkedHashSet<>();

    void error(String rule, Line line, String message, String remedy) {
        if (found.size() < PROBLEMS_MAX) {
            found.add(Problem.error(rule, line, message, remedy));
        } else if (found.size() == PROBLEMS_MAX) {
            found.add(
                    Problem.error(
                            "too-many-problems",
                            line,
                            "there are more than " + PROBLEMS_MAX + " problems",
                            "mend these first, then check again"));
        }
    }

    /// The form that most problems have: what was read, and what was expected in its place.
    void unexpected(String rule, Yaml read, String expected, String remedy) {
        error(rule, read.line(), quote(read) + " (expected: " + expected + ")", remedy);
    }

    boolean any() {
        return !found.isEmpty();
    }

    List<Problem> inReadingOrder() {
        List<Problem> sorted = new ArrayList<>(found);
        sorted.sort(Problem.BY_PLACE);
        return sorted;
    }

    /// What was read, short enough for a message.
    static String quote(Yaml read) {
        return switch (read) {
            case Yaml.Mapping _ -> "a map";
            case Yaml.Items _ -> "a list";
            case Yaml.Text text when text.kind() == Yaml.Kind.NOTHING -> "nothing";
            case Yaml.Text text -> quote(text.value());
        };
    }

    static String quote(String text) {
        String oneLine = text.replaceAll("\\s+", " ");
        if (oneLine.codePointCount(0, oneLine.length()) <= QUOTE_CHARS_MAX) {
            return "`" + oneLine + "`";
        }
        return "`" + oneLine.substring(0, oneLine.offsetByCodePoints(0, QUOTE_CHARS_MAX)) + "…`";
    }
}
