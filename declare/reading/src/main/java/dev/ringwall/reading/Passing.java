package dev.ringwall.reading;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Turns lines of a written declaration into comments until it passes the check.
final class Passing {

    /// Lines that are given up at most; each takes one more check.
    static final int ROUNDS_MAX = 50;

    private Passing() {}

    /// @param others files that the declaration names
    static String check(String declaration, Map<String, String> others) {
        List<String> lines = new ArrayList<>(declaration.lines().toList());
        for (int round = 0; round < ROUNDS_MAX; round++) {
            List<Problem> errors = errors(String.join("\n", lines) + "\n", others);
            if (errors.isEmpty()) {
                break;
            }
            errors.forEach(error -> giveUp(error, lines));
        }
        return String.join("\n", lines) + "\n";
    }

    private static List<Problem> errors(String text, Map<String, String> others) {
        Map<String, String> files = new HashMap<>(others);
        files.put(Reader.FILE_NAME, text);
        List<Problem> problems =
                switch (Reader.read(files, Reader.FILE_NAME)) {
                    case Reading.Unreadable(var found, _) -> found;
                    case Reading.Read(var read, _) -> Blueprint.of(read).problems();
                };
        return problems.stream().filter(Problem::stops).toList();
    }

    /// The line itself where the problem is in the declaration; where it is in the document, the line that names the document.
    private static void giveUp(Problem error, List<String> lines) {
        int index = error.line().number() - 1;
        if (!error.line().file().equals(Reader.FILE_NAME) || error.rule().startsWith("openapi-")) {
            index =
                    lines.indexOf(
                            lines.stream()
                                    .filter(line -> line.strip().startsWith("openapi:"))
                                    .findFirst()
                                    .orElse(""));
        }
        if (index < 0 || index >= lines.size() || lines.get(index).strip().startsWith("#")) {
            return;
        }
        String line = lines.get(index);
        String indent = line.substring(0, line.length() - line.stripLeading().length());
        lines.set(
                index,
                indent
                        + "# "
                        + line.strip()
                        + "   # left out: "
                        + Init.comment(error.line() + " " + error.message()));
    }
}
