package dev.ringwall.identity;

import static dev.ringwall.identity.SigningClient.form;
import static dev.ringwall.identity.SigningClient.given;
import static dev.ringwall.identity.SigningClient.header;
import static dev.ringwall.identity.SigningClient.key;
import static dev.ringwall.identity.SigningClient.refused;
import static dev.ringwall.identity.SigningClient.signed;
import static dev.ringwall.identity.SigningClient.signer;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.ringwall.testkit.HandClock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is no proof of a client that signs (RFC 7523 §3, RFC 8725, OpenID Connect Core §9 `private_key_jwt`).
class AssertionRefusalsTest {

    @TempDir Path folder;
    private House house;
    private Browser browser;
    private SigningClient client;

    @BeforeEach
    void start() {
        house = House.in(folder, HandClock.at(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        browser = house.browser();
        client = SigningClient.of(house, "courier");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("no audience", claims -> claims.audience(List.of())),
                wrong("another server", claims -> claims.audience("https://elsewhere.example")),
                wrong("the token endpoint", claims -> claims.audience(House.DOOR + Paths.TOKEN)),
                wrong(
                        "two servers",
                        claims ->
                                claims.audience(
                                        List.of(
                                                SigningClient.ISSUER,
                                                "https://elsewhere.example"))),
                wrong("nearly us", claims -> claims.audience(SigningClient.ISSUER + "/")),
                wrong("another subject", claims -> claims.subject("courier-of-another")),
                wrong("no subject", claims -> claims.subject(null)),
                wrong("a public client", claims -> claims.subject("storefront")),
                wrong("another issuer", claims -> claims.issuer(SigningClient.ISSUER)),
                wrong("no issuer", claims -> claims.issuer(null)),
                wrong("no id", claims -> claims.jwtID(null)),
                wrong("an empty id", claims -> claims.jwtID(" ")),
                wrong(
                        "a long id",
                        claims -> claims.jwtID("x".repeat(Assertions.ID_CHARACTERS_MAX + 1))),
                wrong("no end", claims -> claims.expirationTime(null)),
                wrong("over", claims -> claims.expirationTime(from(claims, -60))),
                wrong("for a day", claims -> claims.expirationTime(from(claims, 86_400))),
                wrong("made in the future", claims -> claims.issueTime(from(claims, 60))),
                wrong("not yet", claims -> claims.notBeforeTime(from(claims, 60))),
                wrong("long", claims -> claims.claim("x", "x".repeat(9_000))));
    }

    private static Date from(JWTClaimsSet.Builder claims, long seconds) {
        return Date.from(claims.build().getIssueTime().toInstant().plusSeconds(seconds));
    }

    private static Arguments wrong(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void whatIsSignedForSomethingElseIsNoProof(
            String what, UnaryOperator<JWTClaimsSet.Builder> change) {
        refused(client.asks(client.assertion(change.apply(client.claims()).build())));
    }

    @Test
    void clocksMayDifferByTenSeconds() {
        Date later = Date.from(house.clock.instant().plus(Assertions.CLOCKS_DIFFER));
        Date end = Date.from(later.toInstant().plus(Assertions.LIFE_MAX));
        JWTClaimsSet ahead =
                client.claims().issueTime(later).notBeforeTime(later).expirationTime(end).build();
        given(client.asks(client.assertion(ahead)));
        Date before = Date.from(house.clock.instant().minusSeconds(9));
        given(client.asks(client.assertion(client.claims().expirationTime(before).build())));
    }

    @Test
    void anotherKeyAnotherCurveNoSignatureOrAPublicKeyAsASecretIsNoProof() throws Exception {
        refused(
                client.asks(
                        signed(
                                header("a"),
                                client.claims().build(),
                                signer(key(Curve.P_256, "a")))));
        refused(client.asks(signed(header("b"), client.claims().build(), signer(client.key()))));
        refused(
                client.asks(
                        signed(
                                new JWSHeader.Builder(JWSAlgorithm.ES384).keyID("a").build(),
                                client.claims().build(),
                                signer(key(Curve.P_384, "a")))));
        refused(client.asks(new PlainJWT(client.claims().build()).serialize()));
        for (byte[] secret :
                List.of(
                        client.key().toECPublicKey().getEncoded(),
                        client.key()
                                .toPublicJWK()
                                .toJSONString()
                                .getBytes(StandardCharsets.UTF_8))) {
            refused(
                    client.asks(
                            signed(
                                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("a").build(),
                                    client.claims().build(),
                                    new MACSigner(secret))));
        }
        String[] parts = client.assertion().split("\\.", -1);
        refused(client.asks(parts[0] + "." + parts[1] + "."));
        refused(client.asks("not.a.jwt"));
        refused(client.asks(""));
    }

    @Test
    void aTokenOfAnotherKindIsNoProof() {
        for (String type : List.of("dpop+jwt", "at+jwt")) {
            JWSHeader header =
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID("a")
                            .type(new JOSEObjectType(type))
                            .build();
            refused(client.asks(signed(header, client.claims().build(), signer(client.key()))));
        }
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID("a")
                        .type(new JOSEObjectType("client-authentication+jwt"))
                        .build();
        given(client.asks(signed(header, client.claims().build(), signer(client.key()))));
    }

    @Test
    void keysAreTakenFromNowhereButTheStore() throws Exception {
        ECKey own = key(Curve.P_256, "a");
        try (ServerSocket elsewhere = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI there = URI.create("http://127.0.0.1:" + elsewhere.getLocalPort() + "/keys.json");
            refused(
                    client.asks(
                            signed(
                                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                                            .keyID("a")
                                            .jwkURL(there)
                                            .x509CertURL(there)
                                            .jwk(own.toPublicJWK())
                                            .build(),
                                    client.claims().build(),
                                    signer(own))));
            elsewhere.setSoTimeout(1);
            org.assertj.core.api.Assertions.assertThatThrownBy(elsewhere::accept)
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aSecondProofBesideIsRefused() {
        Map<String, String> form = form(client.assertion());
        form.put("client_secret", "x");
        assertThat(browser.post(Paths.TOKEN, form).statusCode()).isEqualTo(400);
        browser.headers.put("Authorization", "Basic eDp5");
        assertThat(browser.post(Paths.TOKEN, form(client.assertion())).statusCode()).isEqualTo(400);
    }

    @Test
    void anotherTypeOfAssertionIsRefused() {
        Map<String, String> form = form(client.assertion());
        form.put(
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:saml2-bearer");
        refused(browser.post(Paths.TOKEN, form));
        form.remove("client_assertion_type");
        refused(browser.post(Paths.TOKEN, form));
    }
}
