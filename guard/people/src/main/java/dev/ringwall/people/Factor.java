package dev.ringwall.people;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// One second factor, as its owner and the operator see it.
///
/// @param id   names it: one of several of its kind by an id of its own, the others by the word of their kind
/// @param name what its owner calls it; empty where there is nothing to tell it from
/// @param used when it was last used, as far as that is kept
/// @param left how many uses there are; empty where they do not end
public record Factor(
        Kind kind,
        String id,
        String name,
        Instant since,
        Optional<Instant> used,
        OptionalInt left) {

    /// What it is.
    public enum Kind {
        APP,
        PASSKEY,
        RECOVERY_CODES,
        /// None: a browser in which the others are not asked for.
        REMEMBERED_BROWSER;

        /// As people and programs are told.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// One of which an account has one at most.
    static Factor only(Kind kind, Instant since, OptionalInt left) {
        return new Factor(kind, kind.word(), "", since, Optional.empty(), left);
    }
}
