package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.HandClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Browsers in which the second factor is spared for a while, and who would have it spared elsewhere.
class RememberedBrowserTest {

    private static final String COOKIE = "__Host-ringwall-remembered";

    @TempDir Path folder;
    private final HandClock clock = HandClock.at(Instant.parse("2026-11-23T10:00:00Z"));
    private House house;
    private Browser ana;
    private final SoftPasskey phone = new SoftPasskey();

    @BeforeEach
    void start() {
        house = House.in(folder, clock);
        house.account("ana", "shopper");
        PasskeyHouse.adds(PasskeyHouse.signedIn(house.browser(), "ana"), phone, "phone");
        ana = house.browser();
        PasskeyHouse.password(ana, Paths.LOGIN, "ana");
        HttpResponse<String> page = ana.get(Paths.SECOND);
        HttpResponse<String> in =
                PasskeyHouse.answers(ana, page, phone.shown(page), "remember", "yes");
        assertThat(Browser.location(in)).isEqualTo(Paths.ACCOUNT);
        assertThat(in.headers().allValues("Set-Cookie"))
                .anyMatch(line ->
                        line.startsWith(COOKIE)
                                && line.contains("Secure; HttpOnly; SameSite=Lax")
                                && line.contains("Max-Age=2592000"));
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private String after(Browser who, String path, String name) {
        return Browser.location(PasskeyHouse.password(who, path, name));
    }

    @Test
    void thereThePasswordIsEnoughForThirtyDaysAndTheTokensSaySo() {
        clock.advance(Duration.ofDays(30).minusMinutes(1));
        assertThat(after(ana, Paths.LOGIN, "ana")).isEqualTo(Paths.ACCOUNT);
        String code = Browser.query(Browser.location(ana.ask(Browser.question()))).get("code");
        JsonNode claims =
                Browser.claims(Browser.json(ana.buy(code)).path("access_token").asString());
        assertThat(claims.path("acr").asString()).isEqualTo("urn:ringwall:acr:password");
        assertThat(claims.path("amr").toString()).isEqualTo("[\"pwd\"]");
        clock.advance(Duration.ofMinutes(1));
        ana.cookies.remove(SessionCookie.NAME);
        assertThat(after(ana, Paths.LOGIN, "ana")).isEqualTo(Paths.SECOND);
    }

    @Test
    void nobodyIsRememberedWhoDidNotSaySo() {
        Browser other = house.browser();
        PasskeyHouse.password(other, Paths.LOGIN, "ana");
        HttpResponse<String> page = other.get(Paths.SECOND);
        PasskeyHouse.answers(other, page, phone.shown(page));
        assertThat(other.cookies).doesNotContainKey(COOKIE);
    }

    @Test
    void whoeverWantsBothGetsBoth() {
        ana.cookies.remove(SessionCookie.NAME);
        Map<String, String> wishing = Browser.question();
        wishing.put("acr_values", TokenMint.ACR_TWICE);
        HttpResponse<String> asked = ana.ask(wishing);
        assertThat(Browser.location(ana.logIn(asked, "ana", House.PASSWORD)))
                .startsWith(Paths.SECOND);
        house.blueprint.set(
                House.declared(House.SHOP.replace("session: 8h }", "session: 8h, mfa: always }")));
        assertThat(after(ana, Paths.LOGIN, "ana")).isEqualTo(Paths.SECOND);
        assertThat(ana.get(Paths.SECOND).body()).doesNotContain("Do not ask");
    }

    @Test
    void aSparedLoginChangesNoSecondFactorUntilItIsShown() {
        ana.cookies.remove(SessionCookie.NAME);
        assertThat(after(ana, Paths.LOGIN, "ana")).isEqualTo(Paths.ACCOUNT);
        assertThat(Browser.location(ana.get(Paths.ACCOUNT_PASSKEY))).isEqualTo(Paths.LOGIN_AGAIN);
        assertThat(Browser.location(ana.get(Paths.ACCOUNT_APP))).isEqualTo(Paths.LOGIN_AGAIN);
        assertThat(Browser.location(PasskeyHouse.act(ana, "new-codes", "")))
                .isEqualTo(Paths.LOGIN_AGAIN);
        assertThat(after(ana, Paths.LOGIN_AGAIN, "ana")).isEqualTo(Paths.SECOND);
        HttpResponse<String> page = ana.get(Paths.SECOND);
        PasskeyHouse.answers(ana, page, phone.shown(page));
        assertThat(ana.get(Paths.ACCOUNT_PASSKEY).statusCode()).isEqualTo(200);
    }

    @Test
    void whatOneAccountIsRememberedByIsWorthNothingToAnother() {
        house.account("eve", "shopper");
        SoftPasskey key = new SoftPasskey();
        PasskeyHouse.adds(PasskeyHouse.signedIn(house.browser(), "eve"), key, "key");
        Browser thief = house.browser();
        thief.cookies.put(COOKIE, ana.cookies.get(COOKIE));
        assertThat(after(thief, Paths.LOGIN, "eve")).isEqualTo(Paths.SECOND);
        thief.cookies.put(COOKIE, "x".repeat(43));
        assertThat(after(thief, Paths.LOGIN, "ana")).isEqualTo(Paths.SECOND);
    }

    @Test
    void itIsSeenAndEndedOnTheAccountPage() {
        assertThat(ana.get(Paths.ACCOUNT).body())
                .contains("Where it is not asked for", "until 23 Dec 2026, 10:00 UTC");
        String account = house.provider.accounts().list().getFirst().id();
        String id = house.provider.directory().rememberedBrowsers().of(account).getFirst().id();
        assertThat(PasskeyHouse.act(ana, "forget-browser", id).body())
                .contains("asked for there again")
                .doesNotContain("Where it is not asked for");
        assertThat(house.acts()).contains("BROWSERS_FORGOTTEN");
        ana.cookies.remove(SessionCookie.NAME);
        assertThat(after(ana, Paths.LOGIN, "ana")).isEqualTo(Paths.SECOND);
    }

    @Test
    void nobodyEndsItForSomebodyElse() {
        house.account("eve", "shopper");
        Browser eve = PasskeyHouse.signedIn(house.browser(), "eve");
        String account = house.provider.accounts().list().getFirst().id();
        var remembered = house.provider.directory().rememberedBrowsers();
        PasskeyHouse.act(eve, "forget-browser", remembered.of(account).getFirst().id());
        PasskeyHouse.act(eve, "forget-browsers", "");
        assertThat(remembered.of(account)).hasSize(1);
    }

    @Test
    void aNewPasswordEndsItWhoeverSetsIt() {
        String next = "green kettle on a cold shelf";
        String form = Browser.form(ana.get(Paths.ACCOUNT));
        ana.post(
                Paths.ACCOUNT,
                Map.of(
                        "form",
                        form,
                        "act",
                        "password",
                        "current",
                        House.PASSWORD,
                        "next",
                        next,
                        "again",
                        next));
        assertThat(house.acts()).contains("PASSWORD_SET");
        String account = house.provider.accounts().list().getFirst().id();
        assertThat(house.provider.directory().rememberedBrowsers().of(account)).isEmpty();
        house.provider.accounts().setPassword("ana", House.PASSWORD, House.OPERATOR);
        assertThat(after(ana, Paths.LOGIN, "ana")).isEqualTo(Paths.SECOND);
    }

    @Test
    void theOperatorSeesItAndEndsIt() {
        assertThat(house.provider.holdings().factors("ana").orElseThrow().toString())
                .contains("REMEMBERED_BROWSER");
        house.provider.holdings().endLogins("ana", Optional.empty(), House.OPERATOR);
        assertThat(house.provider.holdings().factors("ana").orElseThrow().toString())
                .doesNotContain("REMEMBERED_BROWSER");
        assertThat(after(ana, Paths.LOGIN, "ana")).isEqualTo(Paths.SECOND);
    }
}
