package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tokens bound to a key (RFC 9449): each proof is wrong in one respect, and the same without that respect is good.
class DpopAtTheDoorTest {

    private static final ECKey KEY = Tokens.newKey("caller");
    private static World world;
    private static String token;
    private static int addresses;

    @BeforeAll
    static void begin() throws Exception {
        world = World.of(Shop.YAML);
        token = bound(KEY.computeThumbprint().toString());
    }

    @AfterAll
    static void end() {
        world.close();
    }

    private static String bound(String thumbprint) {
        return world.tokens.sign(
                world.tokens
                        .claims("ana", "shopper", "orders.place")
                        .claim("cnf", Map.of("jkt", thumbprint))
                        .build());
    }

    private static Wire.Reply place(String... headers) throws IOException {
        InetAddress from = InetAddress.getByAddress(new byte[] {127, 0, 2, (byte) ++addresses});
        try (Wire wire = Wire.tls(world.door, from, null)) {
            return wire.post("/orders", "{}", headers);
        }
    }

    private static String shown(String shown) {
        return "Authorization: DPoP " + shown;
    }

    private static JWTClaimsSet.Builder claims() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.US_ASCII));
            return new JWTClaimsSet.Builder()
                    .jwtID(UUID.randomUUID().toString())
                    .claim("htm", "POST")
                    .claim("htu", Tokens.AUDIENCE + "/orders")
                    .claim("ath", Base64URL.encode(hash).toString())
                    .issueTime(Date.from(world.clock.instant()));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static JWSHeader.Builder header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).type(new JOSEObjectType("dpop+jwt"));
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            SignedJWT proof = new SignedJWT(header, claims);
            proof.sign(signer);
            return proof.serialize();
        } catch (JOSEException cannot) {
            throw new AssertionError(cannot);
        }
    }

    private static String proof(JWTClaimsSet claims) {
        try {
            return signed(
                    header(JWSAlgorithm.ES256).jwk(KEY.toPublicJWK()).build(),
                    claims,
                    new ECDSASigner(KEY));
        } catch (JOSEException cannot) {
            throw new AssertionError(cannot);
        }
    }

    private static Arguments claim(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(what, proof(change.apply(claims()).build()));
    }

    private static Date at(Duration fromNow) {
        return Date.from(world.clock.instant().plus(fromNow));
    }

    static Stream<Arguments> badProofs() throws Exception {
        ECKey other = Tokens.newKey("somebody else");
        String genuine = proof(claims().build());
        return Stream.of(
                claim("for another method", it -> it.claim("htm", "GET")),
                claim("for another path", it -> it.claim("htu", Tokens.AUDIENCE + "/products")),
                claim("for another door", it -> it.claim("htu", "https://evil.example/orders")),
                claim("in clear text", it -> it.claim("htu", "http://localhost/orders")),
                claim("for another token", it -> it.claim("ath", "x")),
                claim("for no token", it -> it.claim("ath", null)),
                claim("without an id", it -> it.jwtID(null)),
                claim("with an endless id", it -> it.jwtID("a".repeat(257))),
                claim("without a time", it -> it.issueTime(null)),
                claim("made a minute ago", it -> it.issueTime(at(Duration.ofSeconds(-60)))),
                claim("made in the future", it -> it.issueTime(at(Duration.ofSeconds(6)))),
                Arguments.of(
                        "by another key",
                        signed(
                                header(JWSAlgorithm.ES256).jwk(other.toPublicJWK()).build(),
                                claims().build(),
                                new ECDSASigner(other))),
                Arguments.of(
                        "by another key in the name of this one",
                        signed(
                                header(JWSAlgorithm.ES256).jwk(KEY.toPublicJWK()).build(),
                                claims().build(),
                                new ECDSASigner(other))),
                Arguments.of(
                        "of another type",
                        signed(
                                new JWSHeader.Builder(JWSAlgorithm.ES256)
                                        .type(JOSEObjectType.JWT)
                                        .jwk(KEY.toPublicJWK())
                                        .build(),
                                claims().build(),
                                new ECDSASigner(KEY))),
                Arguments.of(
                        "without a key",
                        signed(
                                header(JWSAlgorithm.ES256).build(),
                                claims().build(),
                                new ECDSASigner(KEY))),
                Arguments.of("cut off", genuine.substring(0, genuine.lastIndexOf('.') + 1)),
                Arguments.of("padded", genuine + "="),
                Arguments.of("long", genuine + "a".repeat(DpopProofs.LENGTH_MAX)),
                Arguments.of("none", "none"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badProofs")
    void aProofThatIsWrongInOneRespectIsRefused(String what, String proof) throws IOException {
        world.services.values().forEach(Backend::clear);
        Wire.Reply reply = place(shown(token), "DPoP: " + proof);
        assertThat(reply.reason()).as(what).isEqualTo("proof-not-valid");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.headers().get("www-authenticate"))
                .startsWith("DPoP realm=\"shop\", algs=\"ES256 PS256 EdDSA Ed25519\"")
                .contains("error=\"invalid_dpop_proof\"");
        assertThat(world.services.get("orders").seen()).isEmpty();
    }

    @Test
    void aGoodProofOpensOnceAndTheServiceSeesNeitherTokenNorProof() throws IOException {
        world.services.values().forEach(Backend::clear);
        String proof = proof(claims().build());
        assertThat(place(shown(token), "DPoP: " + proof).status()).isEqualTo(200);
        assertThat(world.services.get("orders").seen().getLast().toString())
                .doesNotContainIgnoringCase("dpop");
        assertThat(place(shown(token), "DPoP: " + proof).reason()).isEqualTo("proof-replayed");
        assertThat(place(shown(token), "DPoP: " + proof(claims().build())).status())
                .as("another proof for the same token")
                .isEqualTo(200);
    }

    @Test
    void theQueryIsNoPartOfWhatIsProved() throws IOException {
        try (Wire wire = Wire.tls(world.door, InetAddress.getByName("127.0.3.1"), null)) {
            assertThat(
                            wire.post(
                                            "/orders?from=mail",
                                            "{}",
                                            shown(token),
                                            "DPoP: " + proof(claims().build()))
                                    .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aBoundTokenIsNoBearersAndOtherTokensAreNotProved() throws IOException {
        Wire.Reply stolen = place(World.bearer(token));
        assertThat(stolen.reason()).isEqualTo("proof-missing");
        assertThat(stolen.headers().get("www-authenticate")).contains("error=\"invalid_token\"");
        assertThat(place(World.bearer(token), "DPoP: " + proof(claims().build())).reason())
                .isEqualTo("proof-missing");
        assertThat(place(shown(token)).reason()).isEqualTo("proof-missing");
        assertThat(
                        place(
                                        shown(token),
                                        "DPoP: " + proof(claims().build()),
                                        "DPoP: " + proof(claims().build()))
                                .reason())
                .isEqualTo("proof-missing");
        String free = world.tokens.of("ana", "shopper", "orders.place");
        assertThat(place(shown(free), "DPoP: " + proof(claims().build())).reason())
                .isEqualTo("proof-not-valid");
    }

    @Test
    void aTokenBoundToWhatThisDoorCannotSeeIsRefused() throws IOException {
        for (Map<String, Object> confirmation :
                java.util.List.<Map<String, Object>>of(
                        Map.of("x5t#S256", ""),
                        Map.of(),
                        Map.of("jkt", ""),
                        Map.of("jkt", "a", "x5t#S256", "b"))) {
            String odd =
                    world.tokens.sign(
                            world.tokens
                                    .claims("ana", "shopper", "orders.place")
                                    .claim("cnf", confirmation)
                                    .build());
            assertThat(place(World.bearer(odd)).reason())
                    .as("%s", confirmation)
                    .isEqualTo("proof-missing");
        }
    }

    /// The library signs with no key that short.
    private static String signedByHand(RSAKey key) throws Exception {
        String signed =
                header(JWSAlgorithm.PS256).jwk(key.toPublicJWK()).build().toBase64URL()
                        + "."
                        + Base64URL.encode(claims().build().toString());
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        signature.initSign(key.toPrivateKey());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64URL.encode(signature.sign());
    }

    @Test
    void aKeyOfRsaDoesAsWellUnlessItIsShort() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).generate();
        token = bound(rsa.computeThumbprint().toString());
        try {
            String good =
                    signed(
                            header(JWSAlgorithm.PS256).jwk(rsa.toPublicJWK()).build(),
                            claims().build(),
                            new RSASSASigner(rsa));
            assertThat(place(shown(token), "DPoP: " + good).status()).isEqualTo(200);
            String old =
                    signed(
                            header(JWSAlgorithm.RS256).jwk(rsa.toPublicJWK()).build(),
                            claims().build(),
                            new RSASSASigner(rsa));
            assertThat(place(shown(token), "DPoP: " + old).reason()).isEqualTo("proof-not-valid");
            RSAKey small = new RSAKeyGenerator(1024, true).generate();
            token = bound(small.computeThumbprint().toString());
            String weak = signedByHand(small);
            assertThat(place(shown(token), "DPoP: " + weak).reason()).isEqualTo("proof-not-valid");
        } finally {
            token = bound(KEY.computeThumbprint().toString());
        }
    }
}
