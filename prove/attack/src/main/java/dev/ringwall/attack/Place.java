package dev.ringwall.attack;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// Where one service and its sidecar are.
///
/// @param inbound  where the sidecar takes calls for the service (mutual TLS)
/// @param own      where the service itself listens
/// @param outbound callee → the address that the sidecar handed to the service for calls to it
/// @param insider  the service's identity, for the attacks of a broken-into service
public record Place(
        Optional<InetSocketAddress> inbound,
        Optional<InetSocketAddress> own,
        Map<String, URI> outbound,
        Optional<Insider> insider) {

    public Place {
        outbound = Map.copyOf(outbound);
    }
}
