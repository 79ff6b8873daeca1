package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `profile: fapi-2.0` asks of a client and of the provider (FAPI 2.0 Security Profile §5.3.2).
class FapiTest {

    private static final String BACK = "https://bank.example.com/callback";
    private static final String CLIENTS =
            """
            clients:
              bank: { kind: web, roles: [shopper], return-to: ["https://bank.example.com/callback"], profile: fapi-2.0 }
              batch: { kind: machine, roles: [courier], profile: fapi-2.0 }
            """;

    private final ECKey key = SigningClient.key(Curve.P_256, "a");
    private final ECKey bound = SigningClient.key(Curve.P_256, "d");

    @TempDir Path folder;
    private House house;
    private Browser browser;
    private SigningClient bank;

    @BeforeEach
    void start() {
        house = House.in(folder);
        house.blueprint.set(House.declared(House.SHOP + CLIENTS));
        browser = house.browser();
        house.account("ana", "shopper");
        bank = new SigningClient(house, "bank", key);
        for (String client : new String[] {"bank", "batch"}) {
            house.provider
                    .declaredClients()
                    .replaceKeys(client, SigningClient.set(key.toPublicJWK()), House.OPERATOR);
        }
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private static Map<String, String> question() {
        Map<String, String> question = new LinkedHashMap<>(Browser.question());
        question.put("client_id", "bank");
        question.put("redirect_uri", BACK);
        question.put("scope", "openid orders.place");
        return question;
    }

    private String proof(ECKey by, String path) {
        return SigningClient.signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("dpop+jwt"))
                        .jwk(by.toPublicJWK())
                        .build(),
                new JWTClaimsSet.Builder()
                        .jwtID(UUID.randomUUID().toString())
                        .claim("htm", "POST")
                        .claim("htu", House.DOOR + path)
                        .claim("nonce", browser.nonce())
                        .issueTime(Date.from(Instant.now()))
                        .build(),
                SigningClient.signer(by));
    }

    private HttpResponse<String> post(
            SigningClient as, String path, Map<String, String> form, @Nullable ECKey proves) {
        Map<String, String> signed = new LinkedHashMap<>(form);
        signed.put(
                "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        signed.put("client_assertion", as.assertion());
        if (proves != null) {
            browser.headers.put("DPoP", proof(proves, path));
        }
        try {
            return browser.post(path, signed);
        } finally {
            browser.headers.remove("DPoP");
        }
    }

    private String code(@Nullable ECKey proves) {
        HttpResponse<String> pushed = post(bank, Paths.PAR, question(), proves);
        assertThat(pushed.statusCode()).as(pushed.body()).isEqualTo(201);
        assertThat(Browser.json(pushed).path("expires_in").asInt()).isBetween(5, 599);
        Map<String, String> named =
                Map.of(
                        "client_id",
                        "bank",
                        "request_uri",
                        Browser.json(pushed).path("request_uri").asString());
        Map<String, String> answer = Browser.query(Browser.location(browser.signIn("ana", named)));
        assertThat(answer).containsEntry("iss", House.DOOR + "/auth");
        return answer.getOrDefault("code", "");
    }

    private HttpResponse<String> buy(String code, @Nullable ECKey proves) {
        return post(
                bank,
                Paths.TOKEN,
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "redirect_uri",
                        BACK,
                        "code_verifier",
                        Browser.VERIFIER,
                        "code",
                        code),
                proves);
    }

    private static void refused(HttpResponse<String> answer, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(Browser.json(answer).path("error").asString()).isEqualTo(error);
        assertThat(answer.body()).doesNotContain("access_token");
    }

    @Test
    void aPushedRequestAKeyAndAProofBuyABoundTokenAndARefreshTokenThatStays() {
        HttpResponse<String> bought = buy(code(null), bound);
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        assertThat(Browser.json(bought).path("token_type").asString()).isEqualTo("DPoP");
        Map<String, String> refresh =
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        Browser.json(bought).path("refresh_token").asString());
        for (int time = 0; time < 2; time++) {
            HttpResponse<String> renewed = post(bank, Paths.TOKEN, refresh, bound);
            assertThat(renewed.statusCode()).as(renewed.body()).isEqualTo(200);
            assertThat(Browser.json(renewed).path("refresh_token").asString())
                    .isEqualTo(refresh.get("refresh_token"));
        }
        refused(
                post(bank, Paths.TOKEN, refresh, SigningClient.key(Curve.P_256, "x")),
                "invalid_dpop_proof");
        refused(post(bank, Paths.TOKEN, refresh, null), "invalid_dpop_proof");
    }

    @Test
    void aRequestInTheAddressOfTheBrowserIsRefusedAndNobodyIsSentAnywhere() {
        HttpResponse<String> page = browser.ask(question());
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.headers().firstValue("Location")).isEmpty();
        Map<String, String> loud = question();
        loud.put("prompt", "login");
        assertThat(browser.ask(loud).statusCode()).isEqualTo(400);
        assertThat(house.acts()).contains("CLIENT_REFUSED");
    }

    @Test
    void thereAreNoTokensThatAnybodyCouldUse() {
        refused(buy(code(null), null), "invalid_dpop_proof");
        SigningClient batch = new SigningClient(house, "batch", key);
        Map<String, String> form = Map.of("grant_type", "client_credentials");
        refused(post(batch, Paths.TOKEN, form, null), "invalid_dpop_proof");
        assertThat(post(batch, Paths.TOKEN, form, bound).statusCode()).isEqualTo(200);
    }

    @Test
    void aProofWithThePushedRequestBindsItsCode() {
        String code = code(bound);
        refused(buy(code, SigningClient.key(Curve.P_256, "x")), "invalid_dpop_proof");
        assertThat(buy(code(bound), bound).statusCode()).isEqualTo(200);
    }

    @Test
    void aProofWithThePushedRequestMustBeOneForItAndForTheKeyThatItNames() {
        browser.headers.put("DPoP", proof(bound, Paths.TOKEN));
        Map<String, String> question = question();
        question.put(
                "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        question.put("client_assertion", bank.assertion());
        refused(browser.post(Paths.PAR, question), "invalid_dpop_proof");
        browser.headers.remove("DPoP");

        Map<String, String> other = question();
        other.put("dpop_jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
        refused(post(bank, Paths.PAR, other, bound), "invalid_dpop_proof");
    }
}
