package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.SignedToken;
import dev.ringwall.keys.Thumbprint;
import dev.ringwall.model.OperationName;
import dev.ringwall.policy.Caller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
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
    void theGatewaysWordAboutACallerCounts() throws IOException {
        Wire.Reply reply =
                place(gateway, Txns.header(made(gateway, "orders", Txns.PLACE, Txns.ANA)));
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
            Wire.Reply reply =
                    place(identity, Txns.header(made(identity, "orders", Txns.PLACE, Txns.ANA)));
            assertThat(reply.reason()).as(name).isEqualTo("peer-not-trusted");
        }
    }

    static Stream<Arguments> badTokens() {
        Identity otherGateway = world.issue("gateway");
        long now = world.clock.instant().getEpochSecond();
        String good = made(gateway, "orders", Txns.PLACE, Txns.ANA);
        int payload = good.indexOf('.') + 20;
        char other = good.charAt(payload) == 'A' ? 'B' : 'A';
        return Stream.of(
                Arguments.of(
                        "for another operation",
                        gateway,
                        made(gateway, "orders", Txns.READ, Txns.ANA)),
                Arguments.of(
                        "for another service",
                        gateway,
                        made(gateway, "payments", Txns.PLACE, Txns.ANA)),
                Arguments.of("replayed by a service", orders, good),
                Arguments.of(
                        "replayed under another certificate of the same name", otherGateway, good),
                Arguments.of(
                        "a service speaks for a person",
                        catalog,
                        made(catalog, "orders", Txns.PLACE, Txns.ANA)),
                Arguments.of(
                        "a service speaks for another service",
                        catalog,
                        made(
                                catalog,
                                "orders",
                                Txns.PLACE,
                                new Caller.Workload("payments", Optional.empty()))),
                Arguments.of(
                        "another issuer",
                        gateway,
                        Txns.forged(
                                world, gateway, it -> it.put("iss", Txns.id("orders").toString()))),
                Arguments.of(
                        "bound to no certificate",
                        gateway,
                        Txns.forged(world, gateway, it -> it.remove("cnf"))),
                Arguments.of(
                        "bound to another certificate",
                        gateway,
                        Txns.forged(
                                world,
                                gateway,
                                it ->
                                        it.put(
                                                "cnf",
                                                Map.of(
                                                        "x5t#S256",
                                                        Thumbprint.of(
                                                                otherGateway.certificate()))))),
                Arguments.of(
                        "expired",
                        gateway,
                        Txns.forged(
                                world,
                                gateway,
                                it -> {
                                    it.put("iat", now - 60);
                                    it.put("exp", now - 30);
                                })),
                Arguments.of(
                        "for a day",
                        gateway,
                        Txns.forged(world, gateway, it -> it.put("exp", now + 86_400))),
                Arguments.of(
                        "from the future",
                        gateway,
                        Txns.forged(
                                world,
                                gateway,
                                it -> {
                                    it.put("iat", now + 60);
                                    it.put("exp", now + 90);
                                })),
                Arguments.of(
                        "no end", gateway, Txns.forged(world, gateway, it -> it.remove("exp"))),
                Arguments.of(
                        "no caller", gateway, Txns.forged(world, gateway, it -> it.remove("rctx"))),
                Arguments.of(
                        "an unknown kind of caller",
                        gateway,
                        Txns.forged(world, gateway, it -> it.put("rctx", Map.of("kind", "root")))),
                Arguments.of(
                        "signed as another document",
                        gateway,
                        SignedToken.sign(
                                "ringwall-bundle+jws",
                                "{}".getBytes(StandardCharsets.UTF_8),
                                gateway)),
                Arguments.of(
                        "tampered",
                        gateway,
                        good.substring(0, payload) + other + good.substring(payload + 1)),
                Arguments.of("garbled", gateway, "not.a.token"),
                Arguments.of("long", gateway, "a".repeat(TxnTokens.LENGTH_MAX + 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void aTokenThatDoesNotFitIsRefused(String what, Identity peer, String token)
            throws IOException {
        Wire.Reply reply = place(peer, Txns.header(token));
        assertThat(reply.reason()).as(what).isEqualTo("txn-token-invalid");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(world.services.get("orders").seen()).isEmpty();
    }

    @Test
    void noTokenAndTwoTokensAreRefused() throws IOException {
        String token = made(gateway, "orders", Txns.PLACE, Txns.ANA);
        assertThat(place(gateway).reason()).isEqualTo("txn-token-missing");
        assertThat(place(gateway, Txns.header(token), Txns.header(token)).reason())
                .isEqualTo("txn-token-invalid");
    }
}
