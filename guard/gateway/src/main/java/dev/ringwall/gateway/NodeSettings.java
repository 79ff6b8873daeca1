package dev.ringwall.gateway;

import dev.ringwall.keys.TrustRoot;
import java.time.Duration;

/// What a data plane is told once, when it starts.
///
/// @param root    the root that the node pinned when it joined
/// @param loops   event loops, each a thread; by default one per processor
/// @param tls     which TLS library to use
/// @param secrets the credentials for third parties
/// @param drain   how long requests that are under way may take to end when the data plane closes
public record NodeSettings(
        TrustRoot root, int loops, TlsLibrary tls, Secrets secrets, Duration drain) {

    /// How long requests that are under way are waited for by default.
    public static final Duration DRAIN = Duration.ofSeconds(3);

    public NodeSettings {
        if (loops < 1) {
            throw new IllegalArgumentException(loops + " event loops (expected: at least 1)");
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
                Secrets.NONE,
                DRAIN);
    }

    /// With so many event loops.
    public NodeSettings loops(int count) {
        return new NodeSettings(root, count, tls, secrets, drain);
    }

    /// With these credentials.
    public NodeSettings with(Secrets secrets) {
        return new NodeSettings(root, loops, tls, secrets, drain);
    }

    /// With that TLS library.
    public NodeSettings with(TlsLibrary library) {
        return new NodeSettings(root, loops, library, secrets, drain);
    }
}
