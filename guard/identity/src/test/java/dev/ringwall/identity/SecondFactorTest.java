package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.HandClock;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `mfa: always`, people who add an app by themselves, and who tries to get around either.
class SecondFactorTest {

    private static final String STRICT =
            House.SHOP.replace("session: 30m }", "session: 30m, mfa: always }");
    private static final Pattern RECOVERY = Pattern.compile("(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}");

    @TempDir Path folder;
    private final HandClock clock = HandClock.at(Instant.parse("2026-11-23T10:00:00Z"));
    private House house;
    private Browser browser;

    @BeforeEach
    void start() {
        house = House.in(folder, clock);
        house.blueprint.set(House.declared(STRICT));
        browser = house.browser();
        house.account("cleo", "clerk");
        house.account("ana", "shopper");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    /// What comes after the password, of who asks that question.
    private HttpResponse<String> afterThePassword(
            Browser who, String name, Map<String, String> question) {
        HttpResponse<String> answer = who.logIn(who.ask(question), name, House.PASSWORD);
        assertThat(Browser.location(answer)).startsWith(Paths.SECOND);
        return who.get(Browser.location(answer));
    }

    private static HttpResponse<String> type(Browser who, HttpResponse<String> page, String code) {
        return who.post(Browser.action(page), Map.of("form", Browser.form(page), "code", code));
    }

    private AuthenticatorApp enrolled(String name, Map<String, String> question) {
        HttpResponse<String> page = afterThePassword(browser, name, question);
        AuthenticatorApp app = AuthenticatorApp.of(page, clock);
        assertThat(type(browser, page, app.code()).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(60));
        return app;
    }

    private static Map<String, String> asking() {
        return Browser.question();
    }

    private static Map<String, String> wishing() {
        Map<String, String> question = Browser.question();
        question.put("acr_values", TokenMint.ACR_TWICE);
        return question;
    }

    private JsonNode claims(Browser who, HttpResponse<String> redirect) {
        String code = Browser.query(Browser.location(redirect)).get("code");
        return Browser.claims(Browser.json(who.buy(code)).path("access_token").asString());
    }

    @Test
    void whoMustHaveAnAppAddsItAndGetsRecoveryCodesOnce() {
        HttpResponse<String> page = afterThePassword(browser, "cleo", asking());
        AuthenticatorApp app = AuthenticatorApp.of(page, clock);
        assertThat(page.body()).contains("<svg");
        HttpResponse<String> shown = type(browser, page, app.code());
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(RECOVERY.matcher(shown.body()).results().map(found -> found.group()).distinct())
                .hasSize(10);
        assertThat(house.acts()).contains("FACTOR_ADDED", "SIGNED_IN");
        assertThat(claims(browser, browser.ask(asking())).path("acr").asString())
                .isEqualTo("urn:ringwall:acr:mfa");
    }

    @Test
    void thePasswordAloneBuysNothing() {
        HttpResponse<String> page = afterThePassword(browser, "cleo", asking());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(browser.cookies).doesNotContainKey(SessionCookie.NAME);
        assertThat(Browser.location(browser.ask(asking()))).startsWith(Paths.LOGIN);
        browser.cookies.put(SessionCookie.NAME, browser.cookies.get(SecondPage.COOKIE));
        assertThat(Browser.location(browser.ask(asking()))).startsWith(Paths.LOGIN);
        assertThat(house.acts()).doesNotContain("SIGNED_IN");
    }

    @Test
    void tokensSayHowThePersonCameIn() {
        AuthenticatorApp app = enrolled("cleo", asking());
        Browser second = house.browser();
        HttpResponse<String> page = afterThePassword(second, "cleo", asking());
        assertThat(page.body()).doesNotContain("<svg");
        JsonNode claims =
                claims(second, second.get(Browser.location(type(second, page, app.code()))));
        assertThat(claims.path("acr").asString()).isEqualTo("urn:ringwall:acr:mfa");
        assertThat(claims.path("amr").toString()).isEqualTo("[\"mfa\",\"otp\",\"pwd\"]");
        browser = house.browser();
        assertThat(claims(browser, browser.signIn("ana", asking())).path("amr").toString())
                .isEqualTo("[\"pwd\"]");
    }

    @Test
    void aCodeIsGoodOnce() {
        AuthenticatorApp app = enrolled("cleo", asking());
        String code = app.code();
        Browser owner = house.browser();
        assertThat(type(owner, afterThePassword(owner, "cleo", asking()), code).statusCode())
                .isEqualTo(303);
        Browser thief = house.browser();
        assertThat(type(thief, afterThePassword(thief, "cleo", asking()), code).statusCode())
                .isEqualTo(422);
        assertThat(thief.cookies).doesNotContainKey(SessionCookie.NAME);
        assertThat(house.events.getLast().toString()).contains("code-used-before");
    }

    @Test
    void aRecoveryCodeIsGoodOnceHoweverItIsTyped() {
        HttpResponse<String> page = afterThePassword(browser, "cleo", asking());
        HttpResponse<String> shown = type(browser, page, AuthenticatorApp.of(page, clock).code());
        List<String> codes =
                RECOVERY.matcher(shown.body()).results().map(found -> found.group()).toList();
        Browser other = house.browser();
        HttpResponse<String> used =
                type(
                        other,
                        afterThePassword(other, "cleo", asking()),
                        " " + codes.get(3).toLowerCase(java.util.Locale.ROOT).replace("-", " "));
        assertThat(claims(other, other.get(Browser.location(used))).path("amr").toString())
                .isEqualTo("[\"mfa\",\"pwd\"]");
        Browser thief = house.browser();
        assertThat(
                        type(thief, afterThePassword(thief, "cleo", asking()), codes.get(3))
                                .statusCode())
                .isEqualTo(422);
    }

    @Test
    void whoHasOnlyThePasswordCannotPutAnotherAppInPlace() {
        enrolled("cleo", asking());
        Browser thief = house.browser();
        HttpResponse<String> page = afterThePassword(thief, "cleo", asking());
        assertThat(page.body()).doesNotContain("<svg", "<code>");
    }

    @Test
    void twoWhoAddAnAppAtATimeDoNotSeeEachOthersKeyAndOneOfThemIsFirst() {
        HttpResponse<String> owners = afterThePassword(browser, "cleo", asking());
        Browser thief = house.browser();
        HttpResponse<String> thiefs = afterThePassword(thief, "cleo", asking());
        AuthenticatorApp app = AuthenticatorApp.of(owners, clock);
        AuthenticatorApp other = AuthenticatorApp.of(thiefs, clock);
        assertThat(other.code()).isNotEqualTo(app.code());
        assertThat(type(browser, owners, app.code()).statusCode()).isEqualTo(200);
        assertThat(type(thief, thiefs, other.code()).statusCode()).isEqualTo(422);
        assertThat(thief.cookies).doesNotContainKey(SessionCookie.NAME);
    }

    @Test
    void fiveWrongCodesLeadBackToThePasswordAndMoreSlowDown() {
        AuthenticatorApp app = enrolled("cleo", asking());
        Browser thief = house.browser();
        HttpResponse<String> page = afterThePassword(thief, "cleo", asking());
        for (int i = 0; i < 5; i++) {
            assertThat(type(thief, page, app.wrong()).statusCode()).isIn(422, 303);
        }
        assertThat(Browser.location(type(thief, page, app.code()))).startsWith(Paths.LOGIN);
        page = afterThePassword(thief, "cleo", asking());
        assertThat(type(thief, page, app.code()).statusCode()).isEqualTo(429);
        assertThat(thief.cookies).doesNotContainKey(SessionCookie.NAME);
    }

    @Test
    void halfALoginIsOverAfterTenMinutes() {
        AuthenticatorApp app = enrolled("cleo", asking());
        Browser late = house.browser();
        HttpResponse<String> page = afterThePassword(late, "cleo", asking());
        clock.advance(Duration.ofMinutes(10));
        assertThat(Browser.location(type(late, page, app.code()))).startsWith(Paths.LOGIN);
    }

    @Test
    void aNewPasswordEndsHalfALogin() {
        AuthenticatorApp app = enrolled("cleo", asking());
        Browser thief = house.browser();
        HttpResponse<String> page = afterThePassword(thief, "cleo", asking());
        house.provider
                .accounts()
                .setPassword("cleo", "green kettle on a cold shelf", House.OPERATOR);
        assertThat(Browser.location(type(thief, page, app.code()))).startsWith(Paths.LOGIN);
    }

    @Test
    void aLoginWithAPasswordAloneCountsNoMoreWhereTheDeclarationComesToWantTwo() {
        house.blueprint.set(House.declared(House.SHOP));
        String token =
                Browser.json(browser.buy(browser.code("cleo"))).path("refresh_token").asString();
        house.blueprint.set(House.declared(STRICT));
        assertThat(browser.refresh(token).statusCode()).isEqualTo(400);
        assertThat(Browser.location(browser.ask(asking()))).startsWith(Paths.LOGIN);
    }

    @Test
    void aClientThatWantsASecondFactorGetsOne() {
        browser.code("ana");
        HttpResponse<String> asked = browser.ask(wishing());
        assertThat(Browser.location(asked)).startsWith(Paths.LOGIN);
        enrolled("ana", wishing());
        assertThat(claims(browser, browser.ask(wishing())).path("acr").asString())
                .isEqualTo("urn:ringwall:acr:mfa");
        Map<String, String> silent = wishing();
        silent.put("prompt", "none");
        Browser nobody = house.browser();
        assertThat(Browser.location(nobody.ask(silent))).contains("error=login_required");
    }

    @Test
    void theKeyOfAnAppLiesInNoFile() throws Exception {
        HttpResponse<String> page = afterThePassword(browser, "cleo", asking());
        HttpResponse<String> shown = type(browser, page, AuthenticatorApp.of(page, clock).code());
        String recovery =
                RECOVERY.matcher(shown.body()).results().findFirst().orElseThrow().group();
        String key = page.body().replaceAll("(?s).*<code>|</code>.*", "").replace(" ", "");
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(all.toString())
                .doesNotContain(key, recovery, recovery.replace("-", ""))
                .doesNotContain(browser.cookies.get(SessionCookie.NAME));
    }
}
