package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.SecurityEvent;
import dev.ringwall.people.Revocation;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page where people sign in, and what its attackers get.
class LoginPageTest {

    /// As many guesses at one account as one address has for nothing.
    private static final int ATTEMPTS = 5;

    @TempDir Path folder;
    private House house;
    private Browser browser;

    @BeforeEach
    void start() {
        house = House.in(folder);
        browser = house.browser();
        house.account("ana", "shopper");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private HttpResponse<String> attempt(String name, String password) {
        return browser.logIn(browser.ask(Browser.question()), name, password);
    }

    @Test
    void thePageLoadsNothingForeignAndNobodyFramesIt() {
        HttpResponse<String> page = browser.get(Browser.location(browser.ask(Browser.question())));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.body()).doesNotContain("style=", "http://", "https://elsewhere");
    }

    @Test
    void oneScriptOfOursRunsAndNothingElse() {
        HttpResponse<String> page = browser.get(Paths.LOGIN);
        Matcher script =
                Pattern.compile("<script src=\"([^\"]*)\" nonce=\"([^\"]{43})\" defer></script>")
                        .matcher(page.body());
        assertThat(script.find()).isTrue();
        assertThat(script.group(1)).isEqualTo("/auth/assets/passkey.js");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'nonce-" + script.group(2) + "';")
                .doesNotContain("script-src 'self'");
        assertThat(page.body().split("<script", -1)).hasSize(2);
        assertThat(browser.get(Paths.LOGIN).body()).doesNotContain(script.group(2));
        assertThat(browser.get(script.group(1)).headers().firstValue("Content-Type"))
                .contains("text/javascript;charset=utf-8");
    }

    @Test
    void anotherSiteCannotSubmitTheForm() {
        String address = Browser.location(browser.ask(Browser.question()));
        HttpResponse<String> page = browser.get(address);
        String secret = Browser.form(page);
        Map<String, String> entries = Map.of("username", "ana", "password", House.PASSWORD);
        assertThat(browser.post(Browser.action(page), entries).statusCode()).isEqualTo(403);
        Browser other = house.browser();
        other.get(address);
        HttpResponse<String> foreign =
                other.post(
                        Browser.action(page),
                        Map.of("username", "ana", "password", House.PASSWORD, "form", secret));
        assertThat(foreign.statusCode()).isEqualTo(403);
        browser.headers.put("Sec-Fetch-Site", "cross-site");
        HttpResponse<String> crossed =
                browser.post(
                        Browser.action(page),
                        Map.of("username", "ana", "password", House.PASSWORD, "form", secret));
        assertThat(crossed.statusCode()).isEqualTo(403);
        assertThat(house.acts()).doesNotContain("SIGNED_IN");
    }

    @Test
    void aSessionThatWasPreparedIsNotTheOneThatSignsIn() {
        browser.cookies.put(SessionCookie.NAME, "prepared");
        HttpResponse<String> in = attempt("ana", House.PASSWORD);
        assertThat(in.statusCode()).isEqualTo(303);
        assertThat(browser.cookies.get(SessionCookie.NAME)).isNotEqualTo("prepared").hasSize(43);
        assertThat(in.headers().allValues("Set-Cookie"))
                .allMatch(line ->
                        line.contains("; Path=/; ")
                                && line.contains("Secure; HttpOnly; SameSite=Lax"))
                .anyMatch(line -> line.startsWith("__Host-ringwall-session="));
    }

    @Test
    void theWayOnIsAlwaysBackToTheQuestion() {
        HttpResponse<String> page =
                browser.get(
                        Paths.LOGIN
                                + "?continue=https://elsewhere.example/&next=//elsewhere.example");
        HttpResponse<String> in =
                browser.post(
                        Browser.action(page),
                        Map.of(
                                "form",
                                Browser.form(page),
                                "username",
                                "ana",
                                "password",
                                House.PASSWORD));
        assertThat(Browser.location(in)).isEqualTo(Paths.ACCOUNT);
        assertThat(browser.get(Paths.ACCOUNT).body()).contains("You are signed in as", "ana");
        assertThat(Browser.location(browser.get(Paths.LOGIN))).isEqualTo(Paths.ACCOUNT);
    }

