package dev.ringwall.admin;

import dev.ringwall.events.Actor;
import java.util.Optional;
import java.util.Set;

/// Who administers, as the rings proved it.
///
/// @param scopes all that the token is worth, by names of operations; empty for what has no token but a key
public record Administrator(Actor actor, Optional<Set<String>> scopes) {

    public Administrator {
        scopes = scopes.map(Set::copyOf);
    }
}
