package dev.ringwall.attack;

import java.util.Optional;

/// Gives programs what they prove themselves with, as the operator does. Called from any thread.
@FunctionalInterface
public interface ClientDesk {

    /// A client of that role that signs (RFC 7523), made for this run alone: its `client_id`. Empty when there can be none.
    ///
    /// @param keys its public keys, as a JWK set
    Optional<String> signing(String role, String keys);

    /// There is no operator at hand.
    static ClientDesk closed() {
        return (_, _) -> Optional.empty();
    }
}
