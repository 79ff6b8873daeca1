package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.HandClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The login that a client wants: `prompt`, `max_age`, `auth_time`, `acr` (OpenID Connect Core §2, §3.1.2.1, §3.1.2.6).
class WantedLoginTest {

    @TempDir Path folder;
    private final HandClock clock = HandClock.at(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private House house;
    private Browser browser;

    @BeforeEach
    void start() {
        house = House.in(folder, clock);
        browser = house.browser();
        house.account("ana", "shopper");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private static Map<String, String> wanting(String name, String value) {
        Map<String, String> question = Browser.question();
        question.put(name, value);
        return question;
    }

    private static boolean answered(HttpResponse<String> answer) {
        return Browser.query(Browser.location(answer)).containsKey("code");
    }

    private static void toLogin(HttpResponse<String> answer) {
        assertThat(Browser.location(answer)).startsWith(Paths.LOGIN + "?");
    }

    private static String error(HttpResponse<String> answer) {
        assertThat(Browser.location(answer))
                .startsWith(Browser.CALLBACK + "?")
                .doesNotContain("code=");
        Map<String, String> query = Browser.query(Browser.location(answer));
        assertThat(query)
                .containsEntry("state", "xyz")
                .containsEntry("iss", "https://localhost:8443/auth");
        return query.getOrDefault("error", "");
    }

    private JsonNode idToken(HttpResponse<String> sent) {
        HttpResponse<String> bought =
                browser.buy(Browser.query(Browser.location(sent)).get("code"));
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        return Browser.claims(Browser.json(bought).path("id_token").asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "select_account", "login select_account"})
    void whoeverIsSignedInSignsInAgainWhereTheClientWantsThat(String prompt) {
        long first = idToken(browser.signIn("ana", Browser.question())).path("auth_time").asLong();
        clock.advance(Duration.ofMinutes(3));
        HttpResponse<String> asked = browser.ask(wanting("prompt", prompt));
        toLogin(asked);
        HttpResponse<String> loggedIn = browser.logIn(asked, "ana", House.PASSWORD);
        HttpResponse<String> sent = browser.get(Browser.location(loggedIn));
        assertThat(idToken(sent).path("auth_time").asLong()).isEqualTo(first + 180);
    }

    @Test
    void nobodyGetsAroundSigningInAgainByGoingBackOrByChangingTheAddress() {
        browser.signIn("ana", Browser.question());
        clock.advance(Duration.ofSeconds(1));
        HttpResponse<String> asked = browser.ask(wanting("prompt", "login"));
        String query = Browser.location(asked).substring(Paths.LOGIN.length());
        assertThat(Browser.query(Browser.location(asked)))
                .containsOnlyKeys("client_id", "request_uri");
        clock.advance(Duration.ofSeconds(1));
        toLogin(browser.get(Paths.AUTHORIZE + query));
        toLogin(browser.get(Paths.AUTHORIZE + query + "&prompt=none"));
        toLogin(browser.get(Paths.AUTHORIZE + query + "&max_age=1000"));
    }

    @Test
    void aLoginAnswersSuchAQuestionOnce() {
        HttpResponse<String> asked = browser.ask(wanting("prompt", "login"));
        String back = Browser.location(browser.logIn(asked, "ana", House.PASSWORD));
        assertThat(answered(browser.get(back))).isTrue();
        assertThat(browser.get(back).statusCode()).isEqualTo(400);
    }

    @Test
    void aLoginThatIsYoungEnoughWillDoAndAnOlderOneWillNot() {
        browser.signIn("ana", Browser.question());
        clock.advance(Duration.ofSeconds(100));
        assertThat(answered(browser.ask(wanting("max_age", "100")))).isTrue();
        HttpResponse<String> asked = browser.ask(wanting("max_age", "99"));
        toLogin(asked);
        HttpResponse<String> loggedIn = browser.logIn(asked, "ana", House.PASSWORD);
        JsonNode id = idToken(browser.get(Browser.location(loggedIn)));
        assertThat(id.path("auth_time").asLong()).isEqualTo(clock.instant().getEpochSecond());
    }

    @Test
    void noAgeAtAllMeansToSignInAgainAndTimeMayPassBeforeTheAnswer() {
        browser.signIn("ana", Browser.question());
        clock.advance(Duration.ofSeconds(1));
        HttpResponse<String> asked = browser.ask(wanting("max_age", "0"));
        toLogin(asked);
        HttpResponse<String> loggedIn = browser.logIn(asked, "ana", House.PASSWORD);
        clock.advance(Duration.ofSeconds(30));
        assertThat(answered(browser.get(Browser.location(loggedIn)))).isTrue();
    }

    @Test
    void aClientThatWantsNothingShownGetsACodeOrHearsThatALoginIsNeeded() {
        assertThat(error(browser.ask(wanting("prompt", "none")))).isEqualTo("login_required");
        browser.signIn("ana", Browser.question());
        assertThat(answered(browser.ask(wanting("prompt", "none")))).isTrue();
        clock.advance(Duration.ofSeconds(100));
        Map<String, String> young = wanting("prompt", "none");
        young.put("max_age", "60");
        assertThat(error(browser.ask(young))).isEqualTo("login_required");
        young.put("max_age", "200");
        assertThat(answered(browser.ask(young))).isTrue();
        clock.advance(Duration.ofHours(9));
        assertThat(error(browser.ask(wanting("prompt", "none")))).isEqualTo("login_required");
    }

    @Test
    void thatIsSoWithoutOpenidToo() {
        Map<String, String> question = wanting("prompt", "none");
        question.put("scope", "orders.place");
        assertThat(error(browser.ask(question))).isEqualTo("login_required");
        browser.signIn("ana", Browser.question());
        assertThat(answered(browser.ask(question))).isTrue();
        clock.advance(Duration.ofSeconds(1));
        question.put("prompt", "login");
        toLogin(browser.ask(question));
    }

    @ParameterizedTest
    @CsvSource({
        "prompt, none login, invalid_request",
        "prompt, none none none, login_required",
        "prompt, none consent, invalid_request",
        "prompt, create, invalid_request",
        "prompt, LOGIN, invalid_request",
        "prompt, '', invalid_request",
        "max_age, -1, invalid_request",
        "max_age, 1.5, invalid_request",
        "max_age, soon, invalid_request",
        "max_age, 99999999999999999999, invalid_request",
        "max_age, '', invalid_request",
    })
    void whatIsNotUnderstoodIsToldToTheClient(String name, String value, String error) {
        assertThat(error(browser.ask(wanting(name, value)))).isEqualTo(error);
        HttpResponse<String> pushed = browser.post(Paths.PAR, wanting(name, value));
        assertThat(pushed.statusCode()).isEqualTo(error.equals("login_required") ? 201 : 400);
    }

    @Test
    void aPushedRequestMayWantALoginToo() {
        browser.signIn("ana", Browser.question());
        clock.advance(Duration.ofSeconds(1));
        HttpResponse<String> pushed = browser.post(Paths.PAR, wanting("prompt", "login"));
        Map<String, String> named =
                Map.of(
                        "client_id",
                        "storefront",
                        "request_uri",
                        Browser.json(pushed).path("request_uri").asString());
        clock.advance(Duration.ofSeconds(1));
        HttpResponse<String> asked = browser.ask(named);
        toLogin(asked);
        toLogin(browser.ask(named));
        HttpResponse<String> loggedIn = browser.logIn(asked, "ana", House.PASSWORD);
        assertThat(answered(browser.get(Browser.location(loggedIn)))).isTrue();
    }

    @Test
    void aPushedRequestThatNobodyCanAnswerSilentlyIsAnsweredOnceAsWell() {
        HttpResponse<String> pushed = browser.post(Paths.PAR, wanting("prompt", "none"));
        Map<String, String> named =
                Map.of(
                        "client_id",
                        "storefront",
                        "request_uri",
                        Browser.json(pushed).path("request_uri").asString());
        assertThat(error(browser.ask(named))).isEqualTo("login_required");
        assertThat(browser.ask(named).statusCode()).isEqualTo(400);
    }

    @Test
    void tokensSayHowThePersonSignedInWhateverTheClientWished() {
        HttpResponse<String> sent =
                browser.signIn("ana", wanting("acr_values", "urn:example:gold phr"));
        JsonNode tokens =
                Browser.json(browser.buy(Browser.query(Browser.location(sent)).get("code")));
        for (String token : new String[] {"id_token", "access_token"}) {
            JsonNode claims = Browser.claims(tokens.path(token).asString());
            assertThat(claims.path("acr").asString()).isEqualTo(TokenMint.ACR_PASSWORD);
            assertThat(claims.path("amr").toString()).isEqualTo("[\"pwd\"]");
        }
    }
}
