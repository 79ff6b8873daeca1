package dev.ringwall.command;

import dev.ringwall.model.Nearest;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;

/// What the user gave cannot be used. The message says what was read, what was expected and the remedy; it ends the command with
/// [Exit#UNUSABLE] and no stack trace.
final class Unusable extends RuntimeException {

    /// A name that is not declared, with the one that was meant or else those that there are.
    static Unusable name(String kind, String name, Collection<String> known) {
        String otherwise =
                known.isEmpty()
                        ? "none is declared"
                        : "expected one of " + String.join(", ", known);
        return new Unusable(
                "there is no " + kind + " `" + name + "`; " + Nearest.hint(name, known, otherwise));
    }

    /// What could not be read or written, in words: the exceptions of files carry only the name.
    static String reading(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "there is no file `" + missing.getFile() + "`";
            case AccessDeniedException denied ->
                    "`" + denied.getFile() + "` may not be read or written by you";
            default -> "cannot read or write: " + failure.getMessage();
        };
    }

    Unusable(String message) {
        super(message);
    }

    Unusable(String message, Throwable cause) {
        super(message, cause);
    }
}
