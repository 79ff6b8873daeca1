package dev.ringwall.checks;

import java.util.List;

/// A text file of the repository. `path` is relative to its root, with `/`.
record TextFile(String path, List<String> lines) {

    TextFile {
        lines = List.copyOf(lines);
    }

    static TextFile of(String path, String text) {
        return new TextFile(path, text.lines().toList());
    }

    boolean isJava() {
        return path.endsWith(".java");
    }

    boolean isMainJava() {
        return isJava() && path.contains("/src/main/java/");
    }

    boolean isMarkdown() {
        return path.endsWith(".md");
    }

    String folder() {
        return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    String text() {
        return String.join("\n", lines);
    }
}
