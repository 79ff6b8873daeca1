package dev.ringwall.gateway;

import dev.ringwall.keys.SpiffeId;
import dev.ringwall.keys.Thumbprint;
import java.security.cert.X509Certificate;
import java.util.List;

/// Who is at the other end of a mutually authenticated connection, or signed what was said there.
///
/// @param chain      leaf first, followed to the root when it was shown
/// @param thumbprint of the leaf: what header and `cnf` of its transaction tokens must say (RFC 7515 §4.1.8, RFC 8705 §3.1)
record Peer(SpiffeId id, List<X509Certificate> chain, String thumbprint) {

    Peer {
        chain = List.copyOf(chain);
    }

    static Peer of(SpiffeId id, List<X509Certificate> chain) {
        return new Peer(id, chain, Thumbprint.of(chain.getFirst()));
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }
}
