package dev.ringwall.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.keys.CertificateAuthority;
import dev.ringwall.keys.DoorCertificates;
import dev.ringwall.keys.DoorTlsKeys;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.Lifetimes;
import dev.ringwall.keys.Profile;
import dev.ringwall.keys.Sealer;
import dev.ringwall.keys.ServerCertificate;
import dev.ringwall.keys.UnlockSecret;
import dev.ringwall.keys.Vault;
import dev.ringwall.model.Declaration;
import dev.ringwall.reading.Reader;
import dev.ringwall.reading.Reading;
import dev.ringwall.store.Database;
import dev.ringwall.testkit.HandClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How often an authority is asked that gives nothing. What a good one gives is in the tests of the whole system.
class PublicCertificateTest {

    @TempDir private Path folder;

    private final HandClock clock = HandClock.atPresent();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<SecurityEvent.Administered> recorded = new ArrayList<>();
    private boolean diskIsFull;
    private CertificateAuthority authority;
    private HttpsServer nonsense;
    private ControlStore store;
    private PublicCertificate certificate;

    @BeforeEach
    void begin() throws Exception {
        Vault vault = Vault.under(UnlockSecret.of("a secret that only tests know"));
        authority =
                ((CertificateAuthority.Opened.Ready)
                                CertificateAuthority.open(
                                        folder.resolve("ca"),
                                        "shop",
                                        vault,
                                        clock,
                                        Lifetimes.DEFAULT))
                        .authority();
        Files.writeString(folder.resolve("trust.pem"), authority.root().pem());
        DoorCertificates shown =
                DoorCertificates.own(authority.issue(new Profile.Door(Set.of("localhost"))));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(new KeyManager[] {new DoorTlsKeys(() -> shown)}, null, null);
        nonsense =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        nonsense.setHttpsConfigurator(new HttpsConfigurator(tls));
        nonsense.createContext(
                "/",
                exchange -> {
                    asked.incrementAndGet();
                    byte[] body = "{}".getBytes(StandardCharsets.US_ASCII);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        nonsense.start();
        store = ControlStore.open(new Database.Embedded(folder.resolve("control.db")));
        Sealer sealer =
                ((Sealer.Opened.Ready) Sealer.open(folder.resolve("sealer.json"), vault)).sealer();
        Declaration declaration = declaration();
        AcmeKept kept = new AcmeKept(store, sealer);
        Journal journal =
                new Journal(
                        event -> {
                            recorded.add((SecurityEvent.Administered) event);
                            return CompletableFuture.completedStage(
                                    diskIsFull
                                            ? new Recorder.Outcome.Lost("full")
                                            : new Recorder.Outcome.Kept());
                        },
                        "shop",
                        clock);
        certificate =
                new PublicCertificate(
                        kept,
                        new AcmeErrands(kept, journal, clock),
                        () -> declaration,
                        _ -> Optional.empty(),
                        new DoorHandout(clock),
                        journal,
                        clock);
    }

    private Declaration declaration() {
        String yaml =
                """
                ringwall: 1
                system: shop
                domain: shop.example.com
                door: { certificate: { acme: "https://localhost:%d/dir", trust: %s, terms: agreed } }
                roles: { shopper: { login: password } }
                """
                        .formatted(nonsense.getAddress().getPort(), folder.resolve("trust.pem"));
        return ((Reading.Read) Reader.read(Map.of("ringwall.yaml", yaml), "ringwall.yaml"))
                .declaration();
    }

    @AfterEach
    void end() {
        nonsense.stop(0);
        store.close();
    }

    @Test
    void whoAnswersNonsenseIsAskedAgainAfterAWhileThatGrows() throws Exception {
        certificate.run();
        int once = asked.get();
        assertThat(once).isPositive();
        assertThat(recorded)
                .extracting(SecurityEvent.Administered::act)
                .containsExactly(AdminAct.CERTIFICATE_NOT_OBTAINED);

        certificate.run();
        clock.advance(PublicCertificate.AGAIN_AFTER.minusSeconds(1));
        certificate.run();
        assertThat(asked).hasValue(once);

        clock.advance(PublicCertificate.AGAIN_AFTER);
        certificate.run();
        int twice = asked.get();
        assertThat(twice).isGreaterThan(once);
        clock.advance(PublicCertificate.AGAIN_AFTER.multipliedBy(2).minusSeconds(1));
        certificate.run();
        assertThat(asked).hasValue(twice);
    }

    @Test
    void whatCannotBeRecordedDoesNotMakeItAskAtOnceAgain() throws Exception {
        diskIsFull = true;
        assertThatThrownBy(certificate::run).isInstanceOf(Journal.NotRecorded.class);
        int once = asked.get();

        certificate.run();

        assertThat(asked).hasValue(once);
    }

    @Test
    void theWhileDoublesUpToABoundAndIsSpread() {
        for (int failures = 1; failures < 40; failures++) {
            Duration plain =
                    PublicCertificate.AGAIN_AFTER.multipliedBy(1L << Math.min(failures - 1, 16));
            Duration most =
                    plain.compareTo(PublicCertificate.AGAIN_AFTER_MAX) > 0
                            ? PublicCertificate.AGAIN_AFTER_MAX
                            : plain;
            assertThat(PublicCertificate.waitAfter(failures))
                    .isBetween(most, most.multipliedBy(5).dividedBy(4));
        }
    }

    @Test
    void itIsRenewedWhileAThirdOfItsLifeIsLeft() {
        Identity issued = authority.issue(new Profile.Door(Set.of("shop.example.com")));
        Instant from = issued.certificate().getNotBefore().toInstant();
        Duration life = Duration.between(from, issued.notAfter());

        Instant renewed = AcmeRenewal.ownRule(ServerCertificate.of(issued));

        Instant latest = from.plus(life.multipliedBy(2).dividedBy(3));
        assertThat(renewed).isBetween(latest.minus(life.dividedBy(20)), latest);
    }
}
