package dev.ringwall.gateway;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.TlsKeys;
import dev.ringwall.keys.TlsTrust;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS 1.3 towards callers. The certificate is asked for at each handshake, so the newest is shown and standing connections go on.
final class TlsServers {

    /// How long a handshake may take.
    static final Duration HANDSHAKE_MAX = Duration.ofSeconds(10);

    private static final String[] GROUPS = {"X25519MLKEM768", "x25519", "P-256", "P-384"};

    private static final ApplicationProtocolConfig SPOKEN =
            new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    ApplicationProtocolNames.HTTP_2,
                    ApplicationProtocolNames.HTTP_1_1);

    private static final Logger LOG = LoggerFactory.getLogger(TlsServers.class);

    private final SslContext context;
    private final Executor handshakes;
    private final Optional<TicketKeys> tickets;

    private TlsServers(SslContext context, Executor handshakes, Optional<TicketKeys> tickets) {
        this.context = context;
        this.handshakes = handshakes;
        this.tickets = tickets;
    }

    /// BoringSSL where it loads and is wanted, else the JDK.
    static SslProvider provider(NodeSettings.TlsLibrary wanted) {
        if (wanted == NodeSettings.TlsLibrary.JDK) {
            return SslProvider.JDK;
        }
        if (OpenSsl.isAvailable()) {
            return SslProvider.OPENSSL;
        }
        LOG.atWarn()
                .setCause(OpenSsl.unavailabilityCause())
                .log("BoringSSL does not load; TLS by the JDK, which is slower");
        return SslProvider.JDK;
    }

    /// For strangers. Who comes back shows a ticket; the JDK's library keeps the keys of those itself.
    static TlsServers door(
            SslProvider provider,
            Supplier<Identity> certificate,
            Executor handshakes,
            InstantSource clock) {
        SslContext context =
                built(
                        agreeing(
                                SslContextBuilder.forServer(new TlsKeys(certificate))
                                        .sslProvider(provider),
                                provider));
        return new TlsServers(
                context,
                handshakes,
                context.sessionContext() instanceof OpenSslSessionContext sessions
                        ? Optional.of(new TicketKeys(sessions, clock))
                        : Optional.empty());
    }

    /// For our own nodes, each with a certificate of its own. No tickets: who may no more must not come back on what was shown before.
    static TlsServers mutual(
            SslProvider provider,
            Supplier<Identity> identity,
            PeerVerifier verifier,
            Executor handshakes) {
        return new TlsServers(
                built(
                        agreeing(
                                SslContextBuilder.forServer(new TlsKeys(identity))
                                        .sslProvider(provider)
                                        .clientAuth(ClientAuth.REQUIRE)
                                        .trustManager(TlsTrust.everyone(verifier)),
                                provider)),
                handshakes,
                Optional.empty());
    }

    /// Key agreement that also withstands whoever records today and has a quantum computer later, where both sides can
    /// (draft-ietf-tls-ecdhe-mlkem); else the usual one. The JDK's library chooses for itself.
    static SslContextBuilder agreeing(SslContextBuilder builder, SslProvider provider) {
        return provider == SslProvider.JDK
                ? builder
                : builder.option(OpenSslContextOption.GROUPS, GROUPS.clone());
    }

    private static SslContext built(SslContextBuilder builder) {
        try {
            return builder.protocols("TLSv1.3").applicationProtocolConfig(SPOKEN).build();
        } catch (SSLException cannot) {
            throw new IllegalStateException("TLS cannot be set up", cannot);
        }
    }

    SslHandler handler(ByteBufAllocator allocator) {
        tickets.ifPresent(TicketKeys::replaceWhenOld);
        SslHandler handler = context.newHandler(allocator, handshakes);
        handler.setHandshakeTimeoutMillis(HANDSHAKE_MAX.toMillis());
        return handler;
    }
}
