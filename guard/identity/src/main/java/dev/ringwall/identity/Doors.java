package dev.ringwall.identity;

import dev.ringwall.model.Blueprint;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/// Where callers from outside reach the provider: at the door, and where the declaration names a host that asks for certificates, there
/// too (RFC 8705 §5). Addresses that callers sign begin with the one that they used.
record Doors(URI door, Supplier<Blueprint> blueprint) {

    /// The host that asks for certificates, as the beginning of an address.
    Optional<URI> mutualTls() {
        return blueprint
                .get()
                .declaration()
                .door()
                .mutualTls()
                .map(host ->
                        URI.create(
                                "https://"
                                        + host
                                        + (door.getPort() < 0 ? "" : ":" + door.getPort())));
    }

    /// Where this caller reached it, by the word of the gateway.
    URI reached(HttpServletRequest request) {
        Optional<String> host = Forwarded.host(request.getHeader("Forwarded"));
        return mutualTls()
                .filter(other -> host.filter(other.getHost()::equalsIgnoreCase).isPresent())
                .orElse(door);
    }
}
