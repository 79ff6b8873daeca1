package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Where people go who have signed out (OpenID Connect RP-Initiated Logout 1.0).
class LogoutTest {

    private static final String BACK = "https://page.example.com/callback";
    private static final String BYE = "https://page.example.com/bye";
    private static final String CLIENTS =
            """
            clients:
              page: { kind: browser, roles: [shopper], return-to: ["https://page.example.com/callback"],
                      logout: { return-to: ["https://page.example.com/bye"] } }
            """;

    @TempDir Path folder;
    private House house;
    private Browser browser;
    private JsonNode tokens;

    @BeforeEach
    void start() {
        house = House.in(folder);
        house.blueprint.set(House.declared(House.SHOP + CLIENTS));
        browser = house.browser();
        house.account("ana", "shopper");
        tokens = bought("page", BACK);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private JsonNode bought(String client, String back) {
        Map<String, String> question = new LinkedHashMap<>(Browser.question());
        question.put("client_id", client);
        question.put("redirect_uri", back);
        question.put("scope", "openid");
        String code = Browser.query(Browser.location(browser.signIn("ana", question))).get("code");
        return Browser.json(
                browser.post(
                        Paths.TOKEN,
                        Map.of(
                                "grant_type", "authorization_code",
                                "client_id", client,
                                "redirect_uri", back,
                                "code_verifier", Browser.VERIFIER,
                                "code", code)));
    }

    private String hint() {
        return tokens.path("id_token").asString();
    }

    /// Clicks.
    private HttpResponse<String> signOut(HttpResponse<String> page) {
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("ana");
        return browser.post(Browser.action(page), Map.of("form", Browser.form(page)));
    }

    private HttpResponse<String> signOut(Map<String, String> asked) {
        return signOut(browser.get(Paths.LOGOUT + "?" + Answers.encoded(asked)));
    }

    private static void stays(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
        assertThat(answer.body()).contains("You are signed out");
    }

    @Test
    void aClientThatShowsItsTokenGetsThePersonBackAfterAClick() {
        HttpResponse<String> page =
                browser.get(
                        Paths.LOGOUT
                                + "?"
                                + Answers.encoded(
                                        Map.of(
                                                "id_token_hint",
                                                hint(),
                                                "post_logout_redirect_uri",
                                                BYE,
                                                "state",
                                                "a b")));
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .endsWith("form-action 'self' https://page.example.com");
        HttpResponse<String> left = signOut(page);
        assertThat(left.statusCode()).isEqualTo(303);
        assertThat(Browser.location(left)).isEqualTo(BYE + "?state=a+b");
        assertThat(house.acts()).contains("SIGNED_OUT");
    }

    @Test
    void aClientMayPostItsWish() {
        HttpResponse<String> page =
                browser.post(
                        Paths.LOGOUT,
                        Map.of("id_token_hint", hint(), "post_logout_redirect_uri", BYE));
        assertThat(house.acts()).doesNotContain("SIGNED_OUT");
        assertThat(Browser.location(signOut(page))).isEqualTo(BYE);
    }

    @Test
    void anAddressThatIsNotDeclaredForItLeadsNowhere() {
        stays(signOut(Map.of("id_token_hint", hint(), "post_logout_redirect_uri", BACK)));
    }

    @Test
    void aHintOfAnotherClientThanTheOneThatIsNamedLeadsNowhere() {
        stays(
                signOut(
                        Map.of(
                                "id_token_hint",
                                bought("storefront", Browser.CALLBACK).path("id_token").asString(),
                                "client_id",
                                "page",
                                "post_logout_redirect_uri",
                                BYE)));
    }

    @Test
    void anAccessTokenIsNoHint() {
        stays(
                signOut(
                        Map.of(
                                "id_token_hint",
                                tokens.path("access_token").asString(),
                                "post_logout_redirect_uri",
                                BYE)));
    }

    @Test
    void aHintThatTheProviderDidNotSignLeadsNowhere() {
        String forged =
                SigningClient.signed(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .type(JOSEObjectType.JWT)
                                .keyID("k1")
                                .build(),
                        new JWTClaimsSet.Builder()
                                .issuer(SigningClient.ISSUER)
                                .audience("page")
                                .subject("somebody")
                                .build(),
                        SigningClient.signer(SigningClient.key(Curve.P_256, "k1")));
        stays(signOut(Map.of("id_token_hint", forged, "post_logout_redirect_uri", BYE)));
    }
}
