package dev.ringwall.attack;

import java.util.Optional;

/// Gives programs what they prove themselves with, as the operator does. Called from any thread.
@FunctionalInterface
public interface ClientDesk {

    /// A client of that role that signs (RFC 7523), made for this run alone: its `client_id`. Empty when there can be none.
    ///
    /// @param keys its public keys, as a JWK set
    Optional<String> signing(String role, String keys);

    /// A token with which so many programs register themselves as clients (RFC 7591 §3). Empty when there can be none.
    default Optional<String> invitation(int uses) {
        return Optional.empty();
    }

    /// There is no operator at hand.
    static ClientDesk closed() {
        return (_, _) -> Optional.empty();
    }
}
