package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.MachineClients;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Resource indicators (RFC 8707).
class ResourceTest {

    @TempDir static Path folder;
    private static House house;
    private final Browser browser = house.browser();

    @BeforeAll
    static void start() {
        house = House.in(folder);
        house.account("ana", "shopper");
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    private static Map<String, String> with(Map<String, String> form, String resource) {
        Map<String, String> more = new HashMap<>(form);
        more.put("resource", resource);
        return more;
    }

    private static Map<String, String> buying(String code) {
        return Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "storefront",
                "redirect_uri",
                Browser.CALLBACK,
                "code_verifier",
                Browser.VERIFIER,
                "code",
                code);
    }

    private static void elsewhere(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(Browser.json(answer).path("error").asString()).isEqualTo("invalid_target");
        assertThat(answer.body()).doesNotContain("access_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://localhost:8443", "https://localhost:8443/"})
    void aTokenForTheDoorIsGivenWhereverThatIsSaid(String door) {
        HttpResponse<String> sent = browser.signIn("ana", with(Browser.question(), door));
        String code = Browser.query(Browser.location(sent)).get("code");
        HttpResponse<String> bought = browser.post(Paths.TOKEN, with(buying(code), door));
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        assertThat(
                        Browser.claims(Browser.json(bought).path("access_token").asString())
                                .path("aud")
                                .asString())
                .isEqualTo("https://localhost:8443");
        assertThat(browser.post(Paths.PAR, with(Browser.question(), door)).statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example",
                "https://localhost:8443/orders",
                "https://localhost:8443/auth",
                "https://localhost:8443#x",
                "https://localhost:8443@elsewhere.example",
                "http://localhost:8443",
                "HTTPS://localhost:8443",
                "localhost",
                "",
            })
    void aTokenForAnythingElseIsNotGiven(String resource) {
        HttpResponse<String> asked = browser.ask(with(Browser.question(), resource));
        assertThat(Browser.location(asked)).startsWith(Browser.CALLBACK + "?");
        assertThat(Browser.query(Browser.location(asked)))
                .containsEntry("error", "invalid_target")
                .containsEntry("state", "xyz");
        elsewhere(browser.post(Paths.PAR, with(Browser.question(), resource)));

        var machine =
                (MachineClients.Outcome.Created)
                        house.provider.clients().create("courier", House.OPERATOR);
        elsewhere(
                browser.asClient(
                        machine,
                        Paths.TOKEN,
                        with(Map.of("grant_type", "client_credentials"), resource)));
    }

    @Test
    void neitherACodeNorARefreshTokenBuysOneForAnythingElseAndBothStayGood() {
        String code = browser.code("ana");
        elsewhere(browser.post(Paths.TOKEN, with(buying(code), "https://elsewhere.example")));
        String refresh = Browser.json(browser.buy(code)).path("refresh_token").asString();
        elsewhere(
                browser.post(
                        Paths.TOKEN,
                        with(
                                Map.of(
                                        "grant_type",
                                        "refresh_token",
                                        "client_id",
                                        "storefront",
                                        "refresh_token",
                                        refresh),
                                "https://elsewhere.example")));
        assertThat(browser.refresh(refresh).statusCode()).isEqualTo(200);
    }

    @Test
    void oneThatIsElsewhereAmongSeveralIsTooMany() {
        String query =
                Paths.AUTHORIZE
                        + "?"
                        + Answers.encoded(with(Browser.question(), "https://localhost:8443"))
                        + "&resource=";
        assertThat(
                        Browser.query(
                                Browser.location(browser.get(query + "https://elsewhere.example"))))
                .containsEntry("error", "invalid_target");
        assertThat(Browser.location(browser.get(query + "https://localhost:8443/")))
                .startsWith(Paths.LOGIN);
    }
}
