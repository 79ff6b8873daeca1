package dev.ringwall.node;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.NewKey;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.Rotating;
import dev.ringwall.keys.TrustRoot;
import dev.ringwall.link.Messages;
import dev.ringwall.link.OwnerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The certificates that a node shows, one for each of its names, on disk so that a restart needs no new join token, and exchanged while
/// others use them.
final class NodeIdentities {

    /// The name under which the gateway's public certificate is kept and asked for.
    static final String DOOR = "door";

    private static final String ROOT = "root.pem";

    private final Path folder;
    private final TrustRoot root;
    private final Map<String, Rotating<Identity>> identities;

    private NodeIdentities(
            Path folder, TrustRoot root, Map<String, Rotating<Identity>> identities) {
        this.folder = folder;
        this.root = root;
        this.identities = new ConcurrentHashMap<>(identities);
    }

    /// The certificates that a node of these names needs.
    static List<String> needed(List<String> names) {
        List<String> needed = new ArrayList<>(names);
        if (names.contains(NodeSettings.GATEWAY)) {
            needed.add(DOOR);
        }
        return needed;
    }

    /// The identities in that folder; empty when one of those needed is missing or has ended.
    static Optional<NodeIdentities> load(Path folder, List<String> names, InstantSource clock)
            throws IOException {
        Map<String, Rotating<Identity>> identities = new LinkedHashMap<>();
        try {
            if (!Files.exists(folder.resolve(ROOT))) {
                return Optional.empty();
            }
            TrustRoot root = TrustRoot.parse(Files.readString(folder.resolve(ROOT)));
            for (String name : needed(names)) {
                if (!Files.exists(file(folder, name))) {
                    return Optional.empty();
                }
                Identity identity = Identity.load(file(folder, name));
                if (!identity.notAfter().isAfter(clock.instant())) {
                    return Optional.empty();
                }
                identities.put(name, new Rotating<>(identity));
            }
            return Optional.of(new NodeIdentities(folder, root, identities));
        } catch (GeneralSecurityException unreadable) {
            throw new IOException(folder + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /// Fresh keys and the requests for their certificates.
    static Map<String, NewKey> newKeys(List<String> names) {
        Map<String, NewKey> keys = new HashMap<>();
        needed(names).forEach(name -> keys.put(name, NewKey.make()));
        return keys;
    }

    /// Keeps what the control plane issued for those keys.
    static NodeIdentities joined(
            Path folder, TrustRoot root, Map<String, NewKey> keys, Messages.Joined joined)
            throws IOException {
        Map<String, Rotating<Identity>> identities = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, NewKey> key : keys.entrySet()) {
                String chain = joined.chains().get(key.getKey());
                if (chain == null) {
                    throw new IOException("the control plane issued nothing for " + key.getKey());
                }
                Identity identity = key.getValue().certified(chain);
                identity.save(file(folder, key.getKey()));
                identities.put(key.getKey(), new Rotating<>(identity));
            }
        } catch (GeneralSecurityException unreadable) {
            throw new IOException(
                    "the control plane's certificates cannot be used: " + unreadable.getMessage(),
                    unreadable);
        }
        OwnerFiles.write(folder.resolve(ROOT), root.pem());
        return new NodeIdentities(folder, root, identities);
    }

    /// Keeps what the control plane issued later, for further names.
    void add(Map<String, NewKey> keys, Messages.Joined joined) throws IOException {
        identities.putAll(joined(folder, root, keys, joined).identities);
    }

    /// The services among the names.
    Set<String> services() {
        return identities.keySet().stream()
                .filter(name -> !name.equals(DOOR) && !name.equals(NodeSettings.GATEWAY))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// What tells this node apart from others of its names, as its certificates say.
    Optional<String> instance() {
        return identities.entrySet().stream()
                .filter(one -> !one.getKey().equals(DOOR))
                .flatMap(one -> one.getValue().current().instance().stream())
                .findFirst();
    }

    /// When each certificate ends.
    Map<String, Instant> ends() {
        Map<String, Instant> ends = new TreeMap<>();
        identities.forEach((name, identity) -> ends.put(name, identity.current().notAfter()));
        return ends;
    }

    /// The root that this node pinned when it joined.
    TrustRoot root() {
        return root;
    }

    /// Believes what comes from that root.
    PeerVerifier verifier(InstantSource clock) {
        return new PeerVerifier(root, clock);
    }

    /// The identity of that name, now and whenever it changes.
    Rotating<Identity> of(String name) {
        Rotating<Identity> identity = identities.get(name);
        if (identity == null) {
            throw new IllegalArgumentException("this node is not " + name);
        }
        return identity;
    }

    /// The names whose certificate has passed half of its life.
    List<String> due(Instant now) {
        return identities.entrySet().stream()
                .filter(entry -> !entry.getValue().current().renewAt().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Exchanges one for the next; connections that stand are not touched.
    void renewed(String name, NewKey key, String chain)
            throws IOException, GeneralSecurityException {
        Identity next = key.certified(chain);
        if (!next.id().equals(of(name).current().id())) {
            throw new GeneralSecurityException("the certificate is for somebody else");
        }
        next.save(file(folder, name));
        of(name).swap(next);
    }

    private static Path file(Path folder, String name) {
        return folder.resolve(name + ".pem");
    }
}
