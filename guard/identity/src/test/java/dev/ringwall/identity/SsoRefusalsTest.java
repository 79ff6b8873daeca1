package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What does not count although it comes from a provider, or seems to (OpenID Connect Core §3.1.3.7, RFC 9207, RFC 9700 §4.4, §4.7).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SsoRefusalsTest {

    private final HandClock clock = HandClock.at(Instant.parse("2026-11-29T12:00:00Z"));
    private Elsewhere acme;
    private Elsewhere other;
    private House house;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        acme = new Elsewhere(clock);
        other = new Elsewhere(clock);
        house = House.in(folder, clock);
        house.secrets.put("acme-client", Elsewhere.SECRET);
        house.blueprint.set(
                House.declared(
                        Acme.declaration(acme, ", accounts: create")
                                + "  other: { issuer: \""
                                + other.issuer
                                + "\", client: "
                                + Elsewhere.CLIENT
                                + ", secret: acme-client, accounts: create, roles: { staff: [groups=shop] } }\n"));
    }

    @AfterAll
    void stop() {
        house.close();
        acme.close();
        other.close();
    }

    @BeforeEach
    void honest() {
        browser = house.browser();
        acme.twist = builder -> builder;
        acme.made = claims -> acme.sign(claims, "JWT");
        acme.status = 200;
        house.events.clear();
    }

    private void refused(HttpResponse<String> back, String why) {
        assertThat(back.statusCode()).isIn(403, 502);
        assertThat(back.body()).contains("You are not signed in");
        assertThat(browser.cookies).doesNotContainKey(SessionCookie.NAME);
        assertThat(whys()).contains(why);
    }

    private List<String> whys() {
        return house.events.stream()
                .filter(SecurityEvent.IdentityActed.class::isInstance)
                .map(event -> ((SecurityEvent.IdentityActed) event).details().get("why"))
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    @Test
    void withoutATwistSomebodyComesIn() {
        assertThat(Browser.location(Acme.signIn(browser, acme))).startsWith(Paths.AUTHORIZE);
    }

    @ParameterizedTest
    @MethodSource("twists")
    void anIdTokenThatIsNotForThisLoginCountsNot(
            java.util.function.UnaryOperator<JWTClaimsSet.Builder> twist, String why) {
        acme.twist = twist;

        refused(Acme.signIn(browser, acme), why);
    }

    static Stream<Arguments> twists() {
        Instant now = Instant.parse("2026-11-29T12:00:00Z");
        return Stream.of(
                twist("issuer", c -> c.issuer("https://evil.example"), "iss-of-another"),
                twist("audience", c -> c.audience("another"), "aud-of-another"),
                twist(
                        "one audience more",
                        c -> c.audience(List.of(Elsewhere.CLIENT, "another")),
                        "aud-of-another"),
                twist("azp", c -> c.claim("azp", "another"), "azp-of-another"),
                twist("nonce", c -> c.claim("nonce", "another"), "nonce-of-another"),
                twist("no nonce", c -> c.claim("nonce", null), "nonce-of-another"),
                twist("over", c -> c.expirationTime(Date.from(now.minusSeconds(31))), "token-over"),
                twist("no end", c -> c.expirationTime(null), "token-over"),
                twist(
                        "made long ago",
                        c -> c.issueTime(Date.from(now.minusSeconds(601))),
                        "token-too-old"),
                twist("made at no time", c -> c.issueTime(null), "iat-missing"),
                twist(
                        "of the future",
                        c -> c.issueTime(Date.from(now.plusSeconds(31))),
                        "token-of-the-future"),
                twist(
                        "not yet",
                        c -> c.notBeforeTime(Date.from(now.plusSeconds(31))),
                        "token-of-the-future"),
                twist("nobody", c -> c.subject(null), "sub-missing"),
                twist("too much of a name", c -> c.subject("x".repeat(256)), "sub-missing"),
                twist("a logout token", c -> c.claim("events", Map.of()), "token-of-another-kind"));
    }

    private static Arguments twist(String name, Consumer<JWTClaimsSet.Builder> change, String why) {
        java.util.function.UnaryOperator<JWTClaimsSet.Builder> twist =
                builder -> {
                    change.accept(builder);
                    return builder;
                };
        return Arguments.of(Named.of(name, twist), why);
    }

    @Test
    void whatIsNotSignedCountsNot() {
        acme.made = claims -> new PlainJWT(claims).serialize();

        refused(Acme.signIn(browser, acme), "token-not-valid");
    }

    @Test
    void whatIsSignedWithTheSecretOrWithAPublicKeyAsASecretCountsNot() {
        acme.made = claims -> hmac(claims, Elsewhere.SECRET);
        refused(Acme.signIn(browser, acme), "algorithm-not-allowed");

        acme.made = claims -> hmac(claims, acme.key.toPublicJWK().toJSONString());
        refused(Acme.signIn(browser, acme), "algorithm-not-allowed");
    }

    private static String hmac(JWTClaimsSet claims, String secret) {
        try {
            return Elsewhere.sign(
                    claims,
                    new JWSHeader(JWSAlgorithm.HS256),
                    new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void whatAnotherKeySignedCountsNotEvenWhenItBringsTheKeyAlong() throws JOSEException {
        ECKey stranger = Elsewhere.key("one");
        ECDSASigner signer = new ECDSASigner(stranger);
        acme.made =
                claims ->
                        Elsewhere.sign(
                                claims,
                                new JWSHeader.Builder(JWSAlgorithm.ES256)
                                        .keyID("one")
                                        .jwk(stranger.toPublicJWK())
                                        .build(),
                                signer);

        refused(Acme.signIn(browser, acme), "signature-not-valid");
    }

    @Test
    void aTokenOfAnotherKindCountsNot() {
        acme.made = claims -> acme.sign(claims, "at+jwt");

        refused(Acme.signIn(browser, acme), "token-of-another-kind");
    }

    @Test
    void textBesideTheTokenCountsNot() {
        acme.made = claims -> acme.sign(claims, "JWT") + "=";

        refused(Acme.signIn(browser, acme), "token-not-valid");
    }
}
