package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that people are asked about before they act for them (OpenID Connect Core §3.1.2.4).
class ConsentTest {

    private static final String BACK = "https://app.example.com/back";
    private static final String CLIENTS =
            """
            clients:
              app: { kind: browser, roles: [shopper], return-to: ["https://app.example.com/back"], consent: ask }
              own: { kind: browser, roles: [shopper], return-to: ["https://own.example.com/back"] }
            """;

    @TempDir Path folder;
    private House house;
    private Browser browser;

    @BeforeEach
    void start() {
        house = House.in(folder);
        house.blueprint.set(House.declared(House.SHOP + CLIENTS));
        house.account("ana", "shopper");
        browser = house.browser();
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private static Map<String, String> question(String scope) {
        Map<String, String> question = new LinkedHashMap<>(Browser.question());
        question.put("client_id", "app");
        question.put("redirect_uri", BACK);
        question.put("scope", scope);
        return question;
    }

    /// Where the browser is led that asks that and signs in if it must.
    private String led(Map<String, String> question) {
        return Browser.location(browser.signIn("ana", question));
    }

    private HttpResponse<String> answers(String consent, String answer) {
        HttpResponse<String> page = browser.get(consent);
        return browser.post(
                Browser.action(page), Map.of("form", Browser.form(page), "answer", answer));
    }

    private String allowed(String consent) {
        return Browser.location(browser.get(Browser.location(answers(consent, "allow"))));
    }

    private String scope(String code) {
        HttpResponse<String> bought =
                browser.post(
                        Paths.TOKEN,
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                "app",
                                "redirect_uri",
                                BACK,
                                "code_verifier",
                                Browser.VERIFIER,
                                "code",
                                code));
        return Browser.json(bought).get("scope").asString();
    }

    @Test
    void aPersonIsAskedOnceAndSeesWhatFor() {
        String consent = led(question("openid orders.read"));
        assertThat(consent).startsWith(Paths.CONSENT).contains("request_uri=");
        assertThat(browser.get(consent).body())
                .contains("Allow <strong>app</strong> to act for you?")
                .contains("orders.read")
                .contains("know who you are")
                .doesNotContain("orders.place");

        String back = allowed(consent);
        assertThat(back).startsWith(BACK).contains("code=");
        assertThat(scope(Browser.query(back).get("code"))).isEqualTo("openid orders.read");
        assertThat(led(question("openid orders.read"))).startsWith(BACK).contains("code=");
        assertThat(led(question("orders.read"))).startsWith(BACK).contains("code=");
    }

    @Test
    void whoAsksForMoreIsAskedAnew() {
        allowed(led(question("orders.read")));
        String consent = led(question("orders.read orders.place"));
        assertThat(consent).startsWith(Paths.CONSENT);
        assertThat(allowed(consent)).contains("code=");
        assertThat(led(question("orders.place"))).contains("code=");
    }

    @Test
    void aRefusalIsToldToTheClientAndAnswersTheQuestion() {
        String consent = led(question("orders.read"));
        Map<String, String> told = Browser.query(Browser.location(answers(consent, "refuse")));
        assertThat(told)
                .containsEntry("error", "access_denied")
                .containsEntry("state", "xyz")
                .containsEntry("iss", SigningClient.ISSUER);
        assertThat(browser.get(consent).statusCode()).isEqualTo(400);
        assertThat(led(question("orders.read"))).startsWith(Paths.CONSENT);
        assertThat(house.acts()).contains("CONSENT_REFUSED");
    }

    @Test
    void aClientThatWantsNothingShownIsToldThatConsentIsMissing() {
        led(question("orders.read"));
        Map<String, String> silent = question("orders.read");
        silent.put("prompt", "none");
        assertThat(Browser.query(Browser.location(browser.ask(silent))))
                .containsEntry("error", "consent_required");
    }

    @Test
    void aClientMayHaveAPersonAskedAgain() {
        allowed(led(question("orders.read")));
        Map<String, String> again = question("orders.read");
        again.put("prompt", "consent");
        String consent = led(again);
        assertThat(consent).startsWith(Paths.CONSENT);
        assertThat(allowed(consent)).contains("code=");
    }

    @Test
    void aClientOfTheHouseAsksNobodyUnlessItWantsTo() {
        Map<String, String> own = question("orders.read");
        own.put("client_id", "own");
        own.put("redirect_uri", "https://own.example.com/back");
        assertThat(led(own)).contains("code=");
        own.put("prompt", "consent");
        assertThat(led(own)).startsWith(Paths.CONSENT);
    }

    @Test
    void whatTheRolesMayDoLaterWasNotAllowed() {
        String code = Browser.query(allowed(led(question("")))).get("code");
        assertThat(code).isNotEmpty();
        house.blueprint.set(
                House.declared(
                        (House.SHOP + CLIENTS)
                                .replace(
                                        "allow: [warehouse, courier]",
                                        "allow: [warehouse, courier, shopper]")));
        assertThat(scope(code)).doesNotContain("orders.ship").contains("orders.read");
        assertThat(led(question(""))).startsWith(Paths.CONSENT);
    }

    @Test
    void anAddressThatSomebodyWroteShowsNothing() {
        led(question("orders.read"));
        String written =
                Paths.CONSENT + "?" + Answers.encoded(question("orders.read orders.place"));
        HttpResponse<String> shown = browser.get(written);
        assertThat(shown.statusCode()).isEqualTo(303);
        assertThat(shown.body()).doesNotContain("orders.place");
        HttpResponse<String> posted = browser.post(written, Map.of("form", "x", "answer", "allow"));
        assertThat(posted.statusCode()).isEqualTo(303);
        assertThat(house.acts()).doesNotContain("CONSENT_GIVEN");
    }

    @Test
    void anAnswerFromAnotherPageCountsForNothing() {
        String consent = led(question("orders.read"));
        assertThat(browser.post(consent, Map.of("form", "forged", "answer", "allow")).statusCode())
                .isEqualTo(403);
        assertThat(house.acts()).doesNotContain("CONSENT_GIVEN");
        assertThat(led(question("orders.read"))).startsWith(Paths.CONSENT);
    }

    @Test
    void whoEndsItOnTheAccountPageIsAskedAnew() {
        allowed(led(question("orders.read")));
        HttpResponse<String> page = browser.get(Paths.ACCOUNT);
        assertThat(page.body()).contains("may act for you");
        browser.post(
                Paths.ACCOUNT,
                Map.of(
                        "form",
                        Browser.form(page),
                        "act",
                        AccountAct.END_CLIENT.word(),
                        "which",
                        "app"));
        assertThat(house.acts()).contains("CONSENT_WITHDRAWN");
        assertThat(led(question("orders.read"))).startsWith(Paths.CONSENT);
    }
}
