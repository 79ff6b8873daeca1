package dev.ringwall.checks;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A file past 300 lines is two things. The exceptions are a ratchet: a file on the list may only get shorter, and its entry with it.
record FileLength(Map<String, Integer> exceptions) implements FileRule {

    static final int LINES_MAX = 300;

    FileLength {
        exceptions = Map.copyOf(exceptions);
    }

    /// The exceptions as lines of number and path.
    static FileLength except(String lines) {
        return new FileLength(
                lines.lines()
                        .map(line -> line.split(" ", 2))
                        .collect(
                                toUnmodifiableMap(
                                        entry -> entry[1], entry -> Integer.valueOf(entry[0]))));
    }

    @Override
    public List<String> breaches(List<TextFile> files) {
        List<String> breaches = new ArrayList<>();
        for (TextFile file : files) {
            if (file.isJava() || file.name().equals("ringwall")) {
                int lines = file.lines().size();
                int allowed = exceptions.getOrDefault(file.path(), LINES_MAX);
                if (lines > allowed) {
                    breaches.add(
                            "%s: %d lines (at most %d): it is two things, part it"
                                    .formatted(file.path(), lines, allowed));
                }
            }
        }
        exceptions.forEach((path, allowed) -> {
            int lines = linesOf(path, files);
            if (lines < allowed) {
                String lower = lines > LINES_MAX ? "lower it to " + lines : "remove it";
                breaches.add(
                        "%s: %d lines, its exception says %d: %s"
                                .formatted(path, lines, allowed, lower));
            }
        });
        return List.copyOf(breaches);
    }

    private static int linesOf(String path, List<TextFile> files) {
        return files.stream()
                .filter(file -> file.path().equals(path))
                .mapToInt(file -> file.lines().size())
                .findAny()
                .orElse(0);
    }
}
