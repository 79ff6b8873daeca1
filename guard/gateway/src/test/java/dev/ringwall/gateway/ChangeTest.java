package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.keys.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Configuration, identities and the node itself change while calls go through.
class ChangeTest {

    private World world;

    @AfterEach
    void end() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource
    void callsPassWithEitherTlsLibrary(NodeSettings.TlsLibrary library) throws Exception {
        world =
                new World(
                        Map.of("ringwall.yaml", Shop.YAML),
                        settings -> settings.with(library),
                        Rings::standard);
        String token = world.tokens.of("ana", "shopper", "orders.place");
        assertThat(world.post("/orders", "{}", World.bearer(token)).status()).isEqualTo(200);
        assertThatThrownBy(() -> Wire.tls(world.inbound.get("orders")).call("GET", "/orders/1"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void beforeItsFirstConfigurationANodeRefusesEverything() throws Exception {
        world = World.of(Shop.YAML);
        try (DataPlane fresh =
                DataPlane.start(
                        NodeSettings.of(world.authority.root()), world.recorded, world.clock)) {
            InetSocketAddress door =
                    fresh.open(
                            new Listener.Door(
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                    world.shown,
                                    world.identity("gateway")));
            try (Wire wire = Wire.tls(door)) {
                assertThat(wire.call("GET", "/products").status()).isEqualTo(503);
            }
            assertThat(fresh.bundle()).isZero();
            fresh.apply(world.snapshot());
            try (Wire wire = Wire.tls(door)) {
                assertThat(wire.call("GET", "/products").status()).isEqualTo(200);
            }
            assertThat(new String(fresh.metrics(), StandardCharsets.UTF_8))
                    .contains(
                            "ringwall_calls_total{hop=\"gateway\",operation=\"catalog.list\",outcome=\"2xx\",reason=\"-\"} 1")
                    .contains("ringwall_bundle_number 1")
                    .contains("ringwall_certificate_days_left{hop=\"gateway\"}")
                    .contains("ringwall_call_seconds_bucket");
        }
    }

    @Test
    void healthIsNotAtTheDoor() throws Exception {
        world = World.of(Shop.YAML);
        for (String page : new String[] {"/livez", "/readyz", "/metrics"}) {
            assertThat(world.get(page).reason()).isEqualTo("not-declared");
        }
    }

    @Test
    void aConfigurationIsSwappedUnderTrafficWithoutAWrongAnswer() throws Exception {
        world = World.of(Shop.YAML);
        String closed =
                Shop.YAML.replace(
                        "list:   { http: GET /products, allow: anyone",
                        "list:   { http: GET /products, allow: clerk");
        AtomicBoolean over = new AtomicBoolean();
        List<String> wrong = new ArrayList<>();
        AtomicInteger answered = new AtomicInteger();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            callers.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try (Wire wire = Wire.tls(world.door)) {
                                    while (!over.get()) {
                                        Wire.Reply reply = wire.call("GET", "/products");
                                        answered.incrementAndGet();
                                        boolean refused = reply.reason().equals("no-token");
                                        boolean early = reply.reason().equals("not-allowed");
                                        if (reply.status() != 200 && !refused && !early) {
                                            wrong.add(reply.toString());
                                        }
                                    }
                                } catch (IOException broken) {
                                    wrong.add(broken.toString());
                                }
                            }));
        }
        for (int i = 0; i < 40; i++) {
            world.declare(i % 2 == 0 ? closed : Shop.YAML);
            Thread.sleep(25);
        }
        world.declare(closed);
        assertThat(world.get("/products").reason()).isEqualTo("no-token");
        over.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(wrong).isEmpty();
        assertThat(answered.get()).isGreaterThan(50);
    }

    @Test
    void identitiesAreRenewedUnderTrafficWithoutADroppedConnection() throws Exception {
        world = World.of(Shop.YAML);
        try (Wire wire = Wire.tls(world.door)) {
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < 5; i++) {
                    assertThat(wire.call("GET", "/products").status()).isEqualTo(200);
                }
                for (String name : new String[] {"gateway", "catalog"}) {
                    world.identity(name).swap(world.issue(name));
                }
            }
        }
        Identity newest = world.identity("catalog").get();
        try (Wire wire =
                Wire.tls(
                        world.inbound.get("catalog"),
                        InetAddress.getLoopbackAddress(),
                        world.identity("gateway").get())) {
            assertThat(wire.peer()).isEqualTo(newest.certificate());
        }
    }

    @Test
    void theGatewayCallsNobodyButTheSidecarThatItMeans() throws Exception {
        world = World.of(Shop.YAML);
        world.endpoint("catalog", world.inbound.get("orders"));
        Wire.Reply reply = world.get("/products");
        assertThat(reply.reason()).isEqualTo("unreachable");
        assertThat(world.services.get("orders").seen()).isEmpty();
    }

    @Test
    void whatIsUnderWayEndsBeforeTheNodeDoes() throws Exception {
        world = World.of(Shop.YAML);
        CountDownLatch arrived = new CountDownLatch(1);
        world.services
                .get("catalog")
                .answering(exchange -> {
                    arrived.countDown();
                    try {
                        Thread.sleep(700);
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    Backend.answer(exchange, 200, "{\"late\":1}");
                });
        try (Wire idle = Wire.tls(world.door);
                Wire busy = Wire.tls(world.door)) {
            busy.send("GET /products HTTP/1.1\r\nHost: localhost\r\n\r\n");
            arrived.await();
            Thread closing = Thread.ofVirtual().start(world.plane::close);
            Wire.Reply reply = busy.receive();
            assertThat(reply.body()).isEqualTo("{\"late\":1}");
            assertThat(reply.headers()).containsEntry("connection", "close");
            closing.join();
            assertThat(idle.closed()).isTrue();
            assertThatThrownBy(() -> Wire.tls(world.door)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aNetworkThatWasShutOutIsRefusedUntilItsTimeIsUp() throws Exception {
        world = World.of(Shop.YAML);
        world.revoke(
                new Snapshot.Revoked(
                        Snapshot.Revoked.What.NETWORK,
                        "127.0.3.0/24",
                        world.clock.instant().plusSeconds(60)));
        InetAddress shutOut = InetAddress.getByName("127.0.3.7");
        try (Wire wire = Wire.tls(world.door, shutOut, null)) {
            assertThat(wire.call("GET", "/products").reason()).isEqualTo("blocked");
            assertThat(world.get("/products").status()).isEqualTo(200);
            world.clock.advance(java.time.Duration.ofSeconds(60));
            assertThat(wire.call("GET", "/products").status()).isEqualTo(200);
        }
    }
}
