package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With what algorithms providers may sign (RFC 8037 §3.1, RFC 9864 §2.2, RFC 8725 §3.1): Ed25519 besides the curves of NIST and RSA.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SsoSignaturesTest {

    private final HandClock clock = HandClock.at(Instant.parse("2026-11-29T12:00:00Z"));
    private final OctetKeyPair key = HouseKeys.ed25519("ed");
    private Elsewhere acme;
    private House house;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        acme = new Elsewhere(clock);
        house = House.in(folder, clock);
        house.secrets.put("acme-client", Elsewhere.SECRET);
        house.blueprint.set(House.declared(Acme.declaration(acme, ", accounts: create")));
    }

    @AfterAll
    void stop() {
        house.close();
        acme.close();
    }

    @BeforeEach
    void anew() {
        browser = house.browser();
        acme.more = List.of(key);
        clock.advance(Duration.ofMinutes(16)); // so that its keys are asked for again
    }

    private static Function<JWTClaimsSet, String> signs(
            JWSAlgorithm algorithm, String id, JWSSigner signer) {
        return claims ->
                Elsewhere.sign(claims, new JWSHeader.Builder(algorithm).keyID(id).build(), signer);
    }

    private boolean isTaken(Function<JWTClaimsSet, String> made) {
        acme.made = made;
        HttpResponse<String> back = Acme.signIn(browser, acme);
        return back.statusCode() == 303 && Browser.location(back).startsWith(Paths.AUTHORIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EdDSA", "Ed25519"})
    void whatAKeyOfEd25519SignedCountsByEitherName(String name) {
        assertThat(isTaken(signs(JWSAlgorithm.parse(name), "ed", HouseKeys.signer(key)))).isTrue();
    }

    @Test
    void aKeyThatSaysTheOtherNameCountsAsWell() {
        acme.more = List.of(new OctetKeyPair.Builder(key).algorithm(JWSAlgorithm.EdDSA).build());

        assertThat(isTaken(signs(JWSAlgorithm.Ed25519, "ed", HouseKeys.signer(key)))).isTrue();
    }

    @Test
    void whatAnotherKeyOfEd25519SignedCountsNot() {
        JWSSigner stranger = HouseKeys.signer(HouseKeys.ed25519("ed"));

        assertThat(isTaken(signs(JWSAlgorithm.EdDSA, "ed", stranger))).isFalse();
    }

    @Test
    void aKeyOfAnotherKindChecksNothingByThatName() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("ed").generate();
        acme.more = List.of(rsa);
        assertThat(isTaken(claims -> swapped(signs(JWSAlgorithm.RS256, "ed", signer(rsa)), claims)))
                .isFalse();

        acme.more = List.of(new OctetKeyPair.Builder(Curve.Ed448, key.getX()).keyID("ed").build());
        assertThat(isTaken(signs(JWSAlgorithm.EdDSA, "ed", HouseKeys.signer(key)))).isFalse();
    }

    @Test
    void whatTheProviderDoesNotSayThatItSignsWithCountsNot() {
        acme.metadata.put("id_token_signing_alg_values_supported", List.of("ES256"));
        assertThat(isTaken(signs(JWSAlgorithm.EdDSA, "ed", HouseKeys.signer(key)))).isFalse();

        acme.metadata.put(
                "id_token_signing_alg_values_supported", List.copyOf(Set.of("ES256", "EdDSA")));
        clock.advance(Duration.ofMinutes(16));
        assertThat(isTaken(signs(JWSAlgorithm.EdDSA, "ed", HouseKeys.signer(key)))).isTrue();
        acme.metadata.remove("id_token_signing_alg_values_supported");
    }

    private static JWSSigner signer(RSAKey key) {
        try {
            return new RSASSASigner(key);
        } catch (com.nimbusds.jose.JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// The same text, but its header says that it is one of Ed25519.
    private static String swapped(Function<JWTClaimsSet, String> made, JWTClaimsSet claims) {
        String[] parts = made.apply(claims).split("\\.", -1);
        return new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID("ed").build().toBase64URL()
                + "."
                + parts[1]
                + "."
                + parts[2];
    }
}
