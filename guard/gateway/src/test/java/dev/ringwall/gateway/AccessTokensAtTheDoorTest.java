package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Access tokens at the door: each is wrong in one respect, and the same without that respect is good.
class AccessTokensAtTheDoorTest {

    private static World world;
    private static Tokens tokens;
    private static int addresses;

    @BeforeAll
    static void begin() throws Exception {
        world = World.of(Shop.YAML);
        tokens = world.tokens;
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @BeforeEach
    void forget() {
        world.services.values().forEach(Backend::clear);
    }

    /// Each call from an address of its own, so that failed proofs do not add up.
    private static Wire.Reply place(String... headers) throws IOException {
        InetAddress from = InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) ++addresses});
        try (Wire wire = Wire.tls(world.door, from, null)) {
            return wire.post("/orders", "{}", headers);
        }
    }

    private static JWTClaimsSet.Builder good() {
        return tokens.claims("ana", "shopper", "orders.place");
    }

    private static Arguments token(String what, String reason, String token) {
        return Arguments.of(what, reason, token);
    }

    private static Arguments claim(
            String what, String reason, UnaryOperator<JWTClaimsSet.Builder> change) {
        return token(what, reason, tokens.sign(change.apply(good()).build()));
    }

    private static Arguments header(
            String what, String reason, UnaryOperator<JWSHeader.Builder> change) {
        return token(what, reason, Tokens.sign(good().build(), tokens.key(), change));
    }

    private static Date at(Duration fromNow) {
        return Date.from(world.clock.instant().plus(fromNow));
    }

    private static String unsigned(String token) {
        return token.substring(0, token.lastIndexOf('.'));
    }

    static Stream<Arguments> badTokens() throws Exception {
        String genuine = tokens.of("ana", "shopper", "orders.place");
        int last = genuine.lastIndexOf('.');
        ECKey foreign = Tokens.newKey(tokens.key().getKeyID());
        ECKey unknown = Tokens.newKey("another");
        SignedJWT confused =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .type(new JOSEObjectType("at+jwt"))
                                .keyID(tokens.key().getKeyID())
                                .build(),
                        good().build());
        confused.sign(new MACSigner(tokens.key().toECPublicKey().getEncoded()));
        return Stream.of(
                claim(
                        "expired",
                        "token-expired",
                        it -> it.expirationTime(at(Duration.ofSeconds(-5)))),
                claim("no end", "token-malformed", it -> it.expirationTime(null)),
                claim(
                        "not yet valid",
                        "token-not-yet-valid",
                        it -> it.notBeforeTime(at(Duration.ofSeconds(6)))),
                claim(
                        "issued in the future",
                        "token-not-yet-valid",
                        it -> it.issueTime(at(Duration.ofSeconds(6)))),
                claim(
                        "for somebody else",
                        "token-wrong-audience",
                        it -> it.audience("https://elsewhere.example")),
                claim("for nobody", "token-wrong-audience", it -> it.audience((String) null)),
                claim(
                        "of another issuer",
                        "token-not-ours",
                        it -> it.issuer("https://elsewhere.example/auth")),
                claim("of no issuer", "token-not-ours", it -> it.issuer(null)),
                claim("about nobody", "token-malformed", it -> it.subject(null)),
                header("an ID token", "token-not-ours", it -> it.type(JOSEObjectType.JWT)),
                header("no type", "token-not-ours", it -> it.type(null)),
                header(
                        "a critical header",
                        "token-malformed",
                        it -> it.criticalParams(Set.of("exp")).customParam("exp", 1)),
                token("alg none", "token-malformed", new PlainJWT(good().build()).serialize()),
                token("key confusion", "token-not-ours", confused.serialize()),
                token(
                        "a foreign key under the known id",
                        "token-not-ours",
                        Tokens.sign(good().build(), foreign, it -> it)),
                token(
                        "an unknown key",
                        "token-not-ours",
                        Tokens.sign(good().build(), unknown, it -> it)),
                token(
                        "brings its key as jwk",
                        "token-not-ours",
                        Tokens.sign(good().build(), unknown, it -> it.jwk(unknown.toPublicJWK()))),
                token(
                        "brings its key as jku",
                        "token-not-ours",
                        Tokens.sign(
                                good().build(),
                                unknown,
                                it -> it.jwkURL(URI.create("https://elsewhere.example/jwks")))),
                token(
                        "brings its key as x5u",
                        "token-not-ours",
                        Tokens.sign(
                                good().build(),
                                unknown,
                                it -> it.x509CertURL(URI.create("https://elsewhere.example")))),
                token(
                        "more roles written into a genuine one",
                        "token-not-ours",
                        unsigned(tokens.of("ana", "clerk", "orders.place"))
                                + genuine.substring(last)),
                token(
                        "a genuine one with its signature cut off",
                        "token-malformed",
                        genuine.substring(0, last)),
                token("an empty signature", "token-not-ours", genuine.substring(0, last + 1)),
                token("padding", "token-malformed", genuine + "="),
                token("not three parts", "token-malformed", "not-a-token"),
                token("an empty one", "token-malformed", ""),
                token("a long one", "token-malformed", "a".repeat(AccessTokens.LENGTH_MAX + 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void aTokenThatIsWrongInOneRespectIsRefused(String what, String reason, String token)
            throws IOException {
        Wire.Reply reply = place(World.bearer(token));
        assertThat(reply.reason()).as(what).isEqualTo(reason);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.headers().get("www-authenticate"))
                .startsWith("Bearer realm=\"shop\", error=\"invalid_token\"");
        assertThat(world.services.get("orders").seen()).isEmpty();
    }

    @Test
    void aBadTokenIsRefusedEvenWhereNoneIsNeeded() throws IOException {
        assertThat(world.get("/products", World.bearer("not.a.token")).reason())
                .isEqualTo("token-malformed");
    }

    @Test
    void aGoodTokenOpensUntilItsLastSecond() throws IOException {
        String token =
                tokens.sign(
                        good().expirationTime(at(AccessTokens.SKEW.negated().plusSeconds(1)))
                                .build());
        assertThat(place(World.bearer(token)).status()).isEqualTo(200);
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(place(World.bearer(token)).reason())
                .as("also where its signature is remembered")
                .isEqualTo("token-expired");
    }

    @Test
    void noTokenIsAnInvitationToBringOne() throws IOException {
        Wire.Reply reply = place();
        assertThat(reply.reason()).isEqualTo("no-token");
        assertThat(reply.headers()).containsEntry("www-authenticate", "Bearer realm=\"shop\"");
    }

    @Test
    void aTokenCountsOnlyForWhatItWasGivenFor() throws IOException {
        Wire.Reply reply = place(World.bearer(tokens.of("ana", "shopper", "orders.read")));
        assertThat(reply.reason()).isEqualTo("scope-missing");
        assertThat(reply.headers().get("www-authenticate"))
                .contains("error=\"insufficient_scope\", scope=\"orders.place\"");
    }

    @Test
    void anyOtherSchemeAndAnySecondCredentialAreRefused() throws IOException {
        String token = tokens.of("ana", "shopper", "orders.place");
        assertThat(place("Authorization: Basic YTpi").reason()).isEqualTo("token-malformed");
        assertThat(place(World.bearer(token), World.bearer(token)).reason())
                .isEqualTo("token-malformed");
        assertThat(place(World.bearer(token), "Ringwall-Key: rw_x").reason())
                .isEqualTo("token-malformed");
    }

    @Test
    void aProgramWithItsOwnTokenIsAClient() throws IOException {
        String token =
                tokens.sign(
                        tokens.claims("nightly", "robot", "orders.place")
                                .claim("client_id", "nightly")
                                .build());
        assertThat(place(World.bearer(token)).status()).isEqualTo(200);
        assertThat(world.recorded.last("gateway").caller().kind())
                .isEqualTo(dev.ringwall.events.Actor.Kind.CLIENT);
        assertThat(world.recorded.last("orders").caller().kind())
                .isEqualTo(dev.ringwall.events.Actor.Kind.CLIENT);
    }

    @Test
    void aRevokedTokenSessionOrAccountIsRefusedAndAnotherIsNot() throws IOException {
        Instant later = world.clock.instant().plus(Duration.ofMinutes(5));
        String token = tokens.of("ben", "shopper", "orders.place");
        for (Snapshot.Revoked revoked :
                List.of(
                        new Snapshot.Revoked(Snapshot.Revoked.What.TOKEN, "token of ben", later),
                        new Snapshot.Revoked(
                                Snapshot.Revoked.What.SESSION, "session of ben", later),
                        new Snapshot.Revoked(Snapshot.Revoked.What.SUBJECT, "ben", later))) {
            world.revoke();
            assertThat(place(World.bearer(token)).status()).isEqualTo(200);
            world.revoke(revoked);
            assertThat(place(World.bearer(token)).reason()).isEqualTo("token-revoked");
            String other = tokens.of("cy", "shopper", "orders.place");
            assertThat(place(World.bearer(other)).status()).isEqualTo(200);
        }
        world.revoke();
    }
}
