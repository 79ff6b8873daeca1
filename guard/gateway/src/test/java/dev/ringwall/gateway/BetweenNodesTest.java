package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.Thumbprint;
import dev.ringwall.model.OperationName;
import dev.ringwall.policy.Caller;
import java.io.IOException;
import java.net.InetAddress;
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
            Identity by,
            String to,
            OperationName operation,
            Caller caller,
            TxnTokens.Handed... prior) {
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
        String token = made(orders, "payments", Txns.CHARGE, self, Txns.handed(gateway, handed));
        assertThat(Txns.call(world, orders, "payments", "/charges", Txns.header(token)).status())
                .isEqualTo(200);
        assertThat(world.recorded.last("payments").onBehalfOf()).contains("ana");
    }

    @Test
    void onTheWayOutATokenThatWasNotHandedOverIsRefused() throws IOException {
        String known = made(gateway, "orders", Txns.PLACE, Txns.ANA);
        assertThat(place(gateway, Txns.header(known)).status()).isEqualTo(200);
        try (Wire wire = Wire.plain(world.outbound.get("orders>payments"))) {
            String foreign = made(gateway, "catalog", Txns.PLACE, Txns.ANA);
            assertThat(wire.post("/charges", "{}", Txns.header(foreign)).reason())
                    .isEqualTo("txn-token-invalid");
            assertThat(world.recorded.last("orders>").rings().getLast().note())
                    .contains("for spiffe://shop/catalog");
            assertThat(wire.post("/charges", "{}", Txns.header("not.a.token")).reason())
                    .isEqualTo("txn-token-invalid");
        }
    }

    @Test
    void onTheWayOutATokenCountsOnceItsSignerHasCalledHere() throws IOException {
        Identity another = world.issue("gateway");
        String handed = made(another, "orders", Txns.PLACE, Txns.ANA);
        try (Wire wire = Wire.plain(world.outbound.get("orders>payments"))) {
            assertThat(wire.post("/charges", "{}", Txns.header(handed)).reason())
                    .isEqualTo("txn-token-invalid");
            assertThat(world.recorded.last("orders>").rings().getLast().note())
                    .contains(Thumbprint.of(another.certificate()), "has called here");
            assertThat(world.services.get("payments").seen()).isEmpty();
            assertThat(place(another, Txns.header(handed)).status()).isEqualTo(200);
            assertThat(wire.post("/charges", "{}", Txns.header(handed)).status()).isEqualTo(200);
            assertThat(world.recorded.last("payments").onBehalfOf()).contains("ana");
        }
    }

    @Test
    void aPeerIsKnownForAsLongAsItsTokensCountAndByItsOwnNodeAlone() {
        Peer peer = Peer.of(Txns.id("gateway"), gateway.chain());
        TxnTokens node = Txns.tokens(world);
        String token = made(gateway, "orders", Txns.PLACE, Txns.ANA);
        assertThat(node.check(token, peer, Txns.id("orders")))
                .isInstanceOf(TxnTokens.Verified.class);
        assertThat(node.checkHanded(token, Txns.id("orders")))
                .isInstanceOf(TxnTokens.Verified.class);
        assertThat(Txns.tokens(world).checkHanded(token, Txns.id("orders")))
                .as("another node, or this one after a restart")
                .isInstanceOf(TxnTokens.Invalid.class);
        world.clock.advance(TxnTokens.LIFETIME.plus(TxnTokens.SKEW));
        String later = made(gateway, "orders", Txns.PLACE, Txns.ANA);
        assertThat(node.checkHanded(later, Txns.id("orders")))
                .isInstanceOf(TxnTokens.Invalid.class);
    }

    @Test
    void aTokenThatWasRefusedMakesNobodyKnown() {
        Peer peer = Peer.of(Txns.id("gateway"), gateway.chain());
        TxnTokens node = Txns.tokens(world);
        String elsewhere = made(gateway, "catalog", Txns.PLACE, Txns.ANA);
        assertThat(node.check(elsewhere, peer, Txns.id("orders")))
                .isInstanceOf(TxnTokens.Invalid.class);
        assertThat(node.checkHanded(elsewhere, Txns.id("catalog")))
                .isInstanceOf(TxnTokens.Invalid.class);
    }

    @Test
    void aConnectionThatOutlastsItsCertificateBringsNoMoreTokensIn() throws Exception {
        try (World aging = World.of(Shop.YAML);
                Wire wire =
                        Wire.tls(
                                aging.inbound.get("orders"),
                                InetAddress.getLoopbackAddress(),
                                aging.identity("gateway").get())) {
            Identity by = aging.identity("gateway").get();
            String before = Txns.made(aging, by, "orders", Txns.PLACE, Txns.ANA);
            assertThat(wire.post("/orders", "{}", Txns.header(before)).status()).isEqualTo(200);
            aging.clock.advance(
                    Duration.between(aging.clock.instant(), by.notAfter()).plusSeconds(1));
            String after = Txns.made(aging, by, "orders", Txns.PLACE, Txns.ANA);
            assertThat(wire.post("/orders", "{}", Txns.header(after)).reason())
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
