package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import dev.ringwall.keys.CertificateAuthority;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.keys.Thumbprint;
import dev.ringwall.keys.X5c;
import java.io.IOException;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The key that a transaction token is checked with comes from the connection, or with a chain from the root, and never from the token.
class TxnHeadersTest {

    private static World world;
    private static Identity gateway;
    private static Identity otherGateway;
    private static Identity catalog;

    @BeforeAll
    static void begin() throws Exception {
        world = World.of(Shop.YAML);
        gateway = world.identity("gateway").get();
        otherGateway = world.issue("gateway");
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

    private static Wire.Reply place(Identity as, String token) throws IOException {
        return Txns.call(world, as, "orders", "/orders", Txns.header(token));
    }

    private static String headed(Identity by, Consumer<Map<String, Object>> header) {
        return Txns.headed(world, by, header, _ -> {});
    }

    @Test
    void aHeaderThatNamesThePeersCertificateIsAllThatIsAskedFor() throws IOException {
        assertThat(place(gateway, headed(gateway, _ -> {})).status()).isEqualTo(200);
    }

    static Stream<Arguments> badHeaders() {
        Map<String, Object> jwk =
                new ECKey.Builder(Curve.P_256, (ECPublicKey) gateway.certificate().getPublicKey())
                        .build()
                        .toJSONObject();
        return Stream.<Map.Entry<String, Object>>of(
                        Map.entry("x5c", X5c.write(gateway.chain())),
                        Map.entry("jwk", jwk),
                        Map.entry("jku", "https://elsewhere.example/jwks"),
                        Map.entry("x5u", "https://elsewhere.example/chain.pem"),
                        Map.entry("kid", "1"),
                        Map.entry("crit", List.of("exp")),
                        Map.entry("x5t#S256", Thumbprint.of(otherGateway.certificate())),
                        Map.entry("x5t#S256", ""),
                        Map.entry("alg", "none"),
                        Map.entry("typ", "JWT"))
                .map(each ->
                        Arguments.of(
                                each.getKey(),
                                headed(gateway, it -> it.put(each.getKey(), each.getValue()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badHeaders")
    void aHeaderThatSaysMoreOrOtherThanThatIsRefused(String member, String token)
            throws IOException {
        assertThat(place(gateway, token).reason()).isEqualTo("txn-token-invalid");
        assertThat(world.services.get("orders").seen()).isEmpty();
    }

    @Test
    void aKeyThatIsBroughtAlongDoesNotCount() throws IOException {
        Identity foreign = foreign("gateway");
        for (String token :
                List.of(
                        headed(foreign, it -> it.put("x5c", X5c.write(foreign.chain()))),
                        headed(
                                foreign,
                                it -> {
                                    it.put("x5t#S256", Thumbprint.of(gateway.certificate()));
                                    it.put("x5c", X5c.write(foreign.chain()));
                                }),
                        headed(foreign, it -> it.remove("x5t#S256")),
                        headed(foreign, _ -> {}))) {
            assertThat(place(gateway, token).reason()).isEqualTo("txn-token-invalid");
        }
        assertThat(world.services.get("orders").seen()).isEmpty();
    }

    /// What the service says with a token inside, and the chain beside it.
    private static String inside(Object prior, Object chain) {
        return Txns.headed(
                world,
                catalog,
                _ -> {},
                it -> {
                    it.put("aud", Txns.id("payments").toString());
                    it.put("scope", "payments.charge");
                    it.put("sub", "service:catalog");
                    it.put("rctx", Map.of("kind", "service"));
                    it.put("prior", prior);
                    it.put("prior_x5c", chain);
                });
    }

    private static String forCatalog(Identity by, Consumer<Map<String, Object>> claims) {
        return Txns.headed(
                world,
                by,
                _ -> {},
                it -> {
                    it.put("aud", Txns.id("catalog").toString());
                    claims.accept(it);
                });
    }

    private static TxnTokens.Checked checked(String token) {
        return Txns.tokens(world)
                .check(token, Peer.of(Txns.id("catalog"), catalog.chain()), Txns.id("payments"));
    }

    @Test
    void aTokenInsideCountsWithTheChainOfTheGatewayThatSignedIt() {
        for (Identity signer : List.of(gateway, otherGateway)) {
            assertThat(checked(inside(forCatalog(signer, _ -> {}), X5c.write(signer.chain()))))
                    .isInstanceOfSatisfying(
                            TxnTokens.Verified.class,
                            verified -> assertThat(verified.onBehalfOf()).isPresent());
        }
    }

    static Stream<Arguments> badInside() {
        Identity foreign = foreign("gateway");
        String good = forCatalog(gateway, _ -> {});
        List<String> chain = X5c.write(gateway.chain());
        return Stream.of(
                Arguments.of("the service's own word", forCatalog(catalog, _ -> {}), catalog),
                Arguments.of(
                        "its own word in the gateway's name",
                        forCatalog(catalog, it -> it.put("iss", Txns.id("gateway").toString())),
                        catalog),
                Arguments.of("another authority's", forCatalog(foreign, _ -> {}), foreign),
                Arguments.of("another gateway's chain", good, otherGateway),
                Arguments.of(
                        "bound to another certificate",
                        forCatalog(
                                gateway,
                                it ->
                                        it.put(
                                                "cnf",
                                                Map.of(
                                                        "x5t#S256",
                                                        Thumbprint.of(
                                                                otherGateway.certificate())))),
                        gateway),
                Arguments.of(
                        "for another service",
                        forCatalog(gateway, it -> it.put("aud", Txns.id("orders").toString())),
                        gateway),
                Arguments.of(
                        "with one inside itself",
                        forCatalog(
                                gateway,
                                it -> {
                                    it.put("prior", good);
                                    it.put("prior_x5c", chain);
                                }),
                        gateway),
                Arguments.of(
                        "with its chain in the header",
                        Txns.headed(
                                world,
                                gateway,
                                it -> it.put("x5c", chain),
                                it -> it.put("aud", Txns.id("catalog").toString())),
                        gateway));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badInside")
    void aTokenInsideThatIsNotThatGatewaysIsRefused(String what, String prior, Identity shown) {
        assertThat(checked(inside(prior, X5c.write(shown.chain()))))
                .as(what)
                .isInstanceOf(TxnTokens.Invalid.class);
    }

    @Test
    void aTokenInsideWithoutItsChainOrWithAnOddOneIsRefused() {
        String good = forCatalog(gateway, _ -> {});
        List<String> chain = X5c.write(gateway.chain());
        String leaf = chain.getFirst();
        for (Object odd :
                List.of(
                        List.of(),
                        List.of(leaf),
                        List.of(chain.getLast(), leaf),
                        List.of(leaf, leaf, leaf, leaf, leaf),
                        List.of("AAAA"),
                        List.of(1),
                        leaf,
                        Map.of())) {
            assertThat(checked(inside(good, odd))).isInstanceOf(TxnTokens.Invalid.class);
        }
        assertThat(checked(inside(1, chain))).isInstanceOf(TxnTokens.Invalid.class);
        for (String lost : List.of("prior", "prior_x5c")) {
            String token =
                    Txns.headed(
                            world,
                            catalog,
                            _ -> {},
                            it -> {
                                it.put("aud", Txns.id("payments").toString());
                                it.put("sub", "service:catalog");
                                it.put("rctx", Map.of("kind", "service"));
                                it.put("prior", good);
                                it.put("prior_x5c", chain);
                                it.remove(lost);
                            });
            assertThat(checked(token)).as("without " + lost).isInstanceOf(TxnTokens.Invalid.class);
        }
    }

    private static Identity foreign(String name) {
        CertificateAuthority other = World.another(world.authority.root().system());
        return other.issue(
                new dev.ringwall.keys.Profile.Workload(
                        new SpiffeId(world.authority.root().system(), name), java.util.Set.of()));
    }
}
