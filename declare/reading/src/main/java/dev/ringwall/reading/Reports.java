package dev.ringwall.reading;

import dev.ringwall.model.Problem;
import dev.ringwall.model.Problem.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Problems as a compiler would print them, as JSON, and as SARIF for tools that show findings beside the code.
public final class Reports {

    /// Longer lines of the source are cut around the place.
    static final int SOURCE_CHARS_MAX = 120;

    private Reports() {}

    /// Each problem with its line of the source and a mark under the place; ends with a line break unless there is none.
    ///
    /// @param sources the texts by their path, as a [Reading] has them; a line of a file that is not among them is left out
    public static String text(List<Problem> problems, Map<String, String> sources) {
        StringBuilder text = new StringBuilder();
        for (Problem problem : problems) {
            text.append(problem.line())
                    .append(':')
                    .append(problem.line().column())
                    .append(' ')
                    .append(word(problem.severity()))
                    .append('[')
                    .append(problem.rule())
                    .append("] ")
                    .append(problem.message())
                    .append('\n');
            excerpt(problem, sources, text);
            text.append("  remedy: ").append(problem.remedy()).append("\n\n");
        }
        return text.toString();
    }

    /// One object with the problems and how many there are of each weight; its keys are stable.
    public static String json(List<Problem> problems) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        for (Severity severity : Severity.values()) {
            root.put(
                    word(severity) + "s",
                    problems.stream().filter(problem -> problem.severity() == severity).count());
        }
        ArrayNode list = root.putArray("problems");
        for (Problem problem : problems) {
            list.addObject()
                    .put("rule", problem.rule())
                    .put("severity", word(problem.severity()))
                    .put("file", problem.line().file())
                    .put("line", problem.line().number())
                    .put("column", problem.line().column())
                    .put("message", problem.message())
                    .put("remedy", problem.remedy());
        }
        return root.toPrettyString() + "\n";
    }

    /// A SARIF 2.1.0 log with one run.
    ///
    /// @param toolVersion the version of Ringwall that found them
    public static String sarif(
            List<Problem> problems, Map<String, String> sources, String toolVersion) {
        return Sarif.log(problems, sources, toolVersion).toPrettyString() + "\n";
    }

    static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    /// The line of the source that the problem is about; empty text where it is not known.
    static String sourceLine(Problem problem, Map<String, String> sources) {
        return sources.getOrDefault(problem.line().file(), "")
                .lines()
                .skip(problem.line().number() - 1L)
                .findFirst()
                .orElse("");
    }

    private static void excerpt(Problem problem, Map<String, String> sources, StringBuilder text) {
        String line = sourceLine(problem, sources).replace('\t', ' ');
        int at = problem.line().column() - 1;
        if (line.isBlank() || at > line.length()) {
            return;
        }
        int start =
                Math.max(0, Math.min(at - SOURCE_CHARS_MAX / 2, line.length() - SOURCE_CHARS_MAX));
        String shown = line.substring(start, Math.min(line.length(), start + SOURCE_CHARS_MAX));
        String number = Integer.toString(problem.line().number());
        text.append("  ").append(number).append(" | ").append(shown).append('\n');
        text.append("  ")
                .append(" ".repeat(number.length()))
                .append(" | ")
                .append(" ".repeat(at - start))
                .append("^".repeat(wordLength(line, at)))
                .append('\n');
    }

    private static int wordLength(String line, int at) {
        int end = at;
        while (end < line.length()
                && (Character.isLetterOrDigit(line.charAt(end))
                        || "._-".indexOf(line.charAt(end)) >= 0)) {
            end++;
        }
        return Math.max(1, end - at);
    }
}
