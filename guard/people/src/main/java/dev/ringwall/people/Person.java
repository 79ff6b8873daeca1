package dev.ringwall.people;

import java.util.Optional;

/// An account, and what another system that keeps accounts says of it.
///
/// @param externalId what that system calls it; it says so itself, and nobody else relies on it
/// @param attributes what else it says, a JSON object; `{}` where it says nothing
public record Person(Account account, Optional<String> externalId, String attributes) {

    /// The most that is kept of one, in characters.
    public static final int ATTRIBUTES_CHARACTERS_MAX = 8_000;

    /// The longest name in another system, in characters.
    public static final int EXTERNAL_CHARACTERS_MAX = 200;

    /// What stands for no attributes.
    public static final String NO_ATTRIBUTES = "{}";
}
