package dev.ringwall.gateway;

import java.net.InetAddress;
import java.util.Optional;

/// How requests of one connection come to this node.
///
/// @param address  of the other end of the connection
/// @param from     the same in digits
/// @param peer     who that is, where both sides showed a certificate of the system
/// @param outsider what a stranger's connection was about, at the door
record Arrival(
        Listener listener,
        Side side,
        InetAddress address,
        String from,
        Optional<Peer> peer,
        Optional<Outsider> outsider) {

    Arrival(
            Listener listener,
            InetAddress address,
            Optional<Peer> peer,
            Optional<Outsider> outsider) {
        this(listener, Side.of(listener), address, address.getHostAddress(), peer, outsider);
    }
}
