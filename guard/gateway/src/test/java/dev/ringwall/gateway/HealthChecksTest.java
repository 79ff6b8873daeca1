package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.ringwall.model.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What nodes find out by themselves about the instances that they call, and who is told.
class HealthChecksTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private World world;
    private Backend one;
    private Backend other;
    private InetSocketAddress oneAt;
    private InetSocketAddress otherAt;
    private volatile int status = 200;

    @BeforeEach
    void begin() throws Exception {
        world = World.of(Shop.YAML.replace("catalog.jar", "catalog.jar\n    health: /healthz"));
        one = world.services.get("catalog");
        oneAt = world.inbound.get("catalog");
        other = new Backend();
        other.answering(
                exchange -> Backend.answer(exchange, isCheck(exchange) ? status : 200, "{}"));
        otherAt = sidecarOf(other.address());
    }

    @AfterEach
    void end() {
        world.close();
        other.close();
    }

    private static boolean isCheck(HttpExchange exchange) {
        return exchange.getRequestURI().getPath().equals("/healthz");
    }

    private InetSocketAddress sidecarOf(InetSocketAddress service) throws IOException {
        return world.plane.open(
                new Listener.Inbound(
                        "catalog",
                        new InetSocketAddress(HERE, 0),
                        world.identity("catalog"),
                        service,
                        World.ENTRY));
    }

    private String metrics() {
        return new String(world.plane.metrics(), StandardCharsets.UTF_8);
    }

    private void awaitInstances(int all, int well) throws InterruptedException {
        World.await(() -> {
            String metrics = metrics();
            return metrics.contains("ringwall_instances{service=\"catalog\"} " + all + ".0")
                    && metrics.contains(
                            "ringwall_instances_well{service=\"catalog\"} " + well + ".0");
        });
    }

    /// Waits until the sidecar of the first tells that of its service.
    private void awaitTold(int wanted) throws InterruptedException {
        World.await(() -> {
            try (Wire node = Wire.tls(oneAt, HERE, world.identity("gateway").get(), "http/1.1")) {
                return node.call("GET", Names.HEALTH_PATH).status() == wanted;
            } catch (IOException lost) {
                throw new AssertionError(lost);
            }
        });
    }

    private static long calls(Backend backend) {
        return backend.seen().stream()
                .filter(seen -> seen.target().startsWith("/products"))
                .count();
    }

    private void call(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            assertThat(world.get("/products").status()).isEqualTo(200);
        }
    }

    @Test
    void anInstanceWhoseServiceIsIllGetsNoCallsUntilItIsWell() throws Exception {
        world.endpoint("catalog", oneAt, otherAt);
        awaitInstances(2, 2);

        status = 503;
        awaitInstances(2, 1);
        other.clear();
        call(20);
        assertThat(calls(other)).isZero();

        status = 204;
        awaitInstances(2, 2);
        World.await(() -> {
            try {
                call(1);
            } catch (IOException lost) {
                throw new AssertionError(lost);
            }
            return calls(other) > 0;
        });
    }

    @Test
    void anInstanceThatIsNewGetsCallsOnceItHasShownToBeWell() throws Exception {
        status = 500;
        world.endpoint("catalog", oneAt, otherAt);
        call(20);
        assertThat(calls(other)).isZero();

        status = 200;
        awaitInstances(2, 2);
        World.await(() -> {
            try {
                call(1);
            } catch (IOException lost) {
                throw new AssertionError(lost);
            }
            return calls(other) > 0;
        });
    }

    @Test
    void anInstanceThatHangsIsFoundOutWithoutACall() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 50, HERE)) {
            world.endpoint("catalog", (InetSocketAddress) hanging.getLocalSocketAddress());
            world.endpoint("catalog", (InetSocketAddress) hanging.getLocalSocketAddress(), oneAt);
            awaitInstances(2, 1);
            call(20);
            assertThat(calls(one)).isEqualTo(20);
        }
    }

    @Test
    void whereAllAreIllAllAreAsked() throws Exception {
        one.answering(exchange -> Backend.answer(exchange, isCheck(exchange) ? 500 : 200, "{}"));
        status = 500;
        world.endpoint("catalog", oneAt, otherAt);
        awaitInstances(2, 0);

        call(20);
        assertThat(calls(one)).isPositive();
        assertThat(calls(other)).isPositive();
    }

    @Test
    void aServiceThatIsGoneIsIllAndOneThatTakesConnectionsIsWell() throws Exception {
        Backend gone = new Backend();
        world.declare(Shop.YAML);
        world.endpoint("catalog", oneAt, sidecarOf(gone.address()));
        awaitInstances(2, 2);

        gone.close();
        awaitInstances(2, 1);
        call(10);
    }

    @Test
    void whereACheckIsSentElsewhereTheServiceIsIllAndNobodyGoesThere() throws Exception {
        Backend elsewhere = new Backend();
        one.answering(exchange -> {
            if (isCheck(exchange)) {
                exchange.getResponseHeaders()
                        .set("Location", "http:/" + elsewhere.address() + "/trap");
            }
            Backend.answer(exchange, isCheck(exchange) ? 302 : 200, "{}");
        });
        awaitInstances(1, 0);
        assertThat(elsewhere.seen()).isEmpty();
        elsewhere.close();
    }

    @Test
    void anAnswerWithoutEndIsNotReadAndNoAnswerIsNotAwaited() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        one.answering(exchange -> {
            if (!isCheck(exchange)) {
                Backend.answer(exchange, 200, "{}");
                return;
            }
            exchange.sendResponseHeaders(200, 0);
            try {
                while (true) {
                    exchange.getResponseBody().write(new byte[1 << 16]);
                }
            } catch (IOException closed) {
                cut.countDown();
            }
        });
        cut.await();
        awaitTold(204);

        one.answering(_ -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        });
        awaitTold(503);
        awaitInstances(1, 0);
    }

    @Test
    void aCheckComesThroughTheSidecarAsNobodysCall() throws Exception {
        World.await(() -> one.seen().stream().anyMatch(seen -> seen.target().equals("/healthz")));

        Backend.Seen check =
                one.seen().stream()
                        .filter(seen -> seen.target().equals("/healthz"))
                        .findFirst()
                        .orElseThrow();
        assertThat(check.method()).isEqualTo("GET");
        assertThat(check.headers())
                .containsEntry("ringwall-entry", World.ENTRY)
                .containsEntry("ringwall-caller", "-")
                .doesNotContainKeys("authorization", "txn-token", "cookie");
    }

    @Test
    void checksAreNeitherCallsNorEvents() throws Exception {
        awaitTold(204);

        assertThat(world.recorded.calls()).isEmpty();
        assertThat(metrics()).doesNotContain("ringwall_calls_total{", "operation=\"-\"");
    }

    @Test
    void aSidecarTellsNodesOfTheSystemAndNobodyElse() throws Exception {
        awaitTold(204);
        String[] questions = {Names.HEALTH_PATH, Names.HEALTH_PATH + "?x=1"};
        for (String question : questions) {
            try (Wire node = Wire.tls(oneAt, HERE, world.identity("gateway").get(), "http/1.1")) {
                assertThat(node.call("GET", question).status()).isEqualTo(204);
            }
        }
        try (Wire node = Wire.tls(oneAt, HERE, world.identity("orders").get(), "http/1.1")) {
            assertThat(node.call("GET", Names.HEALTH_PATH).status()).isEqualTo(204);
            assertThat(node.post(Names.HEALTH_PATH, "{}").reason()).isEqualTo("not-declared");
        }
        try (Wire noService = Wire.tls(oneAt, HERE, world.issue("mallory"), "http/1.1")) {
            assertThat(noService.call("GET", Names.HEALTH_PATH).reason())
                    .isEqualTo("peer-not-trusted");
        }
        assertThatThrownBy(
                        () -> {
                            try (Wire stranger = Wire.tls(oneAt)) {
                                stranger.call("GET", Names.HEALTH_PATH);
                            }
                        })
                .isInstanceOf(IOException.class);
        World.await(() ->
                world.recorded.reasons().stream()
                                .filter(Reason.PEER_NOT_TRUSTED.word()::equals)
                                .count()
                        >= 2);
    }

    @Test
    void atTheDoorAndOnWaysOutNobodyIsTold() throws Exception {
        assertThat(world.get(Names.HEALTH_PATH).status())
                .as("the door hands it to the identity provider, which is not there")
                .isEqualTo(502);
        try (Wire service = Wire.plain(world.outbound.get("orders>catalog"))) {
            assertThat(service.call("GET", Names.HEALTH_PATH).reason()).isEqualTo("not-declared");
        }
        assertThat(one.seen()).noneMatch(seen -> seen.target().equals(Names.HEALTH_PATH));
    }
}