    @Test
    void whatIsTypedIsShownAsTextOnly() {
        HttpResponse<String> page = attempt("\"><script>alert(1)</script>", "x");
        assertThat(page.body()).doesNotContain("<script>").contains("&lt;script&gt;");
        assertThat(page.body()).doesNotContain("value=\"x\"");
    }

    @Test
    void anUnknownNameCostsAndSaysTheSameAsAWrongPassword() {
        HttpResponse<String> page = browser.get(Browser.location(browser.ask(Browser.question())));
        long before = house.provider.passwordWork();
        HttpResponse<String> wrong = attempt("ana", "not the password at all");
        long between = house.provider.passwordWork();
        HttpResponse<String> unknown = attempt("eve", "not the password at all");
        long after = house.provider.passwordWork();
        assertThat(between - before).isEqualTo(1);
        assertThat(after - between).isEqualTo(1);
        assertThat(wrong.statusCode()).isEqualTo(unknown.statusCode()).isEqualTo(422);
        assertThat(said(wrong).replace("ana", "")).isEqualTo(said(unknown).replace("eve", ""));
        assertThat(page.statusCode()).isEqualTo(200);
    }

    /// The page without what is new and random in each answer.
    private static String said(HttpResponse<String> page) {
        return page.body()
                .replaceAll("nonce=\"[^\"]{43}\"", "")
                .replaceAll("(&quot;challenge&quot;:&quot;)[A-Za-z0-9_-]+", "$1");
    }

    @Test
    void whoIsDisabledOrHasNoRoleIsToldNoMore() {
        house.account("eve");
        house.account("bob", "clerk");
        house.provider.accounts().disable("bob", true, House.OPERATOR);
        for (String name : new String[] {"eve", "bob"}) {
            HttpResponse<String> answer = attempt(name, House.PASSWORD);
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("do not belong together");
        }
    }

    @Test
    void whoGuessesIsSlowedDownAndTheOwnerIsNot() {
        browser.signIn("ana", Browser.question());
        Browser guesser = house.browser();
        guesser.headers.put("Forwarded", "for=192.0.2.66;proto=https");
        HttpResponse<String> answer = null;
        for (int guess = 0; guess <= ATTEMPTS; guess++) {
            answer = guesser.logIn(guesser.ask(Browser.question()), "ana", "guess number " + guess);
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(house.browser().code("ana")).isNotEmpty();
    }

    @Test
    void theEventNamesTheAddressThatTheGatewaySaw() {
        browser.headers.put("Ringwall-Request", "01JD0000000000000000000000");
        attempt("ana", "not the password at all");
        SecurityEvent.IdentityActed failed = (SecurityEvent.IdentityActed) house.events.getLast();
        assertThat(failed.who().address()).isEqualTo("198.51.100.7");
        assertThat(failed.header().request()).contains("01JD0000000000000000000000");
        assertThat(failed.toString()).doesNotContain("not the password at all");
    }

    @Test
    void onlyAClickSignsOutAndEverythingThatWasBoughtEnds() {
        String token =
                Browser.json(browser.buy(browser.code("ana"))).path("refresh_token").asString();
        String leave =
                Paths.LOGOUT
                        + "?"
                        + Answers.encoded(
                                Map.of(
                                        "client_id",
                                        "storefront",
                                        "post_logout_redirect_uri",
                                        "https://localhost:8443/"));
        HttpResponse<String> page = browser.get(leave);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(browser.post(leave, Map.of()).statusCode()).isEqualTo(200);
        assertThat(house.acts()).doesNotContain("SIGNED_OUT");
        HttpResponse<String> left =
                browser.post(Browser.action(page), Map.of("form", Browser.form(page)));
        assertThat(Browser.location(left)).isEqualTo("https://localhost:8443/");
        assertThat(house.acts()).contains("SIGNED_OUT");
        assertThat(browser.refresh(token).statusCode()).isEqualTo(400);
        assertThat(house.provider.revocations().current())
                .extracting(Revocation::kind)
                .containsExactly(Revocation.Kind.SID);
        assertThat(Browser.location(browser.ask(Browser.question()))).startsWith(Paths.LOGIN);
    }

    @Test
    void nobodyIsSentElsewhereAfterSigningOut() {
        HttpResponse<String> answer =
                browser.get(
                        Paths.LOGOUT
                                + "?client_id=storefront&post_logout_redirect_uri=https://elsewhere.example/");
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }
}
