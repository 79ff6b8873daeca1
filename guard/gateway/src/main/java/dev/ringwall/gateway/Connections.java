package dev.ringwall.gateway;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.keys.TlsKeys;
import dev.ringwall.keys.TlsTrust;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/// How TLS is spoken on each side: BoringSSL where the native library loads, the JDK's where not; TLS 1.3 and nothing older.
final class Connections {

    private static final String[] VERSIONS = {"TLSv1.3"};

    private final SslProvider provider;
    private final ConcurrentHashMap<Side, SslContext> contexts = new ConcurrentHashMap<>();

    private record Side(Object own, Object peer) {}

    Connections() {
        this(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK);
    }

    Connections(SslProvider provider) {
        this.provider = provider;
    }

    SslProvider provider() {
        return provider;
    }

    /// The public door: no certificate is asked of callers.
    SslContext door(Supplier<Identity> certificate) {
        return build(SslContextBuilder.forServer(new TlsKeys(certificate)));
    }

    /// Before a service: a certificate of this system is asked of every peer.
    SslContext sidecar(Supplier<Identity> identity, PeerVerifier peers) {
        return build(
                SslContextBuilder.forServer(new TlsKeys(identity))
                        .trustManager(TlsTrust.everyone(peers))
                        .clientAuth(ClientAuth.REQUIRE));
    }

    /// To one peer of this system.
    SslContext toPeer(Supplier<Identity> own, PeerVerifier peers, SpiffeId peer) {
        return contexts.computeIfAbsent(
                new Side(own, peer),
                _ ->
                        build(
                                SslContextBuilder.forClient()
                                        .keyManager(new TlsKeys(own))
                                        .trustManager(TlsTrust.only(peers, peer))
                                        .endpointIdentificationAlgorithm("")));
    }

    /// To somebody outside, by the certificate authorities that Java trusts, and by host name.
    SslContext toOutside() {
        return contexts.computeIfAbsent(
                new Side("outside", ""),
                _ -> build(SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS")));
    }

    private SslContext build(SslContextBuilder builder) {
        try {
            return builder.sslProvider(provider).protocols(VERSIONS).build();
        } catch (SSLException unusable) {
            throw new IllegalStateException(
                    "TLS cannot be set up: " + unusable.getMessage(), unusable);
        }
    }
}
