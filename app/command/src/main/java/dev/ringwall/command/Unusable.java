package dev.ringwall.command;

/// What the user gave cannot be used. The message says what was read, what was expected and the remedy; it ends the command with
/// [Exit#UNUSABLE] and no stack trace.
final class Unusable extends RuntimeException {

    Unusable(String message) {
        super(message);
    }

    Unusable(String message, Throwable cause) {
        super(message, cause);
    }
}
