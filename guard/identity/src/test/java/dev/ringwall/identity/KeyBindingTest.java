package dev.ringwall.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ringwall.people.MachineClients;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens bound to a key of the client's (RFC 9449 §5, §10).
class KeyBindingTest {

    private static final String TOKEN_URL = House.DOOR + Paths.TOKEN;

    @TempDir Path folder;
    private House house;
    private Browser browser;
    private final ECKey key = key(Curve.P_256);
    private String nonce = "";

    @BeforeEach
    void start() {
        house = House.in(folder);
        browser = house.browser();
        nonce = browser.nonce();
        house.account("ana", "shopper");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private static ECKey key(Curve curve) {
        try {
            return new ECKeyGenerator(curve).generate();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String thumbprint(ECKey key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private String proof(ECKey by, String url, Instant made) {
        return proof(by, url, made, nonce);
    }

    private static String proof(ECKey by, String url, Instant made, @Nullable String nonce) {
        try {
            SignedJWT proof =
                    new SignedJWT(
                            new JWSHeader.Builder(
                                            by.getCurve().equals(Curve.P_256)
                                                    ? JWSAlgorithm.ES256
                                                    : JWSAlgorithm.ES384)
                                    .type(new JOSEObjectType("dpop+jwt"))
                                    .jwk(by.toPublicJWK())
                                    .build(),
                            new JWTClaimsSet.Builder()
                                    .jwtID(UUID.randomUUID().toString())
                                    .claim("htm", "POST")
                                    .claim("htu", url)
                                    .claim("nonce", nonce)
                                    .issueTime(Date.from(made))
                                    .build());
            proof.sign(new ECDSASigner(by));
            return proof.serialize();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private HttpResponse<String> proving(String proof, Supplier<HttpResponse<String>> call) {
        browser.headers.put("DPoP", proof);
        try {
            return call.get();
        } finally {
            browser.headers.remove("DPoP");
        }
    }

    private HttpResponse<String> proving(ECKey by, Supplier<HttpResponse<String>> call) {
        return proving(proof(by, TOKEN_URL, Instant.now()), call);
    }

    private static String text(HttpResponse<String> answer, String name) {
        return Browser.json(answer).path(name).asString("");
    }

    private static void refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(text(answer, "error")).isEqualTo("invalid_dpop_proof");
        assertThat(answer.body()).doesNotContain("access_token");
    }

    @Test
    void aCodeBoughtWithAProofBuysATokenOfThatKeyAndWithoutOneABearersToken() {
        String code = browser.code("ana");
        HttpResponse<String> bought = proving(key, () -> browser.buy(code));
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        assertThat(text(bought, "token_type")).isEqualTo("DPoP");
        assertThat(
                        Browser.claims(text(bought, "access_token"))
                                .path("cnf")
                                .path("jkt")
                                .asString(""))
                .isEqualTo(thumbprint(key));

        HttpResponse<String> free = browser.buy(browser.code("ana"));
        assertThat(text(free, "token_type")).isEqualTo("Bearer");
        assertThat(Browser.claims(text(free, "access_token")).has("cnf")).isFalse();
    }

    @Test
    void aBoundRefreshTokenIsWorthNothingWithoutItsKey() {
        String code = browser.code("ana");
        String refresh = text(proving(key, () -> browser.buy(code)), "refresh_token");
        refused(browser.refresh(refresh));
        refused(proving(key(Curve.P_256), () -> browser.refresh(refresh)));
        HttpResponse<String> renewed = proving(key, () -> browser.refresh(refresh));
        assertThat(renewed.statusCode()).as(renewed.body()).isEqualTo(200);
        assertThat(text(renewed, "token_type")).isEqualTo("DPoP");
        refused(browser.refresh(text(renewed, "refresh_token")));
    }

    @Test
    void whoeverAsksForAKeyBeforehandGetsTokensOfThatOneAlone() {
        Map<String, String> question = Browser.question();
        question.put("dpop_jkt", thumbprint(key));
        Supplier<String> code =
                () ->
                        Browser.query(Browser.location(browser.signIn("ana", question)))
                                .getOrDefault("code", "");
        String stolen = code.get();
        refused(browser.buy(stolen));
        refused(proving(key(Curve.P_256), () -> browser.buy(code.get())));
        assertThat(proving(key, () -> browser.buy(code.get())).statusCode()).isEqualTo(200);
    }

    @Test
    void aMachineMayBindItsTokensToo() {
        var client =
                (MachineClients.Outcome.Created)
                        house.provider.clients().create("courier", House.OPERATOR);
        HttpResponse<String> bought =
                proving(
                        key,
                        () ->
                                browser.asClient(
                                        client,
                                        Paths.TOKEN,
                                        Map.of("grant_type", "client_credentials")));
        assertThat(text(bought, "token_type")).as(bought.body()).isEqualTo("DPoP");
    }

    @Test
    void aProofForAnotherPlaceOfLongAgoOrUsedBeforeIsNone() {
        refused(
                proving(
                        proof(key, "https://elsewhere.example/token", Instant.now()),
                        () -> browser.buy(browser.code("ana"))));
        refused(
                proving(
                        proof(key, TOKEN_URL, Instant.now().minusSeconds(3_600)),
                        () -> browser.buy(browser.code("ana"))));
        String once = proof(key, TOKEN_URL, Instant.now());
        assertThat(proving(once, () -> browser.buy(browser.code("ana"))).statusCode())
                .isEqualTo(200);
        refused(proving(once, () -> browser.buy(browser.code("ana"))));
    }

    @Test
    void aProofMustSayAWordThatTheProviderGaveLatelyAndTheCodeIsStillGoodThen() {
        String code = browser.code("ana");
        String sealed = new TestSealing().seal("dpop-nonce 1700000000".getBytes(US_ASCII));
        String other = new TestSealing().seal("otherwise".getBytes(US_ASCII));
        for (String word : new String[] {null, "", "made-up", sealed, other}) {
            HttpResponse<String> asked =
                    proving(proof(key, TOKEN_URL, Instant.now(), word), () -> browser.buy(code));
            assertThat(asked.statusCode()).as(asked.body()).isEqualTo(400);
            assertThat(text(asked, "error")).isEqualTo("use_dpop_nonce");
            nonce = asked.headers().firstValue("DPoP-Nonce").orElse("");
        }
        HttpResponse<String> bought = proving(key, () -> browser.buy(code));
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        assertThat(bought.headers().firstValue("DPoP-Nonce")).isPresent();
    }

    @Test
    void whatIsNoProofIsAskedForOneWithAWordAndGetsNothing() {
        HttpResponse<String> asked = proving("not.a.proof", () -> browser.buy(browser.code("ana")));
        assertThat(text(asked, "error")).isEqualTo("use_dpop_nonce");
    }

    @Test
    void aKeyOfAnotherKindThanTheDoorTakesIsRefused() {
        refused(proving(key(Curve.P_384), () -> browser.buy(browser.code("ana"))));
    }

    @Test
    void aKeyOfEd25519BindsTokensTooAndNobodySignsInItsName() throws JOSEException {
        OctetKeyPair ed = HouseKeys.ed25519("e");
        HttpResponse<String> bought =
                proving(proof(ed, ed), () -> browser.buy(browser.code("ana")));
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        assertThat(
                        Browser.claims(text(bought, "access_token"))
                                .path("cnf")
                                .path("jkt")
                                .asString(""))
                .isEqualTo(ed.computeThumbprint().toString());
        String forged = proof(ed, HouseKeys.ed25519("e"));
        refused(proving(forged, () -> browser.buy(browser.code("ana"))));
    }

    private String proof(OctetKeyPair says, OctetKeyPair signs) {
        return SigningClient.signed(
                new JWSHeader.Builder(JWSAlgorithm.EdDSA)
                        .type(new JOSEObjectType("dpop+jwt"))
                        .jwk(says.toPublicJWK())
                        .build(),
                new JWTClaimsSet.Builder()
                        .jwtID(UUID.randomUUID().toString())
                        .claim("htm", "POST")
                        .claim("htu", TOKEN_URL)
                        .claim("nonce", nonce)
                        .issueTime(Date.from(Instant.now()))
                        .build(),
                HouseKeys.signer(signs));
    }

    @Test
    void aBoundTokenIsNoBearersAtUserInfo() {
        String code = browser.code("ana");
        String token = text(proving(key, () -> browser.buy(code)), "access_token");
        browser.headers.put("Authorization", "Bearer " + token);
        assertThat(browser.get(Paths.USERINFO).statusCode()).isEqualTo(401);
    }
}
