package dev.ringwall.gateway;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The peers whose transaction tokens this node took lately, by the thumbprints of their certificates. A service may show a token that it was
/// handed to its own sidecar; there the signer is not at the other end of the connection, and the token does not bring its key along.
///
/// A peer is known as long as a token of its can count, and never are there more than [#REMEMBERED_MAX]: the one that would be forgotten
/// first makes room. Any thread may use it.
final class Signers {

    /// So many are remembered.
    static final int REMEMBERED_MAX = 512;

    private record Lately(Peer peer, Instant until) {}

    private final InstantSource clock;
    private final Map<String, Lately> lately = new HashMap<>();

    Signers(InstantSource clock) {
        this.clock = clock;
    }

    /// A token of that peer was taken, which counts until then.
    synchronized void took(Peer peer, Instant until) {
        Instant now = clock.instant();
        lately.values().removeIf(each -> !now.isBefore(each.until()));
        Lately known = lately.get(peer.thumbprint());
        if (known == null && lately.size() >= REMEMBERED_MAX) {
            lately.values().stream()
                    .min(Comparator.comparing(Lately::until))
                    .ifPresent(first -> lately.remove(first.peer().thumbprint()));
        }
        Instant end = known != null && known.until().isAfter(until) ? known.until() : until;
        lately.put(peer.thumbprint(), new Lately(peer, end));
    }

    /// The peer with that certificate, where a token of its was taken that may still count.
    synchronized Optional<Peer> find(String thumbprint) {
        Lately known = lately.get(thumbprint);
        return known == null || !clock.instant().isBefore(known.until())
                ? Optional.empty()
                : Optional.of(known.peer());
    }

    /// The same peer as it is remembered, so that connections of one peer do not keep its chain once each.
    Peer known(Peer peer) {
        return find(peer.thumbprint()).filter(peer::equals).orElse(peer);
    }

    synchronized int size() {
        return lately.size();
    }
}
