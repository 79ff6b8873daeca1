package dev.ringwall.reading;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// A file's path from the folder of the declaration, with `/` between its parts and nothing in it that leads out.
///
/// It is the name of the file in messages, in a [dev.ringwall.model.Line] and in a bundle.
record FilePath(String text) {

    /// The longest path that is followed.
    static final int LENGTH_MAX = 500;

    /// The path that `written` means in a file that is itself at `from`; empty when it leads out of the folder or is no plain path.
    static Optional<FilePath> resolve(FilePath from, String written) {
        int slash = from.text.lastIndexOf('/');
        return normal(slash < 0 ? written : from.text.substring(0, slash + 1) + written, written);
    }

    /// The entry itself, a plain name or path.
    static Optional<FilePath> entry(String written) {
        return normal(written, written);
    }

    private static Optional<FilePath> normal(String joined, String written) {
        if (written.isEmpty()
                || joined.length() > LENGTH_MAX
                || written.startsWith("/")
                || written.contains("\\")
                || written.contains(":")
                || joined.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : joined.split("/", -1)) {
            switch (part) {
                case "." -> {}
                case "" -> {
                    return Optional.empty();
                }
                case ".." -> {
                    if (parts.pollLast() == null) {
                        return Optional.empty();
                    }
                }
                default -> parts.add(part);
            }
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new FilePath(String.join("/", parts)));
    }

    @Override
    public String toString() {
        return text;
    }
}
