package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.SignedDocument;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.model.OperationName;
import dev.ringwall.policy.Caller;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a sidecar believes of those who come to it: a certificate of the system, and a token that fits the certificate, the receiver,
/// the operation and the time.
class TxnTokensTest {

    private static final Caller ANA =
            new Caller.Person("ana", Set.of("shopper"), Set.of("orders.place"), "storefront");
    private static final OperationName PLACE = new OperationName("orders", "place");
    private static final OperationName READ = new OperationName("orders", "read");
    private static final OperationName CHARGE = new OperationName("payments", "charge");

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

    private static TxnTokens tokens() {
        return new TxnTokens(new PeerVerifier(world.authority.root(), world.clock), world.clock);
    }

    private static SpiffeId id(String name) {
        return new SpiffeId("shop", name);
    }

    private static String made(
            Identity by, String to, OperationName operation, Caller caller, String... prior) {
        return tokens().make(
                        new TxnTokens.Statement(
                                by,
                                id(to),
                                operation,
                                caller,
                                "203.0.113.9",
                                prior.length == 0 ? Optional.empty() : Optional.of(prior[0])),
                        "01J9ZZZZZZZZZZZZZZZZZZZZZZ");
    }

    /// A token of that node that says what the caller likes.
    private static String forged(Identity by, Consumer<Map<String, Object>> change) {
        long now = world.clock.instant().getEpochSecond();
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", by.id().orElseThrow().toString());
        claims.put("aud", id("orders").toString());
        claims.put("iat", now);
        claims.put("exp", now + 30);
        claims.put("txn", "01J9ZZZZZZZZZZZZZZZZZZZZZZ");
        claims.put("sub", "ana");
        claims.put("scope", "orders.place");
        claims.put("rctx", Map.of("kind", "person", "roles", Set.of("shopper"), "client", "c"));
        claims.put("cnf", Map.of("x5t#S256", Peer.thumbprint(by.certificate())));
        change.accept(claims);
        return SignedDocument.sign(
                TxnTokens.TYPE,
                ShapeCheck.JSON.writeValueAsString(claims).getBytes(StandardCharsets.UTF_8),
                by);
    }

    private static Wire.Reply place(Identity as, String... headers) throws IOException {
        return call(as, "orders", "/orders", headers);
    }

    private static Wire.Reply call(Identity as, String service, String target, String... headers)
            throws IOException {
        try (Wire wire =
                Wire.tls(world.inbound.get(service), InetAddress.getLoopbackAddress(), as)) {
            return wire.post(target, "{}", headers);
        }
    }

    private static String txn(String token) {
        return "Txn-Token: " + token;
    }

    @Test
    void theGatewaysWordAboutACallerCounts() throws IOException {
        Wire.Reply reply = place(gateway, txn(made(gateway, "orders", PLACE, ANA)));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(world.services.get("orders").last().headers())
                .containsEntry("ringwall-caller", "ana");
        assertThat(world.recorded.last("orders").caller().address()).isEqualTo("203.0.113.9");
    }

    @Test
    void nobodyComesInWithoutACertificateOfTheSystem() {
        assertThatThrownBy(() -> place(null)).isInstanceOf(IOException.class);
        assertThat(world.services.get("orders").seen()).isEmpty();
    }

    @Test
    void nodesThatHaveNoBusinessHereAreTurnedAway() throws IOException {
        for (String name : new String[] {"control", "stranger"}) {
            Identity identity = world.issue(name);
            Wire.Reply reply = place(identity, txn(made(identity, "orders", PLACE, ANA)));
            assertThat(reply.reason()).as(name).isEqualTo("peer-not-trusted");
        }
    }

