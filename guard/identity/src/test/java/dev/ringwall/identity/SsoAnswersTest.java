package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.SecurityEvent;
import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Answers of providers that do not count for the browser that comes with them (RFC 9207, RFC 9700 §4.4, §4.7).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SsoAnswersTest {

    private final HandClock clock = HandClock.at(Instant.parse("2026-11-29T12:00:00Z"));
    private Elsewhere acme;
    private Elsewhere other;
    private House house;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        acme = new Elsewhere(clock);
        other = new Elsewhere(clock);
        house = House.in(folder, clock);
        house.secrets.put("acme-client", Elsewhere.SECRET);
        house.blueprint.set(
                House.declared(
                        Acme.declaration(acme, ", accounts: create")
                                + "  other: { issuer: \""
                                + other.issuer
                                + "\", client: "
                                + Elsewhere.CLIENT
                                + ", secret: acme-client, accounts: create, roles: { staff: [groups=shop] } }\n"));
    }

    @AfterAll
    void stop() {
        house.close();
        acme.close();
        other.close();
    }

    @BeforeEach
    void honest() {
        browser = house.browser();
        acme.twist = builder -> builder;
        acme.made = claims -> acme.sign(claims, "JWT");
        acme.status = 200;
        house.events.clear();
    }

    private void refused(HttpResponse<String> back, String why) {
        assertThat(back.statusCode()).isIn(403, 502);
        assertThat(back.body()).contains("You are not signed in");
        assertThat(browser.cookies).doesNotContainKey(SessionCookie.NAME);
        assertThat(whys()).contains(why);
    }

    private List<String> whys() {
        return house.events.stream()
                .filter(SecurityEvent.IdentityActed.class::isInstance)
                .map(event -> ((SecurityEvent.IdentityActed) event).details().get("why"))
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    @Test
    void theAnswerOfAnotherBrowserCountsNot() {
        String back = Acme.leave(house.browser(), acme);

        refused(browser.get(back), "not-begun-here");
        Acme.leave(browser, acme);
        refused(browser.get(back), "not-begun-here");
    }

    @Test
    void anAnswerCountsOnceAndForAQuarterOfAnHour() {
        String back = Acme.leave(browser, acme);
        assertThat(Browser.location(browser.get(back))).startsWith(Paths.AUTHORIZE);
        browser.cookies.remove(SessionCookie.NAME);
        refused(browser.get(back), "not-begun-here");

        String late = Acme.leave(browser, acme);
        clock.advance(Duration.ofMinutes(15));
        refused(browser.get(late), "not-begun-here");
    }

    @Test
    void theAnswerOfAnotherProviderCountsNot() {
        String back = Acme.leave(browser, acme);
        refused(browser.get(back.replace("/acme/", "/other/")), "not-begun-here");

        String mixed = Acme.leave(browser, acme);
        refused(
                browser.get(mixed.replace(encoded(acme.issuer), encoded(other.issuer))),
                "answer-of-another");

        String silent = Acme.leave(browser, acme);
        refused(
                browser.get(silent.replace("&iss=" + encoded(acme.issuer), "")),
                "answer-of-another");
    }

    private static String encoded(String text) {
        return Answers.encoded(Map.of("x", text)).substring(2);
    }

    @Test
    void aCodeOfAnotherBrowserBuysNothing() {
        String stolen =
                Browser.query("http://x" + Acme.leave(house.browser(), acme))
                        .getOrDefault("code", "");
        Map<String, String> mine =
                new LinkedHashMap<>(Browser.query("http://x" + Acme.leave(browser, acme)));
        mine.put("code", stolen);

        refused(
                browser.get(Paths.SSO + "/acme/callback?" + Answers.encoded(mine)),
                "code-not-taken");
    }

    @Test
    void aParameterThatComesTwiceCountsNot() {
        String back = Acme.leave(browser, acme);
        refused(browser.get(back + "&code=another"), "code-missing");
        String again = Acme.leave(browser, acme);
        refused(browser.get(again + "&iss=" + encoded(acme.issuer)), "answer-of-another");
        String third = Acme.leave(browser, acme);
        refused(browser.get(third + "&state=another"), "not-begun-here");
    }

    @Test
    void whatTheProviderRefusesIsSaidAndNothingElseOfWhatItSays() {
        String state =
                Browser.query("http://x" + Acme.leave(browser, acme)).getOrDefault("state", "");

        HttpResponse<String> back =
                browser.get(
                        Paths.SSO
                                + "/acme/callback?"
                                + Answers.encoded(
                                        Map.of(
                                                "state",
                                                state,
                                                "iss",
                                                acme.issuer,
                                                "error",
                                                "access_denied",
                                                "error_description",
                                                "<b>call 0900</b>")));

        refused(back, "access-denied-there");
        assertThat(back.body()).doesNotContain("0900");
    }

    @Test
    void aRedirectOfTheProviderIsNotFollowed() {
        acme.status = 307;

        refused(Acme.signIn(browser, acme), "code-not-taken");
    }

    @Test
    void whereItLeadsAfterwardsIsNeverAnAddressOfSomebodyElses() {
        String there =
                Browser.location(
                        browser.get(
                                Paths.SSO
                                        + "/acme?onward=https%3A%2F%2Fevil.example&redirect_uri=https%3A%2F%2Fevil.example"));
        assertThat(Browser.query(there).get("redirect_uri"))
                .isEqualTo(House.DOOR + Paths.SSO + "/acme/callback");
        assertThat(Browser.location(browser.get(acme.signIn(there)))).isEqualTo(Paths.ACCOUNT);
    }

    @Test
    void aNameThatIsNotDeclaredIsNoProvider() {
        assertThat(browser.get(Paths.SSO + "/evil").statusCode()).isEqualTo(404);
        assertThat(browser.get(Paths.SSO + "/evil/callback?state=a&code=b").statusCode())
                .isEqualTo(404);
        assertThat(browser.post(Paths.SSO + "/evil/logout", Map.of()).statusCode()).isEqualTo(404);
    }
}
