package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.HandClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people do with their own account, and what nobody else does with it.
class AccountPageTest {

    private static final String NEXT = "green kettle on a cold shelf";
    private static final Pattern RECOVERY = Pattern.compile("(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}");
    private static final Pattern OTHER_LOGIN =
            Pattern.compile(
                    "value=\"end-login\">\\s*<input type=\"hidden\" name=\"which\" value=\"([^\"]+)\"");

    @TempDir Path folder;
    private final HandClock clock = HandClock.at(Instant.parse("2026-11-23T10:00:00Z"));
    private House house;
    private Browser ana;

    @BeforeEach
    void start() {
        house = House.in(folder, clock);
        house.blueprint.set(
                House.declared(
                        House.SHOP.replace("session: 30m }", "session: 30m, mfa: always }")));
        house.account("ana", "shopper");
        ana = signedIn(house.browser(), "ana");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    /// Signs in at the login page itself.
    private Browser signedIn(Browser who, String name) {
        HttpResponse<String> answer = logIn(who, Paths.LOGIN, name);
        assertThat(Browser.location(answer)).isEqualTo(Paths.ACCOUNT);
        return who;
    }

    private static HttpResponse<String> logIn(Browser who, String path, String name) {
        HttpResponse<String> page = who.get(path);
        return who.post(
                Browser.action(page),
                Map.of("form", Browser.form(page), "username", name, "password", House.PASSWORD));
    }

    private static HttpResponse<String> act(Browser who, String act, String... more) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("form", Browser.form(who.get(Paths.ACCOUNT)));
        form.put("act", act);
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return who.post(Paths.ACCOUNT, form);
    }

    private AuthenticatorApp addsApp(Browser who) {
        HttpResponse<String> page = who.get(Paths.ACCOUNT_APP);
        AuthenticatorApp app = AuthenticatorApp.of(page, clock);
        HttpResponse<String> shown = code(who, page, app.code());
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(RECOVERY.matcher(shown.body()).results()).hasSize(10);
        clock.advance(Duration.ofSeconds(60));
        return app;
    }

    private static HttpResponse<String> code(Browser who, HttpResponse<String> page, String code) {
        return who.post(Browser.action(page), Map.of("form", Browser.form(page), "code", code));
    }

    @Test
    void whoIsNotSignedInSeesAndChangesNothing() {
        Browser eve = house.browser();
        assertThat(Browser.location(eve.get(Paths.ACCOUNT))).isEqualTo(Paths.LOGIN);
        assertThat(Browser.location(eve.get(Paths.ACCOUNT_APP))).isEqualTo(Paths.LOGIN);
        assertThat(Browser.location(eve.post(Paths.ACCOUNT, Map.of("act", "remove-app"))))
                .isEqualTo(Paths.LOGIN);
    }

