package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The requests of the modules of the OpenID Foundation's plan for a basic provider (`oidcc-basic-certification-test-plan`), and what each
/// module looks for. Each test is called like its module.
class BasicPlanTest {

    @TempDir Path folder;
    private BasicSuite suite;
    private House house;
    private Browser browser;

    @BeforeEach
    void start() {
        suite = BasicSuite.in(folder);
        house = suite.house();
        browser = suite.browser();
    }

    @AfterEach
    void stop() {
        house.close();
    }

    @Test
    void oidccServer() {
        JsonNode tokens = suite.tokens(BasicSuite.question());
        JsonNode id = BasicSuite.id(tokens);
        assertThat(tokens.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(id.path("iss").asString()).isEqualTo(House.DOOR + "/auth");
        assertThat(id.path("nonce").asString()).isEqualTo("n1");
        assertThat(id.path("aud").toString()).contains("one");
        assertThat(id.path("exp").asLong()).isGreaterThan(id.path("iat").asLong());
        assertThat(Browser.json(suite.userinfo(tokens)).path("sub")).isEqualTo(id.path("sub"));
    }

    @Test
    void oidccEnsureRequestWithoutNonceSucceedsForCodeFlow() {
        Map<String, String> question = BasicSuite.question();
        question.remove("nonce");
        assertThat(BasicSuite.id(suite.tokens(question)).has("nonce")).isFalse();
    }

    @Test
    void oidccResponseTypeMissing() {
        Map<String, String> question = BasicSuite.question();
        question.remove("response_type");
        suite.tokens(BasicSuite.question());
        HttpResponse<String> refused = browser.ask(question);
        assertThat(refused.headers().firstValue("Location").orElse("")).doesNotContain("code=");
        assertThat(refused.statusCode() >= 400 || Browser.location(refused).contains("error="))
                .as(refused.statusCode() + refused.body())
                .isTrue();
    }

    @Test
    void oidccUserinfoGetAndPostHeader() {
        JsonNode tokens = suite.tokens(BasicSuite.question());
        for (String method : new String[] {"GET", "POST"}) {
            HttpResponse<String> says =
                    browser.json(
                            method, Paths.USERINFO, "", tokens.path("access_token").asString());
            assertThat(says.statusCode()).isEqualTo(200);
            assertThat(Browser.json(says).path("sub")).isEqualTo(BasicSuite.id(tokens).path("sub"));
        }
        HttpResponse<String> inBody =
                browser.post(
                        Paths.USERINFO,
                        Map.of("access_token", tokens.path("access_token").asString()));
        assertThat(inBody.statusCode())
                .as("oidcc-userinfo-post-body: tokens come in the header alone")
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "openid profile, name family_name given_name locale",
        "profile openid, name",
        "openid email, email email_verified",
        "openid address, address",
        "openid phone, phone_number",
        "openid profile email address phone, name email address phone_number",
    })
    void oidccScope(String scope, String claims) {
        JsonNode says =
                Browser.json(suite.userinfo(suite.tokens(BasicSuite.question("scope", scope))));
        for (String claim : claims.split(" ", -1)) {
            assertThat(says.has(claim)).as(claim + " in " + says).isTrue();
        }
        assertThat(says.has("email")).isEqualTo(scope.contains("email"));
        assertThat(says.path("email_verified").asBoolean(false))
                .as("nobody has shown that the address is theirs")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "display, page",
        "display, popup",
        "extra, foobar",
        "ui_locales, se",
        "claims_locales, se",
        "acr_values, 1 2",
        "login_hint, ana",
        "max_age, 10000",
        "claims, '{\"userinfo\": {\"name\": {\"essential\": true}}}'",
    })
    void oidccWhatIsAskedForBesidesSucceeds(String name, String value) {
        assertThat(
                        BasicSuite.id(suite.tokens(BasicSuite.question(name, value)))
                                .path("auth_time")
                                .asLong())
                .isPositive();
    }

    @Test
    void oidccPromptLogin() {
        long first = BasicSuite.id(suite.tokens(BasicSuite.question())).path("auth_time").asLong();
        suite.later(Duration.ofSeconds(5));
        HttpResponse<String> asked = browser.ask(BasicSuite.question("prompt", "login"));
        assertThat(Browser.location(asked)).startsWith(Paths.LOGIN);
        String back =
                Browser.location(
                        browser.get(Browser.location(browser.logIn(asked, "ana", House.PASSWORD))));
        JsonNode again = Browser.json(suite.buy(Browser.query(back).get("code"), Map.of()));
        assertThat(BasicSuite.id(again).path("auth_time").asLong()).isGreaterThan(first);
    }

    @Test
    void oidccPromptNone() {
        Map<String, String> none = BasicSuite.question("prompt", "none");
        assertThat(Browser.query(Browser.location(browser.ask(none))))
                .containsEntry("error", "login_required")
                .containsEntry("state", "abc");
        JsonNode first = BasicSuite.id(suite.tokens(BasicSuite.question()));
        JsonNode second = BasicSuite.id(suite.tokens(none));
        assertThat(second.path("sub")).isEqualTo(first.path("sub"));
        assertThat(second.path("auth_time")).isEqualTo(first.path("auth_time"));
        String hint = suite.tokens(BasicSuite.question()).path("id_token").asString();
        assertThat(suite.answered(BasicSuite.question("prompt", "none", "id_token_hint", hint)))
                .as("oidcc-id-token-hint")
                .containsKey("code");
    }

    @Test
    void oidccMaxAge1() {
        suite.tokens(BasicSuite.question());
        suite.later(Duration.ofSeconds(2));
        assertThat(Browser.location(browser.ask(BasicSuite.question("max_age", "1"))))
                .startsWith(Paths.LOGIN);
        assertThat(Browser.location(browser.ask(BasicSuite.question("max_age", "10000"))))
                .contains("code=");
    }

    @Test
    void oidccCodereuseAnd30Seconds() {
        String code = suite.answered(BasicSuite.question()).get("code");
        JsonNode tokens = Browser.json(suite.buy(code, Map.of()));
        assertThat(suite.userinfo(tokens).statusCode()).isEqualTo(200);
        suite.later(Duration.ofSeconds(30));
        HttpResponse<String> again = suite.buy(code, Map.of());
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(Browser.json(again).path("error").asString()).isEqualTo("invalid_grant");
        assertThat(suite.userinfo(tokens).statusCode()).isEqualTo(401);
    }

    @Test
    void oidccEnsureRegisteredRedirectUri() {
        HttpResponse<String> asked =
                browser.ask(
                        BasicSuite.question("redirect_uri", BasicSuite.BACK + "/not-registered"));
        assertThat(asked.statusCode()).isEqualTo(400);
        assertThat(asked.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void oidccEnsurePostRequestSucceeds() {
        HttpResponse<String> asked = browser.post(Paths.AUTHORIZE, BasicSuite.question());
        String back =
                Browser.location(
                        browser.get(Browser.location(browser.logIn(asked, "ana", House.PASSWORD))));
        assertThat(Browser.query(back)).containsKey("code");
    }

    @Test
    void oidccServerClientSecretPost() {
        Map<String, String> question = BasicSuite.question("client_id", "two");
        Map<String, String> form = new HashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", suite.answered(question).get("code"));
        form.put("redirect_uri", BasicSuite.BACK);
        form.put("client_id", "two");
        form.put("client_secret", suite.secrets().get("two"));
        assertThat(browser.post(Paths.TOKEN, form).statusCode()).isEqualTo(200);
    }

    @Test
    void oidccRequestObjectsThatAreNotSupported() {
        suite.tokens(BasicSuite.question());
        String object = "eyJhbGciOiJub25lIn0.e30.";
        for (Map<String, String> question :
                List.of(
                        BasicSuite.question("request", object),
                        BasicSuite.question(
                                "request_uri", "https://suite.example.com/request.jwt"))) {
            HttpResponse<String> answer = browser.ask(question);
            String location = answer.headers().firstValue("Location").orElse("");
            assertThat(location).doesNotContain("code=");
            assertThat(answer.statusCode() == 400 || location.contains("error="))
                    .as(answer.statusCode() + " " + location)
                    .isTrue();
        }
    }

    @Test
    void oidccRefreshToken() {
        String token = suite.tokens(BasicSuite.question()).path("refresh_token").asString();
        Map<String, String> form = Map.of("grant_type", "refresh_token", "refresh_token", token);
        assertThat(suite.basic("two", form).statusCode()).as("another client's").isEqualTo(400);
        HttpResponse<String> fresh = suite.basic("one", form);
        assertThat(fresh.statusCode()).as(fresh.body()).isEqualTo(200);
        assertThat(Browser.json(fresh).path("access_token").asString()).isNotEmpty();
    }

    @Test
    void oidccEnsureRequestWithValidPkceSucceeds() {
        Map<String, String> question =
                BasicSuite.question(
                        "code_challenge", Browser.challenge(), "code_challenge_method", "S256");
        assertThat(
                        suite.buy(
                                        suite.answered(question).get("code"),
                                        Map.of("code_verifier", Browser.VERIFIER))
                                .statusCode())
                .isEqualTo(200);
        assertThat(suite.buy(suite.answered(question).get("code"), Map.of()).statusCode())
                .isEqualTo(400);
        assertThat(
                        suite.buy(
                                        suite.answered(BasicSuite.question()).get("code"),
                                        Map.of("code_verifier", Browser.VERIFIER))
                                .statusCode())
                .as("a verifier without a challenge")
                .isEqualTo(400);
    }

    /// What this provider does for the plan, it does for no client that a declaration names.
    @Test
    void everyOtherClientIsHeldToPkce() {
        assertThat(suite.answered(BasicSuite.question("client_id", "other")))
                .containsEntry("error", "invalid_request")
                .doesNotContainKey("code");
    }
}
