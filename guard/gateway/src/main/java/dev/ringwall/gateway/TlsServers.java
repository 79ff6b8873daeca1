package dev.ringwall.gateway;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.TlsKeys;
import dev.ringwall.keys.TlsTrust;
import dev.ringwall.model.Door;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedKeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS 1.3 towards callers. The certificate is asked for at each handshake, so the newest is shown and standing connections go on.
final class TlsServers {

    /// How long a handshake may take.
    static final Duration HANDSHAKE_MAX = Duration.ofSeconds(10);

    private static final String[] GROUPS = {"X25519MLKEM768", "x25519", "P-256", "P-384"};

    private static final String TLS_13 = "TLSv1.3";
    private static final String TLS_12 = "TLSv1.2";

    private static final List<String> CIPHERS =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256");

    /// What TLS 1.2 has that is no weaker: keys that are made for one connection, and authenticated encryption (RFC 9325 §4.2).
    private static final List<String> OLDER_CIPHERS =
            List.of(
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /// For sessions that were good for longer than tickets may be (RFC 8446 §4.6.1) the JDK gives none.
    private static final long NO_TICKETS_SECONDS = Duration.ofDays(8).toSeconds();

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
    ///
    /// @param oldest the oldest version that is spoken
    static TlsServers door(
            SslProvider provider,
            X509ExtendedKeyManager keys,
            Door.Tls oldest,
            Executor handshakes,
            InstantSource clock) {
        SslContext context = built(strangers(provider, keys), oldest);
        return new TlsServers(
                context,
                handshakes,
                context.sessionContext() instanceof OpenSslSessionContext sessions
                        ? Optional.of(new TicketKeys(sessions, clock))
                        : Optional.empty());
    }

    /// For strangers who may show a certificate (RFC 8705): whoever's it is, they prove that they hold its key, and that is all that is
    /// found out here. No tickets: each connection proves anew.
    static TlsServers asking(
            SslProvider provider,
            X509ExtendedKeyManager keys,
            Door.Tls oldest,
            Executor handshakes) {
        return new TlsServers(
                built(
                        strangers(provider, keys)
                                .clientAuth(ClientAuth.OPTIONAL)
                                .sessionTimeout(NO_TICKETS_SECONDS)
                                .trustManager(new AnyCertificate()),
                        oldest),
                handshakes,
                Optional.empty());
    }

    /// For an authority that asks whether a name is ours (RFC 8737 §3): it speaks nothing else.
    static TlsServers challenged(
            SslProvider provider, X509ExtendedKeyManager keys, Executor handshakes) {
        try {
            return new TlsServers(
                    strangers(provider, keys)
                            .protocols(versions(Door.Tls.TLS_1_2))
                            .applicationProtocolConfig(spoken(ClientHello.ACME))
                            .build(),
                    handshakes,
                    Optional.empty());
        } catch (SSLException cannot) {
            throw new IllegalStateException("TLS cannot be set up", cannot);
        }
    }

    private static SslContextBuilder strangers(SslProvider provider, X509ExtendedKeyManager keys) {
        return agreeing(SslContextBuilder.forServer(keys).sslProvider(provider), provider);
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
                                        .sessionTimeout(NO_TICKETS_SECONDS)
                                        .trustManager(TlsTrust.everyone(verifier)),
                                provider),
                        Door.Tls.TLS_1_3),
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

    private static SslContext built(SslContextBuilder builder, Door.Tls oldest) {
        try {
            return builder.protocols(versions(oldest))
                    .ciphers(ciphers(oldest))
                    .applicationProtocolConfig(
                            spoken(
                                    ApplicationProtocolNames.HTTP_2,
                                    ApplicationProtocolNames.HTTP_1_1))
                    .build();
        } catch (SSLException cannot) {
            throw new IllegalStateException("TLS cannot be set up", cannot);
        }
    }

    private static String[] versions(Door.Tls oldest) {
        return oldest == Door.Tls.TLS_1_2 ? new String[] {TLS_13, TLS_12} : new String[] {TLS_13};
    }

    private static List<String> ciphers(Door.Tls oldest) {
        List<String> ciphers = new ArrayList<>(CIPHERS);
        if (oldest == Door.Tls.TLS_1_2) {
            ciphers.addAll(OLDER_CIPHERS);
        }
        return ciphers;
    }

    private static ApplicationProtocolConfig spoken(String... protocols) {
        return new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                protocols);
    }

    SslHandler handler(ByteBufAllocator allocator) {
        tickets.ifPresent(TicketKeys::replaceWhenOld);
        SslHandler handler = context.newHandler(allocator, handshakes);
        if (tickets.isEmpty() && handler.engine() instanceof ReferenceCountedOpenSslEngine boring) {
            SSL.setOptions(boring.sslPointer(), SSL.SSL_OP_NO_TICKET); // each engine has them on
        }
        handler.setHandshakeTimeoutMillis(HANDSHAKE_MAX.toMillis());
        return handler;
    }
}
