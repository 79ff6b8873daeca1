package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.Account;
import dev.ringwall.testkit.HandClock;
import java.io.IOException;
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
import tools.jackson.databind.JsonNode;

/// People who come by an OpenID provider of others: who gets in, to which account, and with which roles.
class SsoTest {

    private final HandClock clock = HandClock.at(Instant.parse("2026-11-29T12:00:00Z"));
    private Elsewhere acme;
    private House house;
    private Browser browser;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        acme = new Elsewhere(clock);
        house = House.in(folder, clock);
        house.secrets.put("acme-client", Elsewhere.SECRET);
        declare(", accounts: create");
        browser = house.browser();
    }

    @AfterEach
    void stop() {
        house.close();
        acme.close();
    }

    private void declare(String more) {
        house.blueprint.set(House.declared(Acme.declaration(acme, more)));
    }

    private List<String> names() {
        return house.provider.accounts().list().stream().map(Account::name).toList();
    }

    @Test
    void somebodyFromElsewhereSignsInWithTheRolesThatTheClaimsGive() {
        JsonNode claims = Acme.claims(browser, acme);

        assertThat(claims.path("roles").toString()).isEqualTo("[\"staff\"]");
        assertThat(claims.path("scope").asString("")).isEqualTo("openid orders.read");
        assertThat(claims.path("acr").asString("")).isEqualTo(TokenMint.ACR_OUTSIDE);
        assertThat(claims.path("amr").toString()).isEqualTo("[\"fed\"]");
        assertThat(names()).containsExactly("acme:Ana at Acme");
        assertThat(house.acts()).contains("ACCOUNT_CREATED", "SIGNED_IN");
    }

    @Test
    void theSamePersonComesToTheSameAccountAndAnotherToAnother() {
        String first = Acme.claims(browser, acme).path("sub").asString("");
        String again = Acme.claims(house.browser(), acme).path("sub").asString("");
        acme.subject = "u-18";
        String other = Acme.claims(house.browser(), acme).path("sub").asString("");

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
        assertThat(names()).hasSize(2);
    }

    @Test
    void aRoleIsGoneWhenTheClaimIsAtTheNextLogin() {
        Acme.claims(browser, acme);
        acme.claims = Map.of("groups", List.of("other"));

        HttpResponse<String> back = Acme.signIn(house.browser(), acme);

        assertThat(back.statusCode()).isEqualTo(403);
        assertThat(back.body()).contains("allows nothing here");
        assertThat(house.acts()).contains("SIGN_IN_FAILED");
    }

    @Test
    void aRoleIsGoneAtOnceWhenTheDeclarationGivesItNoMore() {
        Acme.claims(browser, acme);
        assertThat(browser.get(Paths.ACCOUNT).statusCode()).isEqualTo(200);

        house.blueprint.set(
                House.declared(
                        Acme.declaration(acme, ", accounts: create")
                                .replace(
                                        "staff: [groups=shop], boss: [groups=bosses]",
                                        "boss: [groups=bosses]")
                                .replace("  staff:     { login: sso, session: 1h }\n", "")
                                .replace(", staff]", "]")));

        assertThat(browser.get(Paths.ACCOUNT).statusCode()).isEqualTo(303);
    }

    @Test
    void nobodyComesInWhoIsNotLinkedWhereNothingIsSaid() {
        declare("");
        house.account("Ana at Acme", "shopper");

        HttpResponse<String> back = Acme.signIn(browser, acme);

        assertThat(back.statusCode()).isEqualTo(403);
        assertThat(back.body()).contains("Nobody here is linked");
        assertThat(names()).containsExactly("Ana at Acme");
    }

    @Test
    void anAddressOrANameInCommonOpensNoAccount() {
        Account ana = house.account("ana@acme.example", "shopper");
        acme.claims =
                Map.of(
                        "groups",
                        List.of("shop"),
                        "email",
                        "ana@acme.example",
                        "email_verified",
                        true,
                        "preferred_username",
                        "ana@acme.example");

        JsonNode claims = Acme.claims(browser, acme);

        assertThat(claims.path("sub").asString("")).isNotEqualTo(ana.id());
        assertThat(names()).containsExactly("acme:ana@acme.example", "ana@acme.example");
    }

    @Test
    void aLinkIsMadeByWhoHasJustSignedInHereAndHasTheRolesOfEachWayInApart() {
        declare("");
        Account ana = house.account("ana", "shopper", "clerk");
        MailForms.signIn(browser, "ana", House.PASSWORD);
        assertThat(Browser.location(Acme.link(browser, acme))).isEqualTo(Paths.ACCOUNT_SSO);
        assertThat(browser.get(Paths.ACCOUNT_SSO).body()).contains("as u-17").contains("Unlink");

        JsonNode elsewhere = Acme.claims(house.browser(), acme);
        Browser own = house.browser();
        JsonNode here =
                Browser.claims(
                        Browser.json(own.buy(own.code("ana"))).path("access_token").asString(""));

        assertThat(elsewhere.path("sub").asString("")).isEqualTo(ana.id());
        assertThat(elsewhere.path("roles").toString()).isEqualTo("[\"staff\"]");
        assertThat(here.path("roles").toString()).isEqualTo("[\"clerk\",\"shopper\"]");
        assertThat(house.acts()).contains("ACCOUNT_LINKED");
    }

    @Test
    void aLinkIsNotMadeByALoginThatIsOldOrThatAnotherBeganOrThatStandsOnTheProvider() {
        declare("");
        house.account("ana", "shopper");
        house.account("eve", "shopper");
        MailForms.signIn(browser, "ana", House.PASSWORD);
        clock.advance(Duration.ofMinutes(11));
        HttpResponse<String> page = browser.get(Paths.ACCOUNT_SSO);
        HttpResponse<String> old =
                browser.post(
                        Paths.ACCOUNT_SSO,
                        Map.of("form", Browser.form(page), "act", "link", "which", "acme"));
        assertThat(Browser.location(old)).isEqualTo(Paths.LOGIN_AGAIN);

        browser = house.browser();
        MailForms.signIn(browser, "ana", House.PASSWORD);
        Acme.link(browser, acme);
        Browser eve = house.browser();
        MailForms.signIn(eve, "eve", House.PASSWORD);
        HttpResponse<String> taken = Acme.link(eve, acme);
        assertThat(taken.statusCode()).isEqualTo(403);
        assertThat(taken.body()).contains("linked to another account");

        Browser outside = house.browser();
        Acme.claims(outside, acme);
        HttpResponse<String> there = outside.get(Paths.ACCOUNT_SSO);
        assertThat(
                        Browser.location(
                                outside.post(
                                        Paths.ACCOUNT_SSO,
                                        Map.of(
                                                "form",
                                                Browser.form(there),
                                                "act",
                                                "unlink",
                                                "which",
                                                "acme"))))
                .isEqualTo(Paths.LOGIN_AGAIN);
    }

    @Test
    void whoeverUnlinksIsOutThereAtOnce() {
        declare("");
        house.account("ana", "shopper");
        MailForms.signIn(browser, "ana", House.PASSWORD);
        Acme.link(browser, acme);
        Browser outside = house.browser();
        Acme.claims(outside, acme);
        assertThat(outside.get(Paths.ACCOUNT).statusCode()).isEqualTo(200);

        HttpResponse<String> page = browser.get(Paths.ACCOUNT_SSO);
        browser.post(
                Paths.ACCOUNT_SSO,
                Map.of("form", Browser.form(page), "act", "unlink", "which", "acme"));

        assertThat(outside.get(Paths.ACCOUNT).statusCode()).isEqualTo(303);
        assertThat(Acme.signIn(house.browser(), acme).statusCode()).isEqualTo(403);
        assertThat(browser.get(Paths.ACCOUNT).statusCode()).isEqualTo(200);
        assertThat(house.acts()).contains("ACCOUNT_UNLINKED");
    }

    @Test
    void theWordOfAProviderChangesNothingThatProvesTheAccountItself() {
        Acme.claims(browser, acme);

        assertThat(Browser.location(browser.get(Paths.ACCOUNT_APP))).isEqualTo(Paths.LOGIN_AGAIN);
    }

    @Test
    void aDisabledAccountStaysOut() {
        Acme.claims(browser, acme);
        house.provider.accounts().disable("acme:Ana at Acme", true, House.OPERATOR);

        assertThat(browser.get(Paths.ACCOUNT).statusCode()).isEqualTo(303);
        assertThat(Acme.signIn(house.browser(), acme).body()).contains("may not sign in");
    }

    @Test
    void aSecondFactorCountsOnlyWhereTheProviderSaysItInTheDeclaredWords() {
        acme.claims = Map.of("groups", List.of("bosses"), "amr", List.of("pwd", "otp"));
        assertThat(Acme.signIn(browser, acme).body()).contains("A second factor is needed");

        acme.claims = Map.of("groups", List.of("bosses"), "amr", List.of("pwd", "mfa"));
        JsonNode claims = Acme.claims(browser, acme);

        assertThat(claims.path("roles").toString()).isEqualTo("[\"boss\"]");
        assertThat(claims.path("acr").asString("")).isEqualTo(TokenMint.ACR_TWICE);
    }
}
