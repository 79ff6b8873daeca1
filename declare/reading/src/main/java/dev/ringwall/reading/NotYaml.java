package dev.ringwall.reading;

import dev.ringwall.model.Line;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/// Says in the author's words why a text is not YAML.
final class NotYaml {

    private NotYaml() {}

    static void report(
            String file, String text, MarkedYamlEngineException broken, Problems problems) {
        Line line = YamlParser.line(file, broken.getProblemMark().or(broken::getContextMark));
        String source = text.lines().skip(line.number() - 1L).findFirst().orElse("");
        int at = Math.min(line.column() - 1, source.length());
        String what = broken.getProblem() == null ? "it ends too early" : broken.getProblem();
        String where = broken.getContext() == null ? "" : " " + broken.getContext();
        if (source.startsWith("\t", at) || what.contains("TAB")) {
            problems.error(
                    "tab",
                    line,
                    "a tab (expected: spaces)",
                    "indent with spaces; YAML knows no tabs");
        } else if (source.substring(0, at).endsWith("/") && source.startsWith("{", at)) {
            problems.error(
                    "not-yaml",
                    line,
                    "a path with {…} without quotes, inside braces",
                    "put it in quotes: `http: \"GET /orders/{id}\"`");
        } else {
            problems.error(
                    "not-yaml",
                    line,
                    "this is not YAML: " + oneLine(what + where),
                    "look for a missing quote, bracket, colon or comma here or just before");
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
