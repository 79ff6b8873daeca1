package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// `userinfo` with a token that is bound to a key (RFC 9449 §7.1).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoundUserInfoTest {

    private final ECKey key = SigningClient.key(Curve.P_256, "d");
    private House house;
    private Browser browser;
    private String token;

    @BeforeAll
    void start(@TempDir Path folder) {
        house = House.in(folder);
        house.account("ana", "shopper");
    }

    @AfterAll
    void stop() {
        house.close();
    }

    @BeforeEach
    void buyAToken() {
        browser = house.browser();
        String code = browser.code("ana");
        browser.headers.put(
                "DPoP",
                proof(
                        key,
                        proving("POST", Paths.TOKEN, Instant.now())
                                .claim("nonce", browser.nonce())
                                .build()));
        HttpResponse<String> bought = browser.buy(code);
        browser.headers.remove("DPoP");
        token = Browser.json(bought).path("access_token").asString("");
        assertThat(token).as(bought.body()).isNotEmpty();
    }

    private static JWTClaimsSet.Builder proving(String method, String path, Instant made) {
        return new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .claim("htm", method)
                .claim("htu", House.DOOR + path)
                .issueTime(Date.from(made));
    }

    private JWTClaimsSet.Builder asking() {
        return proving("GET", Paths.USERINFO, Instant.now()).claim("ath", sha256(token));
    }

    private static String proof(ECKey by, JWTClaimsSet claims) {
        return SigningClient.signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("dpop+jwt"))
                        .jwk(by.toPublicJWK())
                        .build(),
                claims,
                SigningClient.signer(by));
    }

    private static String sha256(String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private HttpResponse<String> ask(String scheme, String with, String... proofs) {
        browser.headers.put("Authorization", scheme + " " + with);
        if (proofs.length > 0) {
            browser.headers.put("DPoP", proofs[0]);
        } else {
            browser.headers.remove("DPoP");
        }
        return browser.get(Paths.USERINFO);
    }

    private void refused(HttpResponse<String> answer, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("preferred_username");
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                .contains("error=\"" + error + "\"");
    }

    @Test
    void whoeverHoldsTheKeyIsToldWhoSignedIn() {
        HttpResponse<String> answer = ask("DPoP", token, proof(key, asking().build()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Browser.json(answer).path("preferred_username").asString("")).isEqualTo("ana");
    }

    @Test
    void theTokenAloneIsWorthNothing() {
        refused(ask("Bearer", token), "invalid_token");
        refused(ask("Bearer", token, proof(key, asking().build())), "invalid_token");
        refused(ask("DPoP", token), "invalid_dpop_proof");
    }

    @Test
    void aProofByAnotherKeyIsNoProof() {
        ECKey other = SigningClient.key(Curve.P_256, "e");
        refused(ask("DPoP", token, proof(other, asking().build())), "invalid_token");
    }

    @Test
    void aProofCountsForOneTokenOneRequestOneMinuteAndOnce() {
        refused(
                ask(
                        "DPoP",
                        token,
                        proof(key, asking().claim("ath", sha256("another token")).build())),
                "invalid_dpop_proof");
        refused(
                ask("DPoP", token, proof(key, asking().claim("ath", null).build())),
                "invalid_dpop_proof");
        refused(
                ask("DPoP", token, proof(key, asking().claim("htm", "POST").build())),
                "invalid_dpop_proof");
        refused(
                ask("DPoP", token, proof(key, asking().claim("htu", House.DOOR + "/x").build())),
                "invalid_dpop_proof");
        refused(
                ask(
                        "DPoP",
                        token,
                        proof(
                                key,
                                asking().issueTime(Date.from(Instant.now().minusSeconds(90)))
                                        .build())),
                "invalid_dpop_proof");
        refused(
                ask(
                        "DPoP",
                        token,
                        proof(
                                key,
                                asking().issueTime(Date.from(Instant.now().plusSeconds(90)))
                                        .build())),
                "invalid_dpop_proof");
        refused(ask("DPoP", token, proof(key, asking().jwtID(null).build())), "invalid_dpop_proof");
        String once = proof(key, asking().build());
        assertThat(ask("DPoP", token, once).statusCode()).isEqualTo(200);
        refused(ask("DPoP", token, once), "invalid_dpop_proof");
        house.restart();
        refused(ask("DPoP", token, once), "invalid_dpop_proof");
    }

    @Test
    void aBearersTokenDoesNotBecomeBoundByAProof() {
        token = Browser.json(browser.buy(browser.code("ana"))).path("access_token").asString("");
        refused(ask("DPoP", token, proof(key, asking().build())), "invalid_token");
    }

    @Test
    void whoShowsNothingIsToldBothWays() {
        browser.headers.remove("Authorization");
        assertThat(browser.get(Paths.USERINFO).headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer", "DPoP algs=\"ES256 PS256 EdDSA Ed25519\"");
    }
}
