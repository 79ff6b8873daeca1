package dev.ringwall.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class MutualTlsTest {

    private final CertificateAuthority shop = Authorities.of("shop");
    private final CertificateAuthority bank = Authorities.of("bank");
    private final PeerVerifier verifier = new PeerVerifier(shop.root(), Authorities.PRESENT);

    private SSLContext as(Supplier<Identity> identity) {
        return Handshakes.context(new TlsKeys(identity), TlsTrust.everyone(verifier));
    }

    private SSLContext as(String name) {
        return as(new Rotating<>(shop.issue(Authorities.workload("shop", name))));
    }

    @Test
    void bothSidesLearnWhoTheOtherIs() {
        assertThat(Handshakes.between(as("orders"), as("gateway")))
                .isEqualTo(
                        new Handshakes.Ended.Well(
                                new SpiffeId("shop", "orders"), new SpiffeId("shop", "gateway")));
    }

    @Test
    void aClientOfAnotherSystemIsRefused() {
        Identity foreign = bank.issue(Authorities.workload("bank", "gateway"));
        assertThat(Handshakes.between(as("orders"), as(() -> foreign)))
                .isInstanceOf(Handshakes.Ended.Refused.class);
    }

    @Test
    void aServerOfAnotherSystemIsRefused() {
        Identity foreign = bank.issue(Authorities.workload("bank", "orders"));
        assertThat(Handshakes.between(as(() -> foreign), as("gateway")))
                .isInstanceOf(Handshakes.Ended.Refused.class);
    }

    @Test
    void anIdentityThatEndedIsRefused() {
        HandClock clock = HandClock.atPresent();
        CertificateAuthority old = Authorities.of("shop", clock, Lifetimes.DEFAULT);
        Identity orders = old.issue(Authorities.workload("shop", "orders"));
        Identity gateway = old.issue(Authorities.workload("shop", "gateway"));
        TlsTrust trust = TlsTrust.everyone(new PeerVerifier(old.root(), clock));
        SSLContext server = Handshakes.context(new TlsKeys(() -> orders), trust);
        SSLContext client = Handshakes.context(new TlsKeys(() -> gateway), trust);
        assertThat(Handshakes.between(server, client)).isInstanceOf(Handshakes.Ended.Well.class);
        clock.advance(Duration.ofMinutes(61));
        // contexts of their own, so that no session is resumed
        assertThat(
                        Handshakes.between(
                                Handshakes.context(new TlsKeys(() -> orders), trust),
                                Handshakes.context(new TlsKeys(() -> gateway), trust)))
                .isInstanceOf(Handshakes.Ended.Refused.class);
    }

    @Test
    void anotherServiceThanTheOneCalledIsRefused() {
        Identity gateway = shop.issue(Authorities.workload("shop", "gateway"));
        SSLContext wantsPayments =
                Handshakes.context(
                        new TlsKeys(() -> gateway),
                        TlsTrust.only(verifier, new SpiffeId("shop", "payments")));
        assertThat(Handshakes.between(as("orders"), wantsPayments))
                .isInstanceOf(Handshakes.Ended.Refused.class);
        assertThat(Handshakes.between(as("payments"), wantsPayments))
                .isInstanceOf(Handshakes.Ended.Well.class);
    }

    @Test
    void theOperatorsCertificateAnswersNobody() {
        Identity operator = shop.issue(new Profile.Operator());
        assertThat(Handshakes.between(as(() -> operator), as("gateway")))
                .isInstanceOf(Handshakes.Ended.Refused.class);
        assertThat(Handshakes.between(as("control"), as(() -> operator)))
                .isInstanceOf(Handshakes.Ended.Well.class);
    }

    @Test
    void theSignerOfDocumentsIsNoPeer() {
        Identity documents = shop.issue(new Profile.Documents());
        assertThat(Handshakes.between(as("orders"), as(() -> documents)))
                .isInstanceOf(Handshakes.Ended.Refused.class);
    }

    @Test
    void identitiesChangeUnderTrafficAndNoConnectionIsLost() throws Exception {
        Rotating<Identity> orders =
                new Rotating<>(shop.issue(Authorities.workload("shop", "orders")));
        SSLContext server = as(orders);
        AtomicInteger failures = new AtomicInteger();
        try (SSLServerSocket listening =
                (SSLServerSocket)
                        server.getServerSocketFactory()
                                .createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            listening.setNeedClientAuth(true);
            Thread.ofVirtual().start(() -> echo(listening));
            SSLSocket standing = connect(as("gateway"), listening.getLocalPort());
            Set<BigInteger> seen = new HashSet<>();
            for (int round = 0; round < 20; round++) {
                orders.swap(shop.issue(Authorities.workload("shop", "orders")));
                try (SSLSocket fresh = connect(as("gateway"), listening.getLocalPort())) {
                    seen.add(
                            ((X509Certificate) fresh.getSession().getPeerCertificates()[0])
                                    .getSerialNumber());
                }
                standing.getOutputStream().write(round);
                if (standing.getInputStream().read() != round) {
                    failures.incrementAndGet();
                }
            }
            standing.close();
            assertThat(failures).hasValue(0);
            assertThat(seen).hasSize(20);
        }
    }

    @Test
    void aHandshakeThatBeganWithOneIdentityEndsWithIt() {
        Identity before = shop.issue(Authorities.workload("shop", "orders"));
        Rotating<Identity> rotating = new Rotating<>(before);
        TlsKeys keys = new TlsKeys(rotating);
        String alias = keys.chooseEngineServerAlias("EC", null, null);
        rotating.swap(shop.issue(Authorities.workload("shop", "orders")));
        assertThat(keys.getPrivateKey(alias)).isEqualTo(before.privateKey());
        assertThat(keys.getCertificateChain(alias)).startsWith(before.certificate());
        assertThat(keys.chooseEngineServerAlias("EC", null, null)).isNotEqualTo(alias);
        assertThat(keys.chooseEngineServerAlias("RSA", null, null)).isNull();
    }

    private static SSLSocket connect(SSLContext client, int port) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        client.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(1);
        assertThat(socket.getInputStream().read()).isEqualTo(1);
        return socket;
    }

    private static void echo(SSLServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) listening.accept();
                Thread.ofVirtual()
                        .start(() -> {
                            try (socket) {
                                socket.getInputStream().transferTo(socket.getOutputStream());
                            } catch (IOException gone) {
                                throw new UncheckedIOException(gone);
                            }
                        });
            } catch (IOException closed) {
                return;
            }
        }
    }
}
