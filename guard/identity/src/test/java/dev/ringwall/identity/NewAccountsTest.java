package dev.ringwall.identity;

import static dev.ringwall.identity.MailForms.NEXT;
import static dev.ringwall.identity.MailForms.ask;
import static dev.ringwall.identity.MailForms.signIn;
import static dev.ringwall.identity.MailForms.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.ByMail;
import dev.ringwall.people.Letter;
import dev.ringwall.testkit.HandClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who makes an account for themselves, and who does not.
class NewAccountsTest {

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
        MailForms.address(house, house.browser(), "ana", ANA);
        browser = house.browser();
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private void declare(String who) {
        house.blueprint.set(House.declared(MailForms.declaration(who)));
    }

    @Test
    void whoReadsTheLettersOfAnAddressMakesAnAccount() {
        assertThat(browser.get(Paths.LOGIN).body()).contains(Paths.REGISTER, Paths.FORGOTTEN);
        ask(browser, MailTask.REGISTER, "bea@example.org");
        String code = Letters.code(house.letters.to("bea@example.org", "Your account"));
        assertThat(house.provider.accounts().list()).hasSize(1);
        assertThat(
                        type(browser, MailTask.REGISTER, "code", code, "name", "ana", "next", NEXT)
                                .body())
                .contains("somebody else is called ana");
        assertThat(
                        Browser.location(
                                type(
                                        browser,
                                        MailTask.REGISTER,
                                        "code",
                                        code,
                                        "name",
                                        "bea",
                                        "next",
                                        NEXT)))
                .isEqualTo(Paths.LOGIN);
        assertThat(Browser.location(signIn(house.browser(), "bea", NEXT))).isEqualTo(Paths.ACCOUNT);
        assertThat(house.provider.accounts().list().getLast().roles()).containsExactly("shopper");
    }

    @Test
    void anAddressThatHasAnAccountIsToldSoInALetterAndNowhereElse() {
        HttpResponse<String> known = ask(browser, MailTask.REGISTER, ANA);
        HttpResponse<String> unknown = ask(house.browser(), MailTask.REGISTER, "new@example.org");
        assertThat(known.statusCode()).isEqualTo(unknown.statusCode());
        assertThat(Browser.location(known)).isEqualTo(Browser.location(unknown));
        Letter letter = house.letters.to(ANA, "You have an account");
        assertThat(letter.text()).doesNotContainPattern("[A-Z2-7]{4}-[A-Z2-7]{4}");
    }

    @Test
    void nobodyMakesAnAccountWhereTheDeclarationDoesNotSaySo() {
        declare("invite");
        assertThat(browser.get(Paths.REGISTER).statusCode()).isEqualTo(404);
        assertThat(browser.get(Paths.LOGIN).body()).doesNotContain(Paths.REGISTER);
        declare("closed");
        assertThat(browser.get(Paths.INVITED).statusCode()).isEqualTo(404);
        assertThat(house.provider.invite("bea@example.org", List.of("clerk"), House.OPERATOR))
                .isInstanceOf(ByMail.Asking.Closed.class);
        house.letters.there.set(false);
        assertThat(browser.get(Paths.FORGOTTEN).statusCode()).isEqualTo(404);
        assertThat(browser.get(Paths.LOGIN).body()).doesNotContain(Paths.FORGOTTEN);
    }

    @Test
    void whoIsInvitedMakesTheAccountOnceWithTheRolesOfTheInvitation() {
        declare("invite");
        assertThat(house.provider.invite("bea@example.org", List.of("clerk"), House.OPERATOR))
                .isInstanceOf(ByMail.Asking.Begun.class);
        Letter letter = house.letters.to("bea@example.org", "You are invited");
        assertThat(letter.text()).contains("https://localhost:8443/auth/invited");
        String code = Letters.code(letter);
        assertThat(accept("eve@example.org", code, "eve").statusCode()).isEqualTo(422);
        assertThat(accept("bea@example.org", "AAAA-BBBB-CCCC-DDDD", "eve").statusCode())
                .isEqualTo(422);
        clock.advance(Duration.ofDays(6));
        assertThat(accept("bea@example.org", code, "bea").statusCode()).isEqualTo(303);
        assertThat(accept("bea@example.org", code, "bea2").statusCode()).isEqualTo(422);
        assertThat(house.provider.accounts().list().getLast().roles()).containsExactly("clerk");
        assertThat(house.acts()).contains("ACCOUNT_INVITED", "ACCOUNT_CREATED");
        assertThat(Browser.location(signIn(house.browser(), "bea", NEXT))).isEqualTo(Paths.SECOND);
    }

    @Test
    void anAddressThatCouldEndAHeaderIsNone() {
        for (String typed : List.of("a@b\r\nBcc: eve@example.org", "a@b, c@d", "<a@b>", "a", "@")) {
            assertThat(ask(browser, MailTask.REGISTER, typed).statusCode()).isEqualTo(422);
        }
    }

    private HttpResponse<String> accept(String address, String code, String name) {
        return type(
                house.browser(),
                MailTask.INVITED,
                "who",
                address,
                "code",
                code,
                "name",
                name,
                "next",
                NEXT);
    }
}
