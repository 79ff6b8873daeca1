package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.Factor;
import dev.ringwall.people.Holdings;
import dev.ringwall.testkit.HandClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the operator sees of people's second factors and logins, and ends.
class HoldingsTest {

    private static final Instant SINCE = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir Path folder;
    private final HandClock clock = HandClock.at(SINCE);
    private House house;
    private Browser browser;

    @BeforeEach
    void start() {
        house = House.in(folder, clock);
        house.blueprint.set(
                House.declared(
                        House.SHOP.replace("session: 30m }", "session: 30m, mfa: always }")));
        browser = house.browser();
        house.account("cleo", "clerk");
        house.account("ana", "shopper");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private Holdings holdings() {
        return house.provider.holdings();
    }

    private static HttpResponse<String> afterThePassword(Browser who) {
        HttpResponse<String> answer =
                who.logIn(who.ask(Browser.question()), "cleo", House.PASSWORD);
        return who.get(Browser.location(answer));
    }

    private void enrol() {
        HttpResponse<String> page = afterThePassword(browser);
        String code = AuthenticatorApp.of(page, clock).code();
        browser.post(
                Browser.action(page), java.util.Map.of("form", Browser.form(page), "code", code));
        clock.advance(Duration.ofSeconds(60));
    }

    @Test
    void secondFactorsAreSeenWithTheirAge() {
        assertThat(holdings().factors("cleo").orElseThrow()).isEmpty();
        enrol();
        assertThat(holdings().factors("Cleo").orElseThrow())
                .containsExactly(
                        new Factor(
                                Factor.Kind.APP,
                                "app",
                                "",
                                SINCE,
                                Optional.empty(),
                                OptionalInt.empty()),
                        new Factor(
                                Factor.Kind.RECOVERY_CODES,
                                "recovery-codes",
                                "",
                                SINCE,
                                Optional.empty(),
                                OptionalInt.of(10)));
        assertThat(holdings().factors("nobody")).isEmpty();
    }

    @Test
    void whoeverHoldsTheLostFactorIsOutBeforeItsOwnerAddsAnother() {
        enrol();
        String token = Browser.json(browser.buy(codeOf(browser))).path("refresh_token").asString();
        Browser onTheWay = house.browser();
        HttpResponse<String> half = afterThePassword(onTheWay);
        assertThat(holdings().removeFactors("cleo", House.OPERATOR))
                .isEqualTo(new Holdings.Outcome.Done(2));
        assertThat(browser.refresh(token).statusCode()).isEqualTo(400);
        assertThat(Browser.location(browser.ask(Browser.question()))).startsWith(Paths.LOGIN);
        assertThat(
                        onTheWay.post(
                                        Browser.action(half),
                                        java.util.Map.of(
                                                "form", Browser.form(half), "code", "123456"))
                                .statusCode())
                .isEqualTo(303);
        assertThat(house.provider.revocations().current()).isNotEmpty();
        assertThat(house.acts()).contains("FACTORS_REMOVED");
        assertThat(afterThePassword(house.browser()).body()).contains("<svg");
    }

    private static String codeOf(Browser who) {
        return Browser.query(Browser.location(who.ask(Browser.question()))).get("code");
    }

    @Test
    void loginsAreSeenWithWhereTheyBegan() {
        browser.headers.put("User-Agent", "Firefox on a boat ".repeat(50));
        browser.code("ana");
        Holdings.Login login = holdings().logins("ana").orElseThrow().getFirst();
        assertThat(login.place().address()).isEqualTo("198.51.100.7");
        assertThat(login.place().agent()).startsWith("Firefox on a boat").hasSize(200);
        assertThat(login.methods()).containsExactly("pwd");
        assertThat(login.until()).isEqualTo(login.since().plus(Duration.ofHours(8)));
        assertThat(browser.cookies.get(SessionCookie.NAME)).doesNotContain(login.sid());
        assertThat(holdings().logins("nobody")).isEmpty();
    }

    @Test
    void oneLoginEndsAndTheOtherStays() {
        Browser other = house.browser();
        browser.code("ana");
        clock.advance(Duration.ofSeconds(1));
        String token = Browser.json(other.buy(other.code("ana"))).path("refresh_token").asString();
        String newest = holdings().logins("ana").orElseThrow().getFirst().sid();
        assertThat(holdings().endLogins("ana", Optional.of(newest), House.OPERATOR))
                .isEqualTo(new Holdings.Outcome.Done(1));
        assertThat(other.refresh(token).statusCode()).isEqualTo(400);
        assertThat(Browser.location(other.ask(Browser.question()))).startsWith(Paths.LOGIN);
        assertThat(Browser.location(browser.ask(Browser.question()))).startsWith(Browser.CALLBACK);
        assertThat(house.acts()).contains("LOGINS_ENDED");
    }

    @Test
    void allLoginsOfAnAccountEndAndNobodyElses() {
        house.account("bob", "shopper");
        Browser bob = house.browser();
        bob.code("bob");
        browser.code("ana");
        String bobs = holdings().logins("bob").orElseThrow().getFirst().sid();
        assertThat(holdings().endLogins("ana", Optional.of(bobs), House.OPERATOR))
                .isEqualTo(new Holdings.Outcome.NoSuchLogin(bobs));
        assertThat(holdings().endLogins("ana", Optional.empty(), House.OPERATOR))
                .isEqualTo(new Holdings.Outcome.Done(1));
        assertThat(holdings().logins("ana").orElseThrow()).isEmpty();
        assertThat(Browser.location(bob.ask(Browser.question()))).startsWith(Browser.CALLBACK);
        assertThat(holdings().endLogins("eve", Optional.empty(), House.OPERATOR))
                .isEqualTo(new Holdings.Outcome.NoSuchAccount("eve"));
    }

    @Test
    void nothingEndsThatCannotBeRecorded() {
        browser.code("ana");
        house.losing.set(true);
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> holdings().endLogins("ana", Optional.empty(), House.OPERATOR))
                .isInstanceOf(dev.ringwall.people.NotRecorded.class);
        house.losing.set(false);
        assertThat(holdings().logins("ana").orElseThrow()).hasSize(1);
    }
}
