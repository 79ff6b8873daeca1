package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Authorization requests that a client has signed (RFC 9101).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestObjectsTest {

    private static final String BACK = "https://bank.example.com/callback";
    private static final String CLIENTS =
            """
            clients:
              bank: { kind: web, roles: [shopper], return-to: ["https://bank.example.com/callback"], proof: keys }
              fund: { kind: web, roles: [shopper], return-to: ["https://bank.example.com/callback"], profile: fapi-2.0 }
            """;

    private final ECKey key = SigningClient.key(Curve.P_256, "a");
    private House house;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) {
        house = House.in(folder);
        house.blueprint.set(House.declared(House.SHOP + CLIENTS));
        house.account("ana", "shopper");
        for (String client : new String[] {"bank", "fund"}) {
            house.provider
                    .declaredClients()
                    .replaceKeys(client, SigningClient.set(key.toPublicJWK()), House.OPERATOR);
        }
    }

    @AfterAll
    void stop() {
        house.close();
    }

    @BeforeEach
    void freshBrowser() {
        browser = house.browser();
    }

    private static JWTClaimsSet.Builder asking() {
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .issuer("bank")
                        .audience(SigningClient.ISSUER)
                        .expirationTime(Date.from(Instant.now().plusSeconds(60)));
        Browser.question().forEach(claims::claim);
        return claims.claim("client_id", "bank")
                .claim("redirect_uri", BACK)
                .claim("scope", "openid orders.place")
                .claim("state", "signed");
    }

    private String signed(JWTClaimsSet.Builder claims) {
        return signed(claims, key, "oauth-authz-req+jwt");
    }

    private static String signed(JWTClaimsSet.Builder claims, ECKey by, String type) {
        return SigningClient.signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID("a")
                        .type(new JOSEObjectType(type))
                        .build(),
                claims.build(),
                SigningClient.signer(by));
    }

    private HttpResponse<String> asks(String object, String... more) {
        Map<String, String> question = new HashMap<>();
        question.put("client_id", "bank");
        question.put("request", object);
        for (int i = 0; i < more.length; i += 2) {
            question.put(more[i], more[i + 1]);
        }
        return browser.ask(question);
    }

    private static void refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void whatTheClientSignedIsAnsweredAndWhatStandsBesideItDoesNotCount() {
        HttpResponse<String> asked =
                asks(signed(asking()), "state", "other", "scope", "orders.read", "nonce", "x");
        assertThat(Browser.location(asked))
                .startsWith(Paths.LOGIN)
                .doesNotContain("scope", "state");
        HttpResponse<String> back =
                browser.get(Browser.location(browser.logIn(asked, "ana", House.PASSWORD)));
        Map<String, String> answer = Browser.query(Browser.location(back));
        assertThat(Browser.location(back)).startsWith(BACK + "?");
        assertThat(answer).containsEntry("state", "signed").containsKey("code");
        Map<String, String> form =
                SigningClient.form(new SigningClient(house, "bank", key).assertion());
        form.put("grant_type", "authorization_code");
        form.put("code", answer.get("code"));
        form.put("redirect_uri", BACK);
        form.put("code_verifier", Browser.VERIFIER);
        HttpResponse<String> bought = browser.post(Paths.TOKEN, form);
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        assertThat(Browser.json(bought).path("scope").asString("").split(" "))
                .containsExactlyInAnyOrder("openid", "orders.place");
    }

    @Test
    void whatItAsksToBeToldIsAMemberOfTheRequest() {
        Map<String, Object> gold =
                Map.of(
                        "id_token",
                        Map.of("acr", Map.of("essential", true, "value", "urn:example:gold")));
        HttpResponse<String> asked = asks(signed(asking().claim("claims", gold)));
        assertThat(Browser.query(Browser.location(asked)))
                .containsEntry("error", ClaimsRule.UNMET)
                .containsEntry("state", "signed");
        refused(asks(signed(asking().claim("claims", java.util.List.of("acr")))));
    }

    @Test
    void whatCannotBeSentBackIsStillRefused() {
        refused(asks(signed(asking().claim("redirect_uri", "https://elsewhere.example/"))));
    }

    @Test
    void whatNoKeyOfTheClientHasSignedIsRefused() {
        refused(asks(signed(asking(), SigningClient.key(Curve.P_256, "a"), "JWT")));
        refused(asks(new PlainJWT(asking().build()).serialize()));
        refused(asks("nonsense"));
        refused(asks(""));
        String good = signed(asking());
        refused(asks(good.substring(0, good.length() - 4) + "AAAA"));
        refused(asks(new SigningClient(house, "bank", key).assertion()));
        refused(asks(signed(asking(), key, "dpop+jwt")));
        HttpResponse<String> stranger =
                browser.ask(Map.of("client_id", "storefront", "request", signed(asking())));
        refused(stranger);
    }

    @Test
    void whatIsForAnotherServerOfAnotherClientOrOverIsRefused() {
        refused(asks(signed(asking().audience("https://elsewhere.example"))));
        refused(asks(signed(asking().issuer("fund"))));
        refused(asks(signed(asking().claim("client_id", "fund"))));
        refused(asks(signed(asking().expirationTime(null))));
        refused(asks(signed(asking().expirationTime(Date.from(Instant.now().minusSeconds(60))))));
        refused(asks(signed(asking().expirationTime(Date.from(Instant.now().plusSeconds(3_600))))));
        refused(asks(signed(asking().notBeforeTime(Date.from(Instant.now().plusSeconds(60))))));
        refused(asks(signed(asking().claim("request_uri", "https://elsewhere.example/r"))));
        refused(asks(signed(asking()), "request_uri", "https://elsewhere.example/r"));
    }

    @Test
    void aSignedRequestMayBePushedAndOneWithFapiMustBe() {
        Map<String, String> form =
                SigningClient.form(new SigningClient(house, "bank", key).assertion());
        form.remove("grant_type");
        form.put("client_id", "bank");
        form.put("request", signed(asking()));
        HttpResponse<String> pushed = browser.post(Paths.PAR, form);
        assertThat(pushed.statusCode()).as(pushed.body()).isEqualTo(201);
        HttpResponse<String> back =
                browser.signIn(
                        "ana",
                        Map.of(
                                "client_id",
                                "bank",
                                "request_uri",
                                Browser.json(pushed).path("request_uri").asString("")));
        assertThat(Browser.query(Browser.location(back))).containsEntry("state", "signed");
        form.put("client_assertion", new SigningClient(house, "bank", key).assertion());
        form.put("request", "nonsense");
        HttpResponse<String> bad = browser.post(Paths.PAR, form);
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(Browser.json(bad).path("error").asString(""))
                .isEqualTo("invalid_request_object");
        refused(
                browser.ask(
                        Map.of(
                                "client_id",
                                "fund",
                                "request",
                                signed(asking().issuer("fund").claim("client_id", "fund")))));
    }

    @Test
    void theMetadataSaysSoOnlyWhereAClientHasKeys() {
        assertThat(browser.get(Paths.SERVER_METADATA).body())
                .contains("\"request_parameter_supported\":true");
        house.blueprint.set(House.declared(House.SHOP));
        try {
            assertThat(browser.get(Paths.SERVER_METADATA).body())
                    .contains("\"request_parameter_supported\":false");
        } finally {
            house.blueprint.set(House.declared(House.SHOP + CLIENTS));
        }
    }
}
