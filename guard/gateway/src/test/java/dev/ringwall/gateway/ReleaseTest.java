package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.SecurityEvent;
import dev.ringwall.model.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What comes back: answers about somebody else's things stay here, and what cannot be recorded does not leave.
class ReleaseTest {

    private World world;
    private Backend orders;
    private String ana;
    private String clerk;

    @BeforeEach
    void begin() throws Exception {
        world = World.of(Shop.YAML);
        orders = world.services.get("orders");
        ana = World.bearer(world.tokens.of("ana", "shopper", "orders.read", "orders.place"));
        clerk = World.bearer(world.tokens.of("cy", "clerk", "orders.read"));
    }

    @AfterEach
    void end() {
        world.close();
    }

    private void answering(int status, String json) {
        orders.answering(exchange -> Backend.answer(exchange, status, json));
    }

    @Test
    void somebodyElsesOrderIsWithheldAlthoughTheServiceForgotToCheck() throws IOException {
        answering(200, "{\"owner\":\"ben\",\"address\":\"Secret Street 1\"}");
        Wire.Reply reply = world.get("/orders/17", ana);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.reason()).isEqualTo("answer-withheld");
        assertThat(reply.body()).doesNotContain("Secret Street");
        SecurityEvent.CallDecided event = world.recorded.last("orders");
        assertThat(event.reason()).contains(Reason.ANSWER_WITHHELD);
        assertThat(event.because()).isNotEmpty();
        assertThat(world.recorded.last("gateway").reason()).contains(Reason.ANSWER_WITHHELD);
    }

    @Test
    void onesOwnOrderComesThrough() throws IOException {
        answering(200, "{\"owner\":\"ana\",\"address\":\"Own Street 1\"}");
        Wire.Reply reply = world.get("/orders/17", ana, "Accept-Encoding: gzip");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("Own Street");
        assertThat(orders.last().headers()).containsEntry("accept-encoding", "identity");
    }

    @Test
    void whoMaySeeEverythingSeesItAtOnce() throws IOException {
        answering(200, "{\"owner\":\"ben\"}");
        assertThat(world.get("/orders/17", clerk).status()).isEqualTo(200);
    }

    @Test
    void anAnswerThatCannotBeReadIsWithheld() throws IOException {
        for (String odd :
                new String[] {"", "no json", "{\"owner\":\"ana\",\"owner\":\"ben\"}", "[]"}) {
            answering(200, odd);
            assertThat(world.get("/orders/17", ana).reason()).as(odd).isEqualTo("answer-withheld");
        }
    }

    /// Nothing is unpacked here, so a small answer cannot become a large one.
    @Test
    void anEncodedAnswerIsWithheldAlthoughNobodyAskedForOne() throws IOException {
        orders.answering(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            try (GZIPOutputStream body = new GZIPOutputStream(exchange.getResponseBody())) {
                body.write("{\"owner\":\"ana\"}".getBytes(StandardCharsets.US_ASCII));
            }
        });
        assertThat(world.get("/orders/17", ana).reason()).isEqualTo("answer-withheld");
    }

    @Test
    void anAnswerThatIsTooLargeToBeJudgedIsWithheld() throws IOException {
        String own = "{\"owner\":\"ana\",\"pad\":\"%s\"}";
        int pad = ReleaseRing.ANSWER_BYTES_MAX - own.length() + 2;
        answering(200, own.formatted("x".repeat(pad)));
        assertThat(world.get("/orders/17", ana).status()).isEqualTo(200);
        answering(200, own.formatted("x".repeat(pad + 1)));
        Wire.Reply reply = world.get("/orders/17", ana);
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.reason()).isEqualTo("answer-too-large");
    }

    @Test
    void whatIsRequestedConditionallyIsAskedForWhole() throws IOException {
        answering(200, "{\"owner\":\"ana\"}");
        world.get("/orders/17", ana, "If-None-Match: \"x\"", "Range: bytes=0-1");
        assertThat(orders.last().headers()).doesNotContainKeys("if-none-match", "range");
    }

    @Test
    void theDoorTellsBrowsersToBeCareful() throws IOException {
        Wire.Reply reply = world.get("/products");
        assertThat(reply.headers())
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("referrer-policy", "no-referrer")
                .containsKeys("strict-transport-security", "content-security-policy")
                .doesNotContainKeys("server", "ringwall-refusal");
        world.services
                .get("catalog")
                .answering(exchange -> {
                    exchange.getResponseHeaders().set("Referrer-Policy", "same-origin");
                    exchange.getResponseHeaders().set("Server", "Old/1.0");
                    exchange.getResponseHeaders().set("Ringwall-Refusal", "not-allowed");
                    exchange.getResponseHeaders().set("Connection", "x-hop");
                    exchange.getResponseHeaders().set("X-Hop", "1");
                    Backend.answer(exchange, 200, "{}");
                });
        assertThat(world.get("/products").headers())
                .containsEntry("referrer-policy", "same-origin")
                .doesNotContainKeys("server", "ringwall-refusal", "x-hop");
    }

    @Test
    void whatCannotBeRecordedDoesNotLeave() throws IOException {
        answering(200, "{\"owner\":\"ana\",\"address\":\"Own Street 1\"}");
        world.recorded.lose(true);
        Wire.Reply reply = world.get("/orders/17", ana);
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.reason()).isEqualTo("not-recorded");
        assertThat(reply.body()).doesNotContain("Own Street");
        assertThat(world.get("/nowhere").reason()).isEqualTo("not-recorded");
        assertThat(world.get("/products").status()).as("public data is counted").isEqualTo(200);
        world.recorded.lose(false);
        assertThat(world.get("/orders/17", ana).status()).isEqualTo(200);
    }

    @Test
    void allowedUseOfPublicDataIsRecordedWhereTheDeclarationSaysSo() throws IOException {
        world.get("/products");
        assertThat(world.recorded.calls()).isEmpty();
        world.declare(Shop.YAML + "audit: { record: everything }\n");
        world.get("/products");
        assertThat(world.recorded.calls()).hasSize(2);
    }

    @Test
    void anEventTellsEachRingInOrderAndWhen() throws IOException {
        answering(200, "{\"owner\":\"ana\"}");
        world.get("/orders/17", ana);
        SecurityEvent.CallDecided event = world.recorded.last("gateway");
        assertThat(event.rings())
                .extracting(step -> step.ring().word())
                .containsExactly(
                        "transport",
                        "block",
                        "route",
                        "limit",
                        "authenticate",
                        "authorise",
                        "inspect",
                        "forward",
                        "release");
        assertThat(event.rings())
                .isSortedAccordingTo(
                        java.util.Comparator.comparingLong(dev.ringwall.events.Step::micros));
        assertThat(event.rings()).allMatch(dev.ringwall.events.Step::passed);
    }
}
