package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.keys.Identity;
import dev.ringwall.model.OperationName;
import dev.ringwall.policy.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of a transaction token in the course of time and on the way on.
class BetweenNodesTest {

    private static World world;
    private static Identity gateway;
    private static Identity orders;
    private static Identity catalog;

    @BeforeAll
    static void begin() throws Exception {
        world = World.of(Shop.YAML);
        gateway = world.identity("gateway").get();
        orders = world.identity("orders").get();
        catalog = world.identity("catalog").get();
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @BeforeEach
    void forget() {
        world.services.values().forEach(Backend::clear);
        world.recorded.clear();
    }

    private static String made(
            Identity by, String to, OperationName operation, Caller caller, String... prior) {
        return Txns.made(world, by, to, operation, caller, prior);
    }

    private static Wire.Reply place(Identity as, String... headers) throws IOException {
        return Txns.call(world, as, "orders", "/orders", headers);
    }

    @Test
    void aTokenThatWasGoodIsNotGoodForEver() throws IOException {
        String token = made(gateway, "orders", Txns.PLACE, Txns.ANA);
        assertThat(place(gateway, Txns.header(token)).status()).isEqualTo(200);
        assertThat(place(gateway, Txns.header(token)).status()).isEqualTo(200);
        world.clock.advance(TxnTokens.LIFETIME.plus(TxnTokens.SKEW));
        assertThat(place(gateway, Txns.header(token)).reason()).isEqualTo("txn-token-invalid");
    }

    @Test
    void theSidecarDecidesAgainOnItsOwn() throws IOException {
        Caller clerk = new Caller.Person("cy", Set.of("clerk"), Set.of("orders.place"), "c");
        assertThat(place(gateway, Txns.header(made(gateway, "orders", Txns.PLACE, clerk))).reason())
                .as("whatever the gateway may have let through")
                .isEqualTo("not-allowed");
    }

    @Test
    void aServiceMayCallOnlyWhatItsCallsList() throws IOException {
        Caller self = new Caller.Workload("catalog", Optional.empty());
        Wire.Reply reply =
                Txns.call(
                        world,
                        catalog,
                        "payments",
                        "/charges",
                        Txns.header(made(catalog, "payments", Txns.CHARGE, self)));
        assertThat(reply.reason()).isEqualTo("call-not-declared");
        Caller allowed = new Caller.Workload("orders", Optional.empty());
        assertThat(
                        Txns.call(
                                        world,
                                        orders,
                                        "payments",
                                        "/charges",
                                        Txns.header(made(orders, "payments", Txns.CHARGE, allowed)))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void aServiceProvesForWhomItActsByTheTokenThatItWasHanded() throws IOException {
        Caller self = new Caller.Workload("orders", Optional.empty());
        String handed = made(gateway, "orders", Txns.PLACE, Txns.ANA);
        String token = made(orders, "payments", Txns.CHARGE, self, handed);
        assertThat(Txns.call(world, orders, "payments", "/charges", Txns.header(token)).status())
                .isEqualTo(200);
        assertThat(world.recorded.last("payments").onBehalfOf()).contains("ana");
    }

    @Test
    void onTheWayOutATokenThatWasNotHandedOverIsRefused() throws IOException {
        try (Wire wire = Wire.plain(world.outbound.get("orders>payments"))) {
            String foreign = made(gateway, "catalog", Txns.PLACE, Txns.ANA);
            assertThat(wire.post("/charges", "{}", Txns.header(foreign)).reason())
                    .isEqualTo("txn-token-invalid");
            assertThat(wire.post("/charges", "{}", Txns.header("not.a.token")).reason())
                    .isEqualTo("txn-token-invalid");
        }
    }

    @Test
    void aTokenIsUsedAgainForAWhileAndThenMadeAnew() {
        TxnTokens tokens = Txns.tokens(world);
        TxnTokens.Statement statement =
                new TxnTokens.Statement(
                        gateway,
                        Txns.id("orders"),
                        Txns.PLACE,
                        Txns.ANA,
                        "203.0.113.9",
                        Optional.empty());
        String first = tokens.make(statement, "01J9ZZZZZZZZZZZZZZZZZZZZZZ");
        assertThat((CharSequence) tokens.knownFor(statement)).hasToString(first);
        world.clock.advance(TxnTokens.REUSED.minus(Duration.ofMillis(1)));
        assertThat((CharSequence) tokens.knownFor(statement)).hasToString(first);
        world.clock.advance(Duration.ofMillis(1));
        assertThat((CharSequence) tokens.knownFor(statement)).isNull();
    }
}
