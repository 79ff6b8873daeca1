package dev.ringwall.gateway;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.SpiffeId;

/// One way to the next hop. Connections of equal ways are alike, so a pooled one may be used for another request.
///
/// @param multiplexed whether HTTP/2 is spoken there, many requests on one connection
record Way(String host, int port, Crossing crossing, boolean multiplexed) {

    /// A way that carries one request at a time.
    Way(String host, int port, Crossing crossing) {
        this(host, port, crossing, false);
    }

    /// How the way is protected.
    sealed interface Crossing {
        /// Not at all: the loopback.
        record Plain() implements Crossing {}

        /// Both ends show who they are. A way belongs to one certificate of ours, because tokens are bound to it.
        record Mutual(Identity as, SpiffeId to) implements Crossing {}

        /// The other end has a certificate for its host name from a public authority.
        record Public() implements Crossing {}
    }

    /// Not protected, for the loopback.
    static Way plain(String host, int port) {
        return new Way(host, port, new Crossing.Plain());
    }

    /// The same in HTTP/2.
    Way inHttp2() {
        return new Way(host, port, crossing, true);
    }
}
