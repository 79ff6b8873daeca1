package dev.ringwall.control;

import dev.ringwall.keys.JoinToken;
import dev.ringwall.keys.TrustRoot;
import dev.ringwall.store.StoreFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Makes the tokens that nodes join with. Each is good once; whoever joins with it is a node of its own. Thread-safe.
public final class JoinTokens {

    private final ControlStore store;
    private final TrustRoot root;
    private final String control;
    private final InstantSource clock;

    /// @param control `host:port` of the control plane, for nodes
    JoinTokens(ControlStore store, TrustRoot root, String control, InstantSource clock) {
        this.store = store;
        this.root = root;
        this.control = control;
        this.clock = clock;
    }

    /// A token that lets one node join as these names, once.
    public String make(List<String> names, Duration life) throws IOException {
        return make(names, life, Optional.empty());
    }

    /// A token that lets a node which joined before have further names, once, so that it stays one node.
    ///
    /// @param instance what its certificate says of it; empty where that is of the time before there were instances
    public String further(List<String> names, Duration life, Optional<String> instance)
            throws IOException {
        return make(
                names,
                life,
                instance.or(() -> Optional.of(store.instances().only(names.getFirst()))));
    }

    private String make(List<String> names, Duration life, Optional<String> instance)
            throws IOException {
        JoinToken token = JoinToken.random(root, control);
        try {
            Instant expires = clock.instant().plus(life);
            store.addJoinToken(token.id(), token.secretSha256(), names, expires, instance);
        } catch (StoreFailure disk) {
            throw new IOException(disk);
        }
        return token.dangerousText();
    }
}
