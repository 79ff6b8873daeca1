package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.Actor;
import dev.ringwall.events.Ids;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.model.Reason;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A call from outside through door and sidecar to its service, and from service to service.
class PathOfACallTest {

    private static World world;

    @BeforeAll
    static void begin() throws Exception {
        world = World.of(Shop.YAML);
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @BeforeEach
    void forget() {
        world.recorded.clear();
        world.services.values().forEach(Backend::clear);
    }

    @Test
    void aStrangerReachesWhatIsForAnyone() throws IOException {
        Wire.Reply reply = world.get("/products?page=2");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{}");
        Backend.Seen seen = world.services.get("catalog").last();
        assertThat(seen.target()).isEqualTo("/products?page=2");
        assertThat(seen.headers())
                .containsEntry("ringwall-caller", "-")
                .containsEntry("ringwall-roles", "")
                .containsEntry("ringwall-operation", "catalog.list")
                .containsEntry("ringwall-entry", World.ENTRY)
                .containsEntry("forwarded", "for=127.0.0.1;proto=https;host=\"localhost\"")
                .containsKeys("txn-token", "traceparent");
        assertThat(seen.headers().get("ringwall-request"))
                .matches(Ids::wellFormed)
                .isEqualTo(reply.headers().get("ringwall-request"));
        assertThat(world.recorded.calls()).as("public data is only counted").isEmpty();
    }

    @Test
    void aPersonReachesWhatTheRoleMayDoAndBothHopsRecordIt() throws IOException {
        String token = world.tokens.of("ana", "shopper", "orders.place");
        Wire.Reply reply = world.post("/orders", "{}", World.bearer(token));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(world.services.get("orders").last().headers())
                .containsEntry("ringwall-caller", "ana")
                .containsEntry("ringwall-roles", "shopper")
                .doesNotContainKey("authorization");
        SecurityEvent.CallDecided atDoor = world.recorded.last("gateway");
        SecurityEvent.CallDecided atSidecar = world.recorded.last("orders");
        assertThat(atDoor.operation()).contains("orders.place");
        assertThat(atDoor.caller().kind()).isEqualTo(Actor.Kind.PERSON);
        assertThat(atDoor.caller().id()).isEqualTo("ana");
        assertThat(atDoor.status()).isEqualTo(200);
        assertThat(atDoor.because()).isNotEmpty();
        assertThat(atSidecar.caller()).isEqualTo(atDoor.caller());
        assertThat(atSidecar.header().request()).isEqualTo(atDoor.header().request());
        assertThat(atSidecar.header().trace()).isEqualTo(atDoor.header().trace());
    }

    @Test
    void aRefusalSaysWhyToTheSystemAndOnlyTheReasonToTheCaller() throws IOException {
        String token = world.tokens.of("ana", "shopper", "orders.place");
        Wire.Reply reply = world.post("/orders/17/ship", "{}", World.bearer(token));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.reason()).isEqualTo("not-allowed");
        assertThat(reply.headers()).containsEntry("content-type", "application/problem+json");
        assertThat(reply.body())
                .contains("urn:ringwall:request:" + reply.headers().get("ringwall-request"))
                .doesNotContain("ringwall.yaml")
                .doesNotContain("warehouse");
        SecurityEvent.CallDecided event = world.recorded.last("gateway");
        assertThat(event.reason()).contains(Reason.NOT_ALLOWED);
        assertThat(event.because()).isNotEmpty();
        assertThat(event.rings().getLast().note()).contains("warehouse");
        assertThat(world.services.get("orders").seen()).isEmpty();
    }

    @Test
    void aServiceCallsWhatItsCallsListAndNothingElse() throws IOException {
        try (Wire wire = Wire.plain(world.outbound.get("orders>catalog"))) {
            assertThat(wire.call("GET", "/products").status()).isEqualTo(200);
            assertThat(world.services.get("catalog").last().headers())
                    .containsEntry("ringwall-caller", "service:orders");
            Wire.Reply refused = wire.call("PUT", "/products/1");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.reason()).isEqualTo("call-not-declared");
        }
    }

    @Test
    void aServiceActsForThePersonWhoseTokenItHandsOn() throws IOException {
        String token = world.tokens.of("ana", "shopper", "orders.place");
        world.services
                .get("orders")
                .answering(exchange -> {
                    try (Wire wire = Wire.plain(world.outbound.get("orders>payments"))) {
                        Wire.Reply charged =
                                wire.post(
                                        "/charges",
                                        "{}",
                                        "Txn-Token: "
                                                + exchange.getRequestHeaders()
                                                        .getFirst("Txn-Token"),
                                        "Ringwall-Request: "
                                                + exchange.getRequestHeaders()
                                                        .getFirst("Ringwall-Request"));
                        Backend.answer(exchange, charged.status(), "{}");
                    }
                });
        Wire.Reply reply = world.post("/orders", "{}", World.bearer(token));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(world.services.get("payments").last().headers())
                .containsEntry("ringwall-caller", "service:orders");
        SecurityEvent.CallDecided charged = world.recorded.last("payments");
        assertThat(charged.caller().id()).isEqualTo("service:orders");
        assertThat(charged.onBehalfOf()).isEqualTo(Optional.of("ana"));
        assertThat(charged.caller().address()).isEqualTo("127.0.0.1");
        assertThat(charged.header().request()).contains(reply.headers().get("ringwall-request"));
        assertThat(world.recorded.last("orders>").onBehalfOf()).contains("ana");
    }
}