    @Test
    void thePageRunsNothingAndIsKeptNowhere() {
        HttpResponse<String> page = ana.get(Paths.ACCOUNT);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
                .doesNotContain("script-src");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.body()).contains("ana", "(this one)").doesNotContain("<script");
    }

    @Test
    void aFormOfAnotherSiteChangesNothing() {
        Map<String, String> form =
                Map.of("act", "password", "current", House.PASSWORD, "next", NEXT, "again", NEXT);
        assertThat(ana.post(Paths.ACCOUNT, form).statusCode()).isEqualTo(403);
        Map<String, String> guessed = new LinkedHashMap<>(form);
        guessed.put("form", "x".repeat(43));
        assertThat(ana.post(Paths.ACCOUNT, guessed).statusCode()).isEqualTo(403);
        assertThat(house.acts()).doesNotContain("PASSWORD_SET");
    }

    @Test
    void aNewPasswordIsSetByWhoKnowsTheOldOneAndEndsTheOtherLogins() {
        Browser elsewhere = signedIn(house.browser(), "ana");
        HttpResponse<String> answer =
                act(ana, "password", "current", House.PASSWORD, "next", NEXT, "again", NEXT);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("The password is changed");
        assertThat(Browser.location(elsewhere.get(Paths.ACCOUNT))).isEqualTo(Paths.LOGIN);
        assertThat(ana.get(Paths.ACCOUNT).statusCode()).isEqualTo(200);
        assertThat(logIn(house.browser(), Paths.LOGIN, "ana").statusCode()).isEqualTo(422);
        assertThat(house.acts()).contains("PASSWORD_SET");
    }

    @Test
    void aPasswordThatDoesNotDoIsNotSet() {
        assertThat(act(ana, "password", "current", "not it", "next", NEXT, "again", NEXT).body())
                .contains("That is not your current password.");
        assertThat(
                        act(ana, "password", "current", House.PASSWORD, "next", NEXT, "again", "x")
                                .body())
                .contains("typed in two ways");
        assertThat(
                        act(
                                        ana,
                                        "password",
                                        "current",
                                        House.PASSWORD,
                                        "next",
                                        "passwordpassword1",
                                        "again",
                                        "passwordpassword1")
                                .body())
                .contains("one of the first that anybody would try");
        assertThat(house.acts()).doesNotContain("PASSWORD_SET");
    }

    @Test
    void whoGuessesThePasswordInALoginThatLiesOpenIsSlowedDown() {
        for (int i = 0; i < 5; i++) {
            assertThat(
                            act(ana, "password", "current", "no " + i, "next", NEXT, "again", NEXT)
                                    .statusCode())
                    .isEqualTo(422);
        }
        HttpResponse<String> slowed =
                act(ana, "password", "current", House.PASSWORD, "next", NEXT, "again", NEXT);
        assertThat(slowed.statusCode()).isEqualTo(429);
        assertThat(slowed.headers().firstValue("Retry-After")).isPresent();
        assertThat(house.acts()).doesNotContain("PASSWORD_SET");
    }

    @Test
    void anAppIsAddedByItsOwnerAndAskedForFromThenOn() {
        Browser elsewhere = signedIn(house.browser(), "ana");
        HttpResponse<String> page = ana.get(Paths.ACCOUNT_APP);
        assertThat(code(ana, page, AuthenticatorApp.of(page, clock).wrong()).statusCode())
                .isEqualTo(422);
        addsApp(ana);
        assertThat(ana.get(Paths.ACCOUNT).body()).contains("Authenticator app", "10 left");
        assertThat(Browser.location(elsewhere.get(Paths.ACCOUNT))).isEqualTo(Paths.LOGIN);
        assertThat(Browser.location(logIn(house.browser(), Paths.LOGIN, "ana")))
                .isEqualTo(Paths.SECOND);
    }

    @Test
    void anotherAppTakesThePlaceOfTheFirst() {
        AuthenticatorApp first = addsApp(ana);
        AuthenticatorApp second = addsApp(ana);
        Browser other = house.browser();
        HttpResponse<String> asked = other.get(Browser.location(logIn(other, Paths.LOGIN, "ana")));
        assertThat(code(other, asked, first.code()).statusCode()).isEqualTo(422);
        assertThat(Browser.location(code(other, asked, second.code()))).isEqualTo(Paths.ACCOUNT);
    }

    @Test
    void aLoginThatLiesOpenIsNotEnoughToChangeSecondFactors() {
        addsApp(ana);
        clock.advance(Duration.ofMinutes(10));
        assertThat(Browser.location(ana.get(Paths.ACCOUNT_APP))).isEqualTo(Paths.LOGIN_AGAIN);
        assertThat(Browser.location(act(ana, "remove-app"))).isEqualTo(Paths.LOGIN_AGAIN);
        assertThat(Browser.location(act(ana, "new-codes"))).isEqualTo(Paths.LOGIN_AGAIN);
        assertThat(house.acts()).doesNotContain("FACTORS_REMOVED", "RECOVERY_CODES_MADE");
        assertThat(ana.get(Paths.LOGIN_AGAIN).body()).contains("value=\"ana\"");
        HttpResponse<String> password = logIn(ana, Paths.LOGIN_AGAIN, "ana");
        assertThat(Browser.location(password)).isEqualTo(Paths.SECOND);
        assertThat(Browser.location(act(ana, "remove-app"))).isEqualTo(Paths.LOGIN_AGAIN);
    }

    @Test
    void anAppIsRemovedByARecentLogin() {
        addsApp(ana);
        assertThat(act(ana, "remove-app").body()).contains("The authenticator app is removed.");
        assertThat(Browser.location(logIn(house.browser(), Paths.LOGIN, "ana")))
                .isEqualTo(Paths.ACCOUNT);
        assertThat(house.acts()).contains("FACTORS_REMOVED");
    }

    @Test
    void whoMustHaveASecondFactorKeepsOne() {
        house.account("cleo", "clerk");
        Browser cleo = house.browser();
        HttpResponse<String> page = cleo.get(Browser.location(logIn(cleo, Paths.LOGIN, "cleo")));
        code(cleo, page, AuthenticatorApp.of(page, clock).code());
        assertThat(act(cleo, "remove-app").body()).contains("another app in its place");
        assertThat(house.acts()).doesNotContain("FACTORS_REMOVED");
    }

    @Test
    void newRecoveryCodesTakeThePlaceOfTheOldOnes() {
        HttpResponse<String> page = ana.get(Paths.ACCOUNT_APP);
        HttpResponse<String> shown = code(ana, page, AuthenticatorApp.of(page, clock).code());
        List<String> old = codes(shown);
        List<String> fresh = codes(act(ana, "new-codes"));
        assertThat(fresh).hasSize(10).doesNotContainAnyElementsOf(old);
        Browser other = house.browser();
        HttpResponse<String> asked = other.get(Browser.location(logIn(other, Paths.LOGIN, "ana")));
        assertThat(code(other, asked, old.getFirst()).statusCode()).isEqualTo(422);
        assertThat(code(other, asked, fresh.getFirst()).statusCode()).isEqualTo(303);
    }

    private static List<String> codes(HttpResponse<String> page) {
        return RECOVERY.matcher(page.body()).results().map(found -> found.group()).toList();
    }

    @Test
    void peopleSeeAndEndTheirOwnLoginsAndNobodyElses() {
        house.account("bob", "shopper");
        Browser bob = signedIn(house.browser(), "bob");
        String bobs = house.provider.holdings().logins("bob").orElseThrow().getFirst().sid();
        Browser phone = house.browser();
        phone.headers.put(
                "User-Agent", "Mozilla/5.0 (Linux; Android 15) Chrome/142.0 Mobile Safari/537.36");
        signedIn(phone, "ana");
        HttpResponse<String> page = ana.get(Paths.ACCOUNT);
        assertThat(page.body()).contains("Chrome on Android", "from 198.51.100.7");
        act(ana, "end-login", "which", bobs);
        assertThat(bob.get(Paths.ACCOUNT).statusCode()).isEqualTo(200);
        var other = OTHER_LOGIN.matcher(page.body());
        assertThat(other.find()).isTrue();
        assertThat(act(ana, "end-login", "which", other.group(1)).body())
                .contains("That login has ended.");
        assertThat(Browser.location(phone.get(Paths.ACCOUNT))).isEqualTo(Paths.LOGIN);
        assertThat(ana.get(Paths.ACCOUNT).statusCode()).isEqualTo(200);
    }

    @Test
    void everywhereElseIsEverywhereButHere() {
        Browser one = signedIn(house.browser(), "ana");
        Browser two = signedIn(house.browser(), "ana");
        act(ana, "end-others");
        assertThat(Browser.location(one.get(Paths.ACCOUNT))).isEqualTo(Paths.LOGIN);
        assertThat(Browser.location(two.get(Paths.ACCOUNT))).isEqualTo(Paths.LOGIN);
        assertThat(ana.get(Paths.ACCOUNT).statusCode()).isEqualTo(200);
    }

    @Test
    void whatActsForSomebodyIsSeenAndEnded() {
        String code = Browser.query(Browser.location(ana.ask(Browser.question()))).get("code");
        String token = Browser.json(ana.buy(code)).path("refresh_token").asString();
        assertThat(ana.get(Paths.ACCOUNT).body()).contains("<strong>storefront</strong>");
        int before = house.provider.revocations().current().size();
        assertThat(act(ana, "end-client", "which", "storefront").body())
                .contains("acts for you no more", "None.");
        assertThat(ana.refresh(token).statusCode()).isEqualTo(400);
        assertThat(house.provider.revocations().current()).hasSizeGreaterThan(before);
        assertThat(house.acts()).contains("TOKEN_REVOKED");
    }

    @Test
    void aLoginOnAnotherBrowserIsSaidAloudAndOneOnTheSameIsNot() {
        assertThat(house.acts()).doesNotContain("NEW_DEVICE");
        logIn(ana, Paths.LOGIN_AGAIN, "ana");
        assertThat(house.acts()).doesNotContain("NEW_DEVICE");
        signedIn(house.browser(), "ana");
        assertThat(house.acts()).containsOnlyOnce("NEW_DEVICE");
        house.account("bob", "shopper");
        logIn(ana, Paths.LOGIN_AGAIN, "bob");
        assertThat(house.acts()).containsOnlyOnce("NEW_DEVICE");
    }
}
