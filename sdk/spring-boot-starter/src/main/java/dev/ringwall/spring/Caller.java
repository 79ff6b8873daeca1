package dev.ringwall.spring;

import java.util.Set;
import java.util.TreeSet;

/// Who calls, as it was proved. A handler method gets it by having a parameter of this type.
///
/// Not a `java.security.Principal` itself: `request.getUserPrincipal()` gives a [CallerPrincipal], or Spring Security's `Authentication`.
///
/// @param id         account, key or client id, `service:orders`, or [#ANYONE] for a caller who proved nothing
/// @param roles      what the declaration calls them: `shopper`; empty for services and for anyone
/// @param operations for what the call may be: behind a sidecar the one operation that it is, without a gateway the token's scope
public record Caller(String id, Set<String> roles, Set<String> operations) {

    /// The id of a caller who has no token.
    public static final String ANYONE = "-";

    private static final String SERVICE = "service:";

    public Caller {
        roles = Set.copyOf(roles);
        operations = Set.copyOf(operations);
        if (id.equals(ANYONE) && !roles.isEmpty()) {
            throw new IllegalArgumentException("anyone has no role, but here has " + roles);
        }
    }

    /// Has nobody proved who calls?
    public boolean isAnyone() {
        return id.equals(ANYONE);
    }

    /// Is it another service of the system that calls for itself?
    public boolean isService() {
        return id.startsWith(SERVICE);
    }

    /// Was this role proved?
    public boolean has(String role) {
        return roles.contains(role);
    }

    /// As it may stand in a log line.
    @Override
    public String toString() {
        return roles.isEmpty() ? id : id + " " + new TreeSet<>(roles);
    }
}
