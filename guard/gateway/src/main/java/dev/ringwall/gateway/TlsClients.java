package dev.ringwall.gateway;

import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.TlsTrust;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;

/// TLS towards next hops: mutual with our own nodes, with the SPIFFE id in the place of a host name; public with third parties, where
/// the host name must fit. Certificates are verified off the event loop.
final class TlsClients {

    /// So many contexts are kept; each belongs to one certificate of ours and one receiver.
    static final int CONTEXTS_MAX = 256;

    private static final String TLS_13 = "TLSv1.3";
    private static final String TLS_12 = "TLSv1.2";

    private final SslProvider provider;
    private final PeerVerifier verifier;
    private final Executor handshakes;
    private final Map<Kind, SslContext> contexts =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Kind, SslContext> eldest) {
                    return size() > CONTEXTS_MAX;
                }
            };

    TlsClients(SslProvider provider, PeerVerifier verifier, Executor handshakes) {
        this.provider = provider;
        this.verifier = verifier;
        this.handshakes = handshakes;
    }

    /// The handler that secures a connection that way; empty where it is plain.
    Optional<SslHandler> handler(Way way, ByteBufAllocator allocator) {
        if (way.crossing() instanceof Way.Crossing.Plain) {
            return Optional.empty();
        }
        SslHandler handler =
                context(new Kind(way.crossing(), way.multiplexed()))
                        .newHandler(allocator, way.host(), way.port(), handshakes);
        handler.setHandshakeTimeoutMillis(Connector.CONNECT_MAX.toMillis());
        return Optional.of(handler);
    }

    /// Ways of one kind are secured alike.
    private record Kind(Way.Crossing crossing, boolean multiplexed) {}

    private SslContext context(Kind kind) {
        synchronized (contexts) {
            return contexts.computeIfAbsent(kind, this::build);
        }
    }

    private SslContext build(Kind kind) {
        SslContextBuilder builder =
                TlsServers.agreeing(SslContextBuilder.forClient().sslProvider(provider), provider);
        if (kind.multiplexed()) {
            builder.applicationProtocolConfig(
                    new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2));
        }
        try {
            return switch (kind.crossing()) {
                case Way.Crossing.Mutual(var as, var to) ->
                        builder.protocols(TLS_13)
                                .keyManager(
                                        as.privateKey(), as.chain().toArray(X509Certificate[]::new))
                                .trustManager(TlsTrust.only(verifier, to))
                                .endpointIdentificationAlgorithm("") // the SPIFFE id is the name
                                .build();
                case Way.Crossing.Public() ->
                        builder.protocols(TLS_13, TLS_12)
                                .endpointIdentificationAlgorithm("HTTPS")
                                .build();
                case Way.Crossing.Plain() ->
                        throw new IllegalArgumentException("a plain way has no TLS");
            };
        } catch (SSLException cannot) {
            throw new IllegalStateException("TLS cannot be set up", cannot);
        }
    }
}
