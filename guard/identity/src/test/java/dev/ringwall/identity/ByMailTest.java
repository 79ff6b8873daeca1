package dev.ringwall.identity;

import static dev.ringwall.identity.MailForms.NEXT;
import static dev.ringwall.identity.MailForms.ask;
import static dev.ringwall.identity.MailForms.signIn;
import static dev.ringwall.identity.MailForms.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.HandClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is done with codes out of letters, and by whom it is not.
class ByMailTest {

    private static final String ANA = "ana@example.org";

    @TempDir Path folder;
    private final HandClock clock = HandClock.at(Instant.parse("2026-11-23T10:00:00Z"));
    private House house;
    private Browser browser;

    @BeforeEach
    void start() {
        house = House.in(folder, clock);
        declare("open, role: shopper");
        house.account("ana", "shopper");
        browser = house.browser();
        hasAddress("ana", ANA);
        browser = house.browser();
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private void declare(String who) {
        house.blueprint.set(House.declared(MailForms.declaration(who)));
    }

    private void hasAddress(String name, String address) {
        signIn(browser, name, House.PASSWORD);
        assertThat(ask(browser, MailTask.ADDRESS, address).statusCode()).isEqualTo(303);
        String code = Letters.code(house.letters.to(address, "Your address"));
        assertThat(Browser.location(type(browser, MailTask.ADDRESS, "code", code)))
                .isEqualTo(Paths.ACCOUNT);
        assertThat(browser.get(Paths.ACCOUNT).body()).contains(address);
    }

    private String asked(Browser who) {
        assertThat(Browser.location(ask(who, MailTask.FORGOTTEN, "ana")))
                .isEqualTo("/auth/forgotten?step=code");
        return Letters.code(house.letters.to(ANA, "A new password"));
    }

    @Test
    void aForgottenPasswordIsSetByACodeAndEndsEveryLogin() {
        Browser before = house.browser();
        signIn(before, "ana", House.PASSWORD);
        String code = asked(browser);
        assertThat(Browser.location(type(browser, MailTask.FORGOTTEN, "code", code, "next", NEXT)))
                .isEqualTo(Paths.LOGIN);
        assertThat(Browser.location(before.get(Paths.ACCOUNT))).isEqualTo(Paths.LOGIN);
        assertThat(Browser.location(browser.get(Paths.ACCOUNT))).isEqualTo(Paths.LOGIN);
        assertThat(signIn(house.browser(), "ana", House.PASSWORD).statusCode()).isEqualTo(422);
        assertThat(Browser.location(signIn(house.browser(), "ana", NEXT))).isEqualTo(Paths.ACCOUNT);
        assertThat(house.letters.to(ANA, "Your password was changed").text())
                .contains("198.51.100.7");
        assertThat(house.acts()).contains("PASSWORD_SET");
    }

    @Test
    void anAccountIsFoundByItsAddressToo() {
        ask(browser, MailTask.FORGOTTEN, "ANA@example.org");
        assertThat(house.letters.to(ANA, "A new password").text())
                .contains("as ana", "198.51.100.7");
    }

    @Test
    void nothingTellsWhetherThereIsSuchAnAccount() {
        house.account("bob", "shopper");
        Browser eve = house.browser();
        HttpResponse<String> known = ask(browser, MailTask.FORGOTTEN, "ana");
        HttpResponse<String> withoutAddress = ask(eve, MailTask.FORGOTTEN, "bob");
        HttpResponse<String> unknown = ask(house.browser(), MailTask.FORGOTTEN, "nobody");
        for (HttpResponse<String> other : List.of(withoutAddress, unknown)) {
            assertThat(other.statusCode()).isEqualTo(known.statusCode());
            assertThat(other.body()).isEqualTo(known.body());
            assertThat(Browser.location(other)).isEqualTo(Browser.location(known));
        }
        String wrong = "AAAA-BBBB-CCCC-DDDD";
        String one = type(browser, MailTask.FORGOTTEN, "code", wrong, "next", NEXT).body();
        String two = type(eve, MailTask.FORGOTTEN, "code", wrong, "next", NEXT).body();
        assertThat(one.replaceAll("name=\"form\" value=\"[^\"]*\"", ""))
                .isEqualTo(two.replaceAll("name=\"form\" value=\"[^\"]*\"", ""));
        house.letters.to(ANA, "A new password");
        assertThat(house.letters.arrived).isEmpty();
    }

    @Test
    void aCodeIsGoodOnceInTheBrowserThatAskedForIt() {
        String code = asked(browser);
        assertThat(
                        type(house.browser(), MailTask.FORGOTTEN, "code", code, "next", NEXT)
                                .statusCode())
                .isEqualTo(422);
        assertThat(
                        type(
                                        browser,
                                        MailTask.FORGOTTEN,
                                        "code",
                                        code.toLowerCase(java.util.Locale.ROOT).replace("-", " "),
                                        "next",
                                        NEXT)
                                .statusCode())
                .isEqualTo(303);
        assertThat(type(browser, MailTask.FORGOTTEN, "code", code, "next", NEXT).statusCode())
                .isEqualTo(422);
    }

    @Test
    void aCodeIsWorthNothingOnceTheAccountHasChangedOrTimeIsUp() {
        String code = asked(browser);
        house.provider.accounts().setPassword("ana", "quiet barn under a red moon", House.OPERATOR);
        assertThat(type(browser, MailTask.FORGOTTEN, "code", code, "next", NEXT).statusCode())
                .isEqualTo(422);
        Browser late = house.browser();
        String other = asked(late);
        clock.advance(Duration.ofMinutes(20));
        assertThat(type(late, MailTask.FORGOTTEN, "code", other, "next", NEXT).statusCode())
                .isEqualTo(422);
        Browser shut = house.browser();
        String third = asked(shut);
        house.provider.accounts().disable("ana", true, House.OPERATOR);
        assertThat(type(shut, MailTask.FORGOTTEN, "code", third, "next", NEXT).statusCode())
                .isEqualTo(422);
    }

    @Test
    void whoGuessesCodesHasFewTries() {
        String code = asked(browser);
        for (int i = 0; i < 10; i++) {
            type(browser, MailTask.FORGOTTEN, "code", "AAAA-BBBB-CCCC-DDDD", "next", NEXT);
        }
        assertThat(type(browser, MailTask.FORGOTTEN, "code", code, "next", NEXT).statusCode())
                .isEqualTo(422);
    }

    @Test
    void whoAsksForLettersWithoutEndIsSlowedDownAlsoForNobody() {
        for (String name : List.of("ana", "nobody")) {
            for (int i = 0; i < 5; i++) {
                assertThat(ask(browser, MailTask.FORGOTTEN, name).statusCode()).isEqualTo(303);
            }
            assertThat(ask(browser, MailTask.FORGOTTEN, name).statusCode()).isEqualTo(429);
        }
    }

    @Test
    void onePersonGetsFewLettersHoweverTheNameIsSpelt() {
        List<String> spelt =
                List.of(
                        "ana",
                        "\uff41na",
                        "a\uff4ea",
                        "an\uff41",
                        "\uff41\uff4ea",
                        "ANA@example.org");
        for (String name : spelt) {
            assertThat(ask(browser, MailTask.FORGOTTEN, name).statusCode()).isEqualTo(303);
        }
        clock.advance(Duration.ofSeconds(1));
        ask(browser, MailTask.REGISTER, "last@example.org");
        house.letters.to("last@example.org", "Your account");
        assertThat(house.letters.arrived)
                .filteredOn(letter -> letter.to().equals(ANA))
                .filteredOn(letter -> letter.subject().startsWith("A new password"))
                .hasSize(5);
    }

    @Test
    void theSecondFactorIsAskedForAfterANewPassword() {
        house.account("cleo", "clerk");
        Browser cleo = house.browser();
        HttpResponse<String> page =
                cleo.get(Browser.location(signIn(cleo, "cleo", House.PASSWORD)));
        AuthenticatorApp app = AuthenticatorApp.of(page, clock);
        cleo.post(Paths.SECOND, Map.of("form", Browser.form(page), "code", app.code()));
        ask(cleo, MailTask.ADDRESS, "cleo@example.org");
        type(
                cleo,
                MailTask.ADDRESS,
                "code",
                Letters.code(house.letters.to("cleo@example.org", "Your address")));
        Browser thief = house.browser();
        ask(thief, MailTask.FORGOTTEN, "cleo");
        String code = Letters.code(house.letters.to("cleo@example.org", "A new password"));
        type(thief, MailTask.FORGOTTEN, "code", code, "next", NEXT);
        assertThat(Browser.location(thief.get(Paths.ACCOUNT))).isEqualTo(Paths.LOGIN);
        HttpResponse<String> after = signIn(thief, "cleo", NEXT);
        assertThat(Browser.location(after)).isEqualTo(Paths.SECOND);
        assertThat(thief.get(Paths.SECOND).body()).doesNotContain("<svg");
    }

    @Test
    void aNewBrowserIsToldToTheOwnerByLetter() {
        Browser other = house.browser();
        other.headers.put("User-Agent", "Netscape 4");
        signIn(other, "ana", House.PASSWORD);
        assertThat(house.letters.to(ANA, "new browser").text())
                .contains("Netscape 4", "198.51.100.7");
    }

    @Test
    void aLetterThatIsNotTakenIsTriedAgainAndLiesSealedMeanwhile() throws Exception {
        house.letters.refusing.set(true);
        ask(browser, MailTask.FORGOTTEN, "ana");
        while (house.letters.refused.get() == 0) {
            Thread.sleep(20);
        }
        assertThat(house.everythingKept(folder)).doesNotContain("Somebody at 198.51.100.7");
        house.letters.refusing.set(false);
        assertThat(
                        Letters.code(
                                house.letters.to(
                                        ANA,
                                        "A new password",
                                        () -> clock.advance(Duration.ofSeconds(10)))))
                .hasSize(19);
    }
}
