package dev.ringwall.identity;

import static dev.ringwall.identity.MailForms.NEXT;
import static dev.ringwall.identity.MailForms.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.HandClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whose account it is gets a letter where what proves who they are has changed, so that nobody loses an account without noticing.
class ToldByLetterTest {

    private static final String ANA = "ana@example.org";
    private static final String ADDED = "An authenticator app was added";

    @TempDir Path folder;
    private final HandClock clock = HandClock.at(Instant.parse("2026-11-23T10:00:00Z"));
    private House house;
    private Browser ana;

    @BeforeEach
    void start() {
        house = House.in(folder, clock);
        house.blueprint.set(House.declared(MailForms.declaration("open, role: shopper")));
        house.account("ana", "shopper");
        ana = house.browser();
        MailForms.address(house, ana, "ana", ANA);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private void act(String... fields) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("form", Browser.form(ana.get(Paths.ACCOUNT)));
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        assertThat(ana.post(Paths.ACCOUNT, form).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> code(Browser who, HttpResponse<String> page, String code) {
        return who.post(Browser.action(page), Map.of("form", Browser.form(page), "code", code));
    }

    private void isTold(String subject) {
        assertThat(house.letters.to(ANA, subject).text())
                .contains("198.51.100.7", "If it was not you, set a new password");
    }

    @Test
    void ofAnAppThatIsAddedOrRemovedAndOfOtherRecoveryCodes() {
        HttpResponse<String> page = ana.get(Paths.ACCOUNT_APP);
        AuthenticatorApp app = AuthenticatorApp.of(page, clock);
        assertThat(code(ana, page, app.wrong()).statusCode()).isEqualTo(422);
        assertThat(code(ana, page, app.code()).statusCode()).isEqualTo(200);
        isTold(ADDED);
        act("act", "new-codes");
        isTold("Other recovery codes were made");
        act("act", "remove-app");
        isTold("An authenticator app was removed");
        assertThat(house.letters.arrived)
                .as("the wrong code changed nothing")
                .noneMatch(letter -> letter.subject().contains(ADDED));
    }

    @Test
    void ofASecondFactorThatTheOperatorTookAway() {
        HttpResponse<String> page = ana.get(Paths.ACCOUNT_APP);
        code(ana, page, AuthenticatorApp.of(page, clock).code());
        house.provider.holdings().removeOne("ana", "app", House.OPERATOR);

        assertThat(house.letters.to(ANA, "A second factor was removed").text())
                .contains(
                        "The authenticator app of your account counts no more.",
                        "done by whoever administers shop")
                .doesNotContain("198.51.100.7");

        ana = house.browser();
        signIn(ana, "ana", House.PASSWORD);
        page = ana.get(Paths.ACCOUNT_APP);
        code(ana, page, AuthenticatorApp.of(page, clock).code());
        house.provider.holdings().removeFactors("ana", House.OPERATOR);
        assertThat(house.letters.to(ANA, "Your second factors were removed").text())
                .contains("If you did not ask for it, tell them.");
    }

    @Test
    void ofANewPassword() {
        act("act", "password", "current", House.PASSWORD, "next", NEXT, "again", NEXT);
        isTold("Your password was changed");
    }

    @Test
    void ofAnAppThatWasAddedByWhoKnewThePassword() {
        house.blueprint.set(
                House.declared(
                        MailForms.declaration("open, role: shopper")
                                .replace(
                                        "shopper:   { login: password",
                                        "shopper:   { login: password, mfa: always")));
        Browser other = house.browser();
        HttpResponse<String> page =
                other.get(Browser.location(signIn(other, "ana", House.PASSWORD)));
        assertThat(code(other, page, AuthenticatorApp.of(page, clock).code()).statusCode())
                .isEqualTo(200);
        isTold(ADDED);
    }
}