    static Stream<Arguments> badTokens() {
        Identity otherGateway = world.issue("gateway");
        long now = world.clock.instant().getEpochSecond();
        String good = made(gateway, "orders", PLACE, ANA);
        int payload = good.indexOf('.') + 20;
        char other = good.charAt(payload) == 'A' ? 'B' : 'A';
        return Stream.of(
                Arguments.of("for another operation", gateway, made(gateway, "orders", READ, ANA)),
                Arguments.of("for another service", gateway, made(gateway, "payments", PLACE, ANA)),
                Arguments.of("replayed by a service", orders, good),
                Arguments.of(
                        "replayed under another certificate of the same name", otherGateway, good),
                Arguments.of(
                        "a service speaks for a person",
                        catalog,
                        made(catalog, "orders", PLACE, ANA)),
                Arguments.of(
                        "a service speaks for another service",
                        catalog,
                        made(
                                catalog,
                                "orders",
                                PLACE,
                                new Caller.Workload("payments", Optional.empty()))),
                Arguments.of(
                        "another issuer",
                        gateway,
                        forged(gateway, it -> it.put("iss", id("orders").toString()))),
                Arguments.of(
                        "bound to no certificate",
                        gateway,
                        forged(gateway, it -> it.remove("cnf"))),
                Arguments.of(
                        "bound to another certificate",
                        gateway,
                        forged(
                                gateway,
                                it ->
                                        it.put(
                                                "cnf",
                                                Map.of(
                                                        "x5t#S256",
                                                        Peer.thumbprint(
                                                                otherGateway.certificate()))))),
                Arguments.of(
                        "expired",
                        gateway,
                        forged(
                                gateway,
                                it -> {
                                    it.put("iat", now - 60);
                                    it.put("exp", now - 30);
                                })),
                Arguments.of(
                        "for a day", gateway, forged(gateway, it -> it.put("exp", now + 86_400))),
                Arguments.of(
                        "from the future",
                        gateway,
                        forged(
                                gateway,
                                it -> {
                                    it.put("iat", now + 60);
                                    it.put("exp", now + 90);
                                })),
                Arguments.of("no end", gateway, forged(gateway, it -> it.remove("exp"))),
                Arguments.of("no caller", gateway, forged(gateway, it -> it.remove("rctx"))),
                Arguments.of(
                        "an unknown kind of caller",
                        gateway,
                        forged(gateway, it -> it.put("rctx", Map.of("kind", "root")))),
                Arguments.of(
                        "signed as another document",
                        gateway,
                        SignedDocument.sign(
                                "ringwall-bundle+jws",
                                "{}".getBytes(StandardCharsets.UTF_8),
                                gateway)),
                Arguments.of(
                        "tampered",
                        gateway,
                        good.substring(0, payload) + other + good.substring(payload + 1)),
                Arguments.of("garbled", gateway, "not.a.token"),
                Arguments.of("long", gateway, "a".repeat(TxnTokens.LENGTH_MAX + 1)),
                Arguments.of(
                        "on behalf of what a service made up",
                        catalog,
                        made(
                                catalog,
                                "orders",
                                PLACE,
                                new Caller.Workload("catalog", Optional.empty()),
                                made(catalog, "catalog", PLACE, ANA))),
                Arguments.of(
                        "on behalf of a token that was for another service",
                        catalog,
                        made(
                                catalog,
                                "orders",
                                PLACE,
                                new Caller.Workload("catalog", Optional.empty()),
                                good)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void aTokenThatDoesNotFitIsRefused(String what, Identity peer, String token)
            throws IOException {
        Wire.Reply reply = place(peer, txn(token));
        assertThat(reply.reason()).as(what).isEqualTo("txn-token-invalid");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(world.services.get("orders").seen()).isEmpty();
    }

    @Test
    void noTokenAndTwoTokensAreRefused() throws IOException {
        String token = made(gateway, "orders", PLACE, ANA);
        assertThat(place(gateway).reason()).isEqualTo("txn-token-missing");
        assertThat(place(gateway, txn(token), txn(token)).reason()).isEqualTo("txn-token-invalid");
    }

    @Test
    void aTokenThatWasGoodIsNotGoodForEver() throws IOException {
        String token = made(gateway, "orders", PLACE, ANA);
        assertThat(place(gateway, txn(token)).status()).isEqualTo(200);
        assertThat(place(gateway, txn(token)).status()).isEqualTo(200);
        world.clock.advance(TxnTokens.LIFETIME.plus(TxnTokens.SKEW));
        assertThat(place(gateway, txn(token)).reason()).isEqualTo("txn-token-invalid");
    }

    @Test
    void theSidecarDecidesAgainOnItsOwn() throws IOException {
        Caller clerk = new Caller.Person("cy", Set.of("clerk"), Set.of("orders.place"), "c");
        assertThat(place(gateway, txn(made(gateway, "orders", PLACE, clerk))).reason())
                .as("whatever the gateway may have let through")
                .isEqualTo("not-allowed");
    }

    @Test
    void aServiceMayCallOnlyWhatItsCallsList() throws IOException {
        Caller self = new Caller.Workload("catalog", Optional.empty());
        Wire.Reply reply =
                call(catalog, "payments", "/charges", txn(made(catalog, "payments", CHARGE, self)));
        assertThat(reply.reason()).isEqualTo("call-not-declared");
        Caller allowed = new Caller.Workload("orders", Optional.empty());
        assertThat(
                        call(
                                        orders,
                                        "payments",
                                        "/charges",
                                        txn(made(orders, "payments", CHARGE, allowed)))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void aServiceProvesForWhomItActsByTheTokenThatItWasHanded() throws IOException {
        Caller self = new Caller.Workload("orders", Optional.empty());
        String handed = made(gateway, "orders", PLACE, ANA);
        String token = made(orders, "payments", CHARGE, self, handed);
        assertThat(call(orders, "payments", "/charges", txn(token)).status()).isEqualTo(200);
        assertThat(world.recorded.last("payments").onBehalfOf()).contains("ana");
    }

    @Test
    void onTheWayOutATokenThatWasNotHandedOverIsRefused() throws IOException {
        try (Wire wire = Wire.plain(world.outbound.get("orders>payments"))) {
            String foreign = made(gateway, "catalog", PLACE, ANA);
            assertThat(wire.post("/charges", "{}", txn(foreign)).reason())
                    .isEqualTo("txn-token-invalid");
            assertThat(wire.post("/charges", "{}", txn("not.a.token")).reason())
                    .isEqualTo("txn-token-invalid");
        }
    }

    @Test
    void aTokenIsUsedAgainForAWhileAndThenMadeAnew() {
        TxnTokens tokens = tokens();
        TxnTokens.Statement statement =
                new TxnTokens.Statement(
                        gateway, id("orders"), PLACE, ANA, "203.0.113.9", Optional.empty());
        String first = tokens.make(statement, "01J9ZZZZZZZZZZZZZZZZZZZZZZ");
        assertThat(tokens.knownFor(statement)).isEqualTo(first);
        world.clock.advance(TxnTokens.REUSED.minus(Duration.ofMillis(1)));
        assertThat(tokens.knownFor(statement)).isEqualTo(first);
        world.clock.advance(Duration.ofMillis(1));
        assertThat(tokens.knownFor(statement)).isNull();
    }
}
