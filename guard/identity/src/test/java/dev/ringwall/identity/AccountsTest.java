package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.Accounts;
import dev.ringwall.people.ApiKeys;
import dev.ringwall.people.MachineClients;
import dev.ringwall.people.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Accounts, machine clients and API keys, and what of them outlives what.
class AccountsTest {

    @TempDir Path folder;
    private House house;

    @BeforeEach
    void start() {
        house = House.in(folder);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private Accounts.Outcome create(String name, String role, String password) {
        return house.provider.accounts().create(name, List.of(role), password, House.OPERATOR);
    }

    @Test
    void aNameIsTakenWhateverItsCase() {
        house.account("Ana", "shopper");
        assertThat(create("ana", "shopper", House.PASSWORD))
                .isInstanceOf(Accounts.Outcome.NameTaken.class);
        assertThat(create("ＡＮＡ", "shopper", House.PASSWORD))
                .isInstanceOf(Accounts.Outcome.NameTaken.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"warehouse", "courier", "nobody"})
    void onlyRolesThatPeopleLogInToAreGiven(String role) {
        assertThat(create("ana", role, House.PASSWORD))
                .isInstanceOf(Accounts.Outcome.Unusable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fourteen chars",
                "aaaaaaaaaaaaaaaaaaaa",
                "abcabcabcabcabcabc",
                "123456789012345",
                "qwertyuiopasdfghjkl",
                "Correct Horse Battery Staple",
                "AnastasiaAnastasia",
                "P@ssw0rd123456789",
                "sunshineprincess",
                "liverpool1234567",
                "ShopShop12345678",
                "unbreakable12345",
            })
    void thePasswordsThatAnybodyWouldTryFirstAreNotSet(String password) {
        assertThat(create("anastasia", "shopper", password))
                .isInstanceOf(Accounts.Outcome.Unusable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fifteen letters",
                "      spaces and more      ",
                "прекрасный летний день",
                "🦊🦊 und 🐢🐢 im Garten",
                "a-password-of-more-than-sixty-four-characters-is-as-good-as-any-other-one",
            })
    void longPasswordsOfAnyCharactersAreSet(String password) {
        assertThat(create("ana", "shopper", password)).isInstanceOf(Accounts.Outcome.Done.class);
    }

    @Test
    void thePasswordTypedOnAnotherKeyboardIsTheSame() {
        create("ana", "shopper", "caf\u00e9 au lait le matin");
        Browser browser = house.browser();
        assertThat(
                        browser.logIn(
                                        browser.ask(Browser.question()),
                                        "ana",
                                        "cafe\u0301 au lait le matin")
                                .statusCode())
                .isEqualTo(303);
    }

    @Test
    void aNewPasswordEndsWhatTheOldOneBegan() {
        house.account("ana", "shopper");
        Browser browser = house.browser();
        String token =
                Browser.json(browser.buy(browser.code("ana"))).path("refresh_token").asString();
        house.provider
                .accounts()
                .setPassword("ana", "green kettle on a cold shelf", House.OPERATOR);
        assertThat(browser.refresh(token).statusCode()).isEqualTo(400);
        assertThat(Browser.location(browser.ask(Browser.question()))).startsWith(Paths.LOGIN);
        assertThat(house.provider.accounts().setPassword("eve", House.PASSWORD, House.OPERATOR))
                .isEqualTo(new Accounts.Outcome.Unknown("eve"));
    }

    @Test
    void aKeyIsShownOnceAndKnownByItsHash() {
        var made =
                (ApiKeys.Outcome.Created) house.provider.keys().create("warehouse", House.OPERATOR);
        assertThat(made.toString()).doesNotContain(made.shown());
        ApiKeys.Key key = house.provider.keys().accepted().getFirst();
        assertThat(key.sha256()).isEqualTo(Secrets.sha256(made.shown()));
        assertThat(key.from()).containsExactly("203.0.113.0/24");
        assertThat(Duration.between(key.created(), key.expires().orElseThrow()))
                .isEqualTo(Duration.ofDays(90));
        int before = house.changes.get();
        house.provider.keys().revoke(key.id(), House.OPERATOR);
        assertThat(house.provider.keys().accepted()).isEmpty();
        assertThat(house.provider.keys().list().getFirst().revoked()).isTrue();
        assertThat(house.changes.get()).isGreaterThan(before);
        assertThat(house.provider.keys().create("shopper", House.OPERATOR))
                .isEqualTo(new ApiKeys.Outcome.NoSuchRole("shopper"));
    }

    @Test
    void aRestartForgetsNothing() {
        house.account("ana", "shopper");
        house.provider.keys().create("warehouse", House.OPERATOR);
        var client =
                (MachineClients.Outcome.Created)
                        house.provider.clients().create("courier", House.OPERATOR);
        Browser browser = house.browser();
        String code = browser.code("ana");
        String token =
                Browser.json(browser.buy(browser.code("ana"))).path("refresh_token").asString();
        house.provider.accounts().disable("bob", true, House.OPERATOR);
        house.restart();
        Browser after = house.browser();
        after.cookies.putAll(browser.cookies);
        assertThat(after.buy(code).statusCode()).isEqualTo(200);
        assertThat(after.refresh(token).statusCode()).isEqualTo(200);
        assertThat(Browser.location(after.ask(Browser.question()))).startsWith(Browser.CALLBACK);
        assertThat(
                        after.asClient(
                                        client,
                                        Paths.TOKEN,
                                        java.util.Map.of("grant_type", "client_credentials"))
                                .statusCode())
                .isEqualTo(200);
        assertThat(house.provider.keys().accepted()).hasSize(1);
        assertThat(after.refresh(token).statusCode()).isEqualTo(400);
    }

    @Test
    void noSecretLiesInTheDatabase() throws Exception {
        house.account("ana", "shopper");
        Browser browser = house.browser();
        var key =
                (ApiKeys.Outcome.Created) house.provider.keys().create("warehouse", House.OPERATOR);
        var client =
                (MachineClients.Outcome.Created)
                        house.provider.clients().create("courier", House.OPERATOR);
        String code = browser.code("ana");
        var tokens = Browser.json(browser.buy(code));
        String all = house.everythingKept(folder);
        assertThat(all)
                .contains("argon2id")
                .doesNotContain(
                        House.PASSWORD,
                        key.shown(),
                        client.secret(),
                        code,
                        tokens.path("access_token").asString(),
                        tokens.path("refresh_token").asString(),
                        browser.cookies.get(SessionCookie.NAME));
    }
}
