package dev.ringwall.people;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/// A person who may sign in.
///
/// @param id    never changes and is never given again; the `sub` of tokens
/// @param name  what the person types; unique whatever the case
/// @param roles what the account was given; only those count that are declared
public record Account(
        String id, String name, Set<String> roles, Instant created, boolean disabled) {

    public Account {
        roles = java.util.Collections.unmodifiableSet(new TreeSet<>(roles));
    }

    /// The same account, as far as these roles go.
    Account with(Set<String> others) {
        return new Account(id, name, others, created, disabled);
    }
}
