package dev.ringwall.gateway;

import dev.ringwall.keys.TrustRoot;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/// What a data plane is told once, when it starts.
///
/// @param root    the root that the node pinned when it joined
/// @param loops   event loops, each a thread; by default one per processor
/// @param tls     which TLS library to use
/// @param health  where `/livez`, `/readyz` and `/metrics` are answered, plain HTTP on a loopback address; empty for nowhere
/// @param secrets the credentials for third parties
/// @param drain   how long requests that are under way may take to end when the data plane closes
public record NodeSettings(
        TrustRoot root,
        int loops,
        TlsLibrary tls,
        Optional<InetSocketAddress> health,
        Secrets secrets,
        Duration drain) {

    /// How long requests that are under way are waited for by default.
    public static final Duration DRAIN = Duration.ofSeconds(3);

    public NodeSettings {
        if (loops < 1) {
            throw new IllegalArgumentException(loops + " event loops (expected: at least 1)");
        }
        if (health.isPresent() && !health.get().getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    health.get() + " (expected: a loopback address, for it is plain HTTP)");
        }
    }

    /// Which library does TLS.
    public enum TlsLibrary {
        /// BoringSSL where it loads, else the JDK.
        QUICKEST,
        /// The JDK.
        JDK
    }

    /// The usual settings.
    public static NodeSettings of(TrustRoot root) {
        return new NodeSettings(
                root,
                Runtime.getRuntime().availableProcessors(),
                TlsLibrary.QUICKEST,
                Optional.empty(),
                Secrets.NONE,
                DRAIN);
    }

    /// With these credentials.
    public NodeSettings with(Secrets secrets) {
        return new NodeSettings(root, loops, tls, health, secrets, drain);
    }

    /// With health and metrics answered there.
    public NodeSettings withHealth(InetSocketAddress address) {
        return new NodeSettings(root, loops, tls, Optional.of(address), secrets, drain);
    }

    /// With that TLS library.
    public NodeSettings with(TlsLibrary library) {
        return new NodeSettings(root, loops, library, health, secrets, drain);
    }
}
