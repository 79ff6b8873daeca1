package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Clients whose pages the browser loads when somebody signs out (OpenID Connect Front-Channel Logout 1.0).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrontChannelLogoutTest {

    private static final Pattern FRAME = Pattern.compile("<iframe src=\"([^\"]*)\"([^>]*)>");
    private static final String CLIENTS =
            """
            clients:
              app:   { kind: web, roles: [shopper], return-to: ["https://app.example.com/back"], proof: keys,
                       logout: { front-channel: "https://app.example.com/over?kind=front", return-to: ["https://app.example.com/bye"] } }
              other: { kind: browser, roles: [shopper], return-to: ["https://other.example.com/back"],
                       logout: { front-channel: "https://other.example.com/over" } }
              quiet: { kind: browser, roles: [shopper], return-to: ["https://quiet.example.com/back"] }
            """;

    private House house;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) {
        house = House.in(folder);
        house.blueprint.set(House.declared(House.SHOP + CLIENTS));
        house.account("ana", "shopper");
    }

    @AfterAll
    void stop() {
        house.close();
    }

    @BeforeEach
    void freshBrowser() {
        browser = house.browser();
    }

    private void uses(String client) {
        Map<String, String> question = new LinkedHashMap<>(Browser.question());
        question.put("client_id", client);
        question.put("redirect_uri", "https://" + client + ".example.com/back");
        question.put("scope", "openid");
        HttpResponse<String> answer = browser.signIn("ana", question);
        assertThat(Browser.location(answer)).contains("code=");
    }

    private HttpResponse<String> signsOut(String query) {
        HttpResponse<String> page = browser.get(Paths.LOGOUT + query);
        return browser.post(Paths.LOGOUT + query, Map.of("form", Browser.form(page)));
    }

    private static List<URI> frames(HttpResponse<String> page) {
        return FRAME.matcher(page.body())
                .results()
                .map(found -> URI.create(found.group(1).replace("&amp;", "&")))
                .toList();
    }

    @Test
    void thePageLoadsThoseOfTheClientsThatTheLoginWasUsedAt() {
        uses("app");
        uses("quiet");
        HttpResponse<String> page = signsOut("");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(frames(page)).hasSize(1);
        URI frame = frames(page).getFirst();
        assertThat(frame.getHost()).isEqualTo("app.example.com");
        Map<String, String> says = Browser.query(frame.toString());
        assertThat(says)
                .containsEntry("kind", "front")
                .containsEntry("iss", SigningClient.ISSUER)
                .containsKey("sid");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .endsWith("; frame-src https://app.example.com");
        assertThat(page.headers().firstValue("Refresh")).isEmpty();
    }

    @Test
    void framesLeadTheBrowserNowhere() {
        uses("other");
        HttpResponse<String> page = signsOut("");
        assertThat(page.body())
                .contains("sandbox=\"allow-same-origin allow-scripts\"")
                .contains("referrerpolicy=\"no-referrer\"")
                .doesNotContain("allow-top-navigation");
    }

    @Test
    void theBrowserGoesOnWhereItWouldHaveGone() {
        uses("app");
        HttpResponse<String> page =
                signsOut(
                        "?"
                                + Answers.encoded(
                                        Map.of(
                                                "client_id",
                                                "app",
                                                "post_logout_redirect_uri",
                                                "https://app.example.com/bye",
                                                "state",
                                                "x y")));
        assertThat(page.headers().firstValue("Refresh"))
                .contains("3; url=https://app.example.com/bye?state=x+y");
        assertThat(page.body()).contains("href=\"https://app.example.com/bye?state=x+y\"");
    }

    @Test
    void anAddressThatIsNotRegisteredIsNotGoneOnTo() {
        uses("app");
        HttpResponse<String> page =
                signsOut(
                        "?client_id=app&post_logout_redirect_uri=https%3A%2F%2Fevil.example.com%2F");
        assertThat(page.headers().firstValue("Refresh")).isEmpty();
        assertThat(page.body()).doesNotContain("evil.example.com").contains("<iframe");
    }

    @Test
    void whoWasAtNoSuchClientIsAnsweredAsBefore() {
        uses("quiet");
        HttpResponse<String> page = signsOut("");
        assertThat(frames(page)).isEmpty();
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .doesNotContain("frame-src");
    }

    @Test
    void nobodyLearnsWithoutAClickWhereSomebodyWas() {
        uses("app");
        HttpResponse<String> asked = browser.get(Paths.LOGOUT);
        assertThat(frames(asked)).isEmpty();
        assertThat(frames(browser.post(Paths.LOGOUT, Map.of("form", "wrong")))).isEmpty();
    }

    @Test
    void theMetadataSaysIt() {
        assertThat(browser.get(Paths.OPENID_CONFIGURATION).body())
                .contains("\"frontchannel_logout_session_supported\":true");
    }
}
