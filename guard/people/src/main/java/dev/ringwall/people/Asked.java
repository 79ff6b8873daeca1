package dev.ringwall.people;

import java.util.Optional;

/// The request that is being answered, as far as events speak of it.
///
/// @param address of the client, as the gateway saw it
/// @param agent   what the client calls itself; empty when it does not say
/// @param path    of the request
public record Asked(
        Optional<String> request,
        Optional<String> trace,
        String address,
        String agent,
        String path) {

    /// Bound while a request is answered; unbound while somebody acts from inside.
    public static final ScopedValue<Asked> CURRENT = ScopedValue.newInstance();

    private static final Asked INSIDE = new Asked(Optional.empty(), Optional.empty(), "-", "", "");

    /// The current one.
    public static Asked current() {
        return CURRENT.orElse(INSIDE);
    }
}
