package dev.ringwall.model;

import java.util.Optional;

/// Who may make an account.
///
/// @param role what somebody gets who registers; there where the mode is open
public record Registration(Mode mode, Optional<String> role, Line line) {

    /// Whoever the operator makes one for, and those whom the operator invites, and everybody, rising.
    public enum Mode {
        CLOSED("closed"),
        INVITE("invite"),
        OPEN("open");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        /// The word in the declaration.
        public String word() {
            return word;
        }
    }

    /// Where nothing is said.
    public static Registration closed(Line line) {
        return new Registration(Mode.CLOSED, Optional.empty(), line);
    }
}
