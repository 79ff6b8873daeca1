package dev.ringwall.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.audit.Spool;
import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.Header;
import dev.ringwall.events.Ids;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.gateway.DataPlane;
import dev.ringwall.keys.CertificateAuthority;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.Lifetimes;
import dev.ringwall.keys.Profile;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.keys.UnlockSecret;
import dev.ringwall.keys.Vault;
import dev.ringwall.link.Messages;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was recorded goes from a real spool over real TLS into a real log.
class HandoverTest {

    private static final String SYSTEM = "shop";
    private static final int EVENTS = 3_000;

    @TempDir Path folder;
    private final Ids ids = new Ids(InstantSource.system());
    private CertificateAuthority authority;
    private Spool spool;
    private DataPlane plane;
    private LogServer control;

    @BeforeEach
    void begin() throws Exception {
        authority = authority(folder.resolve("ca"));
        spool =
                ((Spool.Opening.Opened)
                                Spool.open(
                                        folder.resolve("spool"),
                                        Spool.BYTES_MAX_DEFAULT,
                                        InstantSource.system()))
                        .spool();
        plane =
                DataPlane.start(
                        dev.ringwall.gateway.NodeSettings.of(authority.root()),
                        spool,
                        InstantSource.system());
        control = new LogServer(authority, SYSTEM, folder);
    }

    @AfterEach
    void end() throws Exception {
        plane.close();
        spool.close();
        control.close();
    }

    @Test
    void everythingIsInTheLogOnceAndInOrderAlsoWhenConnectionsBreakAtAnyPlace() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        control.serve(
                authority.issue(workload("control")),
                exchange -> {
                    int kind = asked.getAndIncrement() % 4;
                    if (kind == 0) {
                        throw new IOException("gone before anything was read");
                    }
                    if (kind == 1) {
                        exchange.getRequestBody().readNBytes(100_000);
                        throw new IOException("gone in the middle");
                    }
                    Messages.Ack ack = control.accept(exchange);
                    if (kind == 2) {
                        throw new IOException("gone before the answer");
                    }
                    LogServer.answer(exchange, 200, ack);
                });
        record(EVENTS);

        ship(4 * EVENTS);

        assertThat(control.logged())
                .containsExactlyElementsOf(
                        IntStream.range(0, EVENTS).mapToObj(i -> "event " + i).toList());
        assertThat(asked.get()).isGreaterThan(8);
    }

    @Test
    void aControlPlaneThatSaysNoOrNotNowSaysWhy() throws Exception {
        int[] status = {403};
        control.serve(
                authority.issue(workload("control")),
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    LogServer.answer(
                            exchange, status[0], new Messages.Refusal("not-now", "because"));
                });
        record(1);
        Handover handover = handover();
        assertThat(handover.events(spool.reader().after(0)))
                .isEqualTo(new ControlLink.Reply.Refused<>("because"));
        status[0] = 503;
        assertThat(handover.events(spool.reader().after(0)))
                .isEqualTo(new ControlLink.Reply.Unavailable<>("because"));
        status[0] = 200;
        assertThat(handover.events(spool.reader().after(0)))
                .isInstanceOf(ControlLink.Reply.Unavailable.class); // that is no acknowledgement
        assertThat(control.logged()).isEmpty();
    }

    @Test
    void whoeverElseAnswersThereIsToldNothing() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        control.serve(authority.issue(workload("orders")), exchange -> asked.incrementAndGet());
        record(1);
        assertThat(handover().events(spool.reader().after(0)))
                .isInstanceOf(ControlLink.Reply.Unavailable.class);
        assertThat(asked).hasValue(0);
        assertThat(spool.acknowledged()).isZero();
    }

    @Test
    void aControlPlaneThatIsAwayGetsEverythingWhenItIsBack() throws Exception {
        control.serve(
                authority.issue(workload("control")),
                exchange -> LogServer.answer(exchange, 200, control.accept(exchange)));
        InetSocketAddress at = control.address();
        control.stop();
        record(100);
        Shipper shipper = new Shipper(spool, handover()::events);
        assertThat(shipper.run()).isFalse();
        control.serve(
                authority.issue(workload("control")),
                exchange -> LogServer.answer(exchange, 200, control.accept(exchange)),
                at);
        assertThat(shipper.run()).isTrue();
        assertThat(control.logged()).hasSize(100);
    }

    @Test
    void stoppingDoesNotWaitForTheAnswer() throws Exception {
        control.serve(
                authority.issue(workload("control")),
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    java.util.concurrent.locks.LockSupport.parkNanos(
                            Duration.ofSeconds(20).toNanos());
                });
        record(1);
        Loop loop = Loop.start("ship", new Shipper(spool, handover()::events));
        Thread.sleep(500);
        long before = System.nanoTime();
        loop.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }

    private Handover handover() {
        Identity own = authority.issue(workload("gateway"));
        return new Handover(
                URI.create("https://localhost:" + control.address().getPort()),
                SpiffeId.control(SYSTEM),
                () -> own,
                plane::deliver);
    }

    private void ship(int roundsMax) throws InterruptedException {
        Shipper shipper = new Shipper(spool, handover()::events);
        for (int i = 0; i < roundsMax && shipper.shipped() < EVENTS; i++) {
            if (!shipper.run()) {
                Thread.sleep(5);
            }
        }
        assertThat(shipper.shipped()).isEqualTo(EVENTS);
    }

    private void record(int count) {
        for (int i = 0; i < count; i++) {
            Header header =
                    new Header(
                            ids.next(),
                            InstantSource.system().instant(),
                            SYSTEM,
                            "gateway",
                            Optional.empty(),
                            Optional.empty());
            var kept =
                    spool.record(
                            new SecurityEvent.Administered(
                                    header,
                                    AdminAct.NODE_JOINED,
                                    Actor.system(),
                                    "event " + i,
                                    Map.of("about", "x".repeat(500))));
            if (i == count - 1) {
                kept.toCompletableFuture().join();
            }
        }
    }

    private static Profile workload(String name) {
        return new Profile.Workload(new SpiffeId(SYSTEM, name), Set.of());
    }

    private static CertificateAuthority authority(Path folder) throws IOException {
        return ((CertificateAuthority.Opened.Ready)
                        CertificateAuthority.open(
                                folder,
                                SYSTEM,
                                Vault.under(UnlockSecret.of("a secret that only tests know")),
                                Clock.systemUTC(),
                                Lifetimes.DEFAULT))
                .authority();
    }
}
