package dev.ringwall.people;

import java.time.Instant;
import java.util.Locale;

/// Access tokens that count no more although their time is not up.
///
/// @param until when the last of them would have expired anyway
public record Revocation(Kind kind, String value, Instant until) {

    /// The claim by which they are known.
    public enum Kind {
        /// One token.
        JTI,
        /// All of a login.
        SID,
        /// All of an account or of a client.
        SUB;

        /// The name of the claim.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
