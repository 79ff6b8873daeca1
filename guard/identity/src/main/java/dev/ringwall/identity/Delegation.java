package dev.ringwall.identity;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// What a token says that somebody uses for somebody else (RFC 8693 §4.1).
///
/// @param roles those of the person that count
/// @param act   who acts, and for whom that one acted before
/// @param until when it ends at the latest
record Delegation(Set<String> roles, Map<String, Object> act, Instant until) {
    Delegation {
        roles = Set.copyOf(roles);
        act = Map.copyOf(act);
    }
}
