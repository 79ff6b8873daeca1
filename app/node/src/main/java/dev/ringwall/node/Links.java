package dev.ringwall.node;

import dev.ringwall.gateway.DataPlane;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.link.MutualTls;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The connections to the control plane, one for each name that this node holds a certificate for. Thread-safe.
final class Links {

    private final URI control;
    private final NodeIdentities identities;
    private final PeerVerifier peers;
    private final List<String> names;
    private final Map<String, ControlLink> links = new ConcurrentHashMap<>();
    private volatile String speaker;

    /// @param names what the node was told to be; it speaks for itself as the first of them that is still declared
    Links(URI control, NodeIdentities identities, PeerVerifier peers, List<String> names) {
        this.control = control;
        this.identities = identities;
        this.peers = peers;
        this.names = names;
        this.speaker = names.getFirst();
    }

    /// The connection as the holder of that name.
    ControlLink of(String name) {
        return links.computeIfAbsent(
                name,
                _ -> new ControlLink(control, MutualTls.toControl(identities.of(name), peers)));
    }

    /// The connection for what concerns the node as a whole.
    ControlLink own() {
        return of(speaker);
    }

    /// The way for what was recorded, as the node as a whole.
    Handover handover(DataPlane plane) {
        return new Handover(
                control,
                SpiffeId.control(peers.root().system()),
                () -> identities.of(speaker).current(),
                plane::deliver);
    }

    /// These services are declared now.
    void declared(Set<String> services) {
        speaker =
                names.stream()
                        .filter(name ->
                                name.equals(NodeSettings.GATEWAY) || services.contains(name))
                        .findFirst()
                        .orElse(names.getFirst());
    }

    /// The name that it speaks as for itself.
    String speaker() {
        return speaker;
    }
}
