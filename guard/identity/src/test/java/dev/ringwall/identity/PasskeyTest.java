package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.Passkeys;
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
import tools.jackson.databind.JsonNode;

/// What people do with passkeys: add, name, see, sign in with, remove.
class PasskeyTest {

    @TempDir Path folder;
    private final HandClock clock = HandClock.at(Instant.parse("2026-11-23T10:00:00Z"));
    private House house;
    private Browser ana;
    private final SoftPasskey phone = new SoftPasskey();

    @BeforeEach
    void start() {
        house = House.in(folder, clock);
        house.blueprint.set(
                House.declared(
                        House.SHOP.replace("session: 30m }", "session: 30m, mfa: always }")));
        house.account("ana", "shopper");
        ana = PasskeyHouse.signedIn(house.browser(), "ana");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private List<Passkeys.Passkey> passkeys(String name) {
        return house.provider.directory().byPasskey().kept().of(id(name));
    }

    private String id(String name) {
        return house.provider.accounts().list().stream()
                .filter(account -> account.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static JsonNode bought(Browser who) {
        String code = Browser.query(Browser.location(who.ask(Browser.question()))).get("code");
        return Browser.claims(Browser.json(who.buy(code)).path("access_token").asString());
    }

    @Test
    void thePageAsksForOneThatFindsItselfAndIsUnlocked() {
        JsonNode asked = SoftPasskey.options(ana.get(Paths.ACCOUNT_PASSKEY));
        assertThat(asked.path("rp").path("id").asString()).isEqualTo("localhost");
        assertThat(asked.path("attestation").asString()).isEqualTo("none");
        assertThat(asked.path("authenticatorSelection").toString())
                .contains("\"residentKey\":\"required\"", "\"userVerification\":\"required\"");
        assertThat(asked.path("user").path("id").asString())
                .hasSize(86)
                .isNotEqualTo(id("ana"))
                .doesNotContain("ana");
    }

    @Test
    void aPasskeySignsInWithoutAPasswordAndCountsAsTwoFactors() {
        HttpResponse<String> added = PasskeyHouse.adds(ana, phone, "Ana's phone");
        assertThat(PasskeyHouse.codes(added)).hasSize(10);
        assertThat(house.acts()).contains("FACTOR_ADDED");

        clock.advance(Duration.ofDays(2));
        Browser elsewhere = house.browser();
        assertThat(Browser.location(PasskeyHouse.shows(elsewhere, phone))).isEqualTo(Paths.ACCOUNT);
        JsonNode claims = bought(elsewhere);
        assertThat(claims.path("acr").asString()).isEqualTo("urn:ringwall:acr:mfa");
        assertThat(claims.path("amr").toString()).isEqualTo("[\"mfa\",\"pop\",\"user\"]");
        assertThat(elsewhere.get(Paths.ACCOUNT).body())
                .contains(
                        "Passkey: Ana&#39;s phone",
                        "since 23 Nov 2026, 10:00 UTC, last used 25 Nov 2026, 10:00 UTC");
    }

    @Test
    void theQuestionOfAClientIsAnsweredAfterAPasskey() {
        PasskeyHouse.adds(ana, phone, "phone");
        Browser elsewhere = house.browser();
        HttpResponse<String> page =
                elsewhere.get(Browser.location(elsewhere.ask(Browser.question())));
        HttpResponse<String> in = PasskeyHouse.answers(elsewhere, page, phone.shown(page));
        assertThat(Browser.location(elsewhere.get(Browser.location(in))))
                .startsWith(Browser.CALLBACK);
    }

    @Test
    void afterThePasswordAPasskeyIsTheSecondFactor() {
        PasskeyHouse.adds(ana, phone, "phone");
        Browser elsewhere = house.browser();
        assertThat(Browser.location(PasskeyHouse.password(elsewhere, Paths.LOGIN, "ana")))
                .isEqualTo(Paths.SECOND);
        HttpResponse<String> page = elsewhere.get(Paths.SECOND);
        assertThat(SoftPasskey.options(page).path("allowCredentials")).isEmpty();
        HttpResponse<String> in = PasskeyHouse.answers(elsewhere, page, phone.shown(page));
        assertThat(Browser.location(in)).isEqualTo(Paths.ACCOUNT);
        assertThat(bought(elsewhere).path("amr").toString())
                .isEqualTo("[\"mfa\",\"pop\",\"pwd\",\"user\"]");
    }

    @Test
    void whoMustHaveTwoFactorsHasThemInOnePasskey() {
        house.account("cleo", "clerk");
        Browser cleo = house.browser();
        PasskeyHouse.password(cleo, Paths.LOGIN, "cleo");
        HttpResponse<String> enrol = cleo.get(Paths.SECOND);
        AuthenticatorApp app = AuthenticatorApp.of(enrol, clock);
        cleo.post(Browser.action(enrol), Map.of("form", Browser.form(enrol), "code", app.code()));
        assertThat(Browser.location(PasskeyHouse.adds(cleo, phone, "key")))
                .isEqualTo(Paths.ACCOUNT);
        assertThat(PasskeyHouse.act(cleo, "remove-app", "").body())
                .contains("The authenticator app is removed.");

        Browser elsewhere = house.browser();
        PasskeyHouse.shows(elsewhere, phone);
        assertThat(elsewhere.get(Paths.ACCOUNT).body()).contains("You are signed in as");
        HttpResponse<String> last =
                PasskeyHouse.act(elsewhere, "remove-passkey", passkeys("cleo").getFirst().id());
        assertThat(last.statusCode()).isEqualTo(422);
        assertThat(last.body()).contains("asks for a second factor");
        assertThat(passkeys("cleo")).hasSize(1);
    }

    @Test
    void aRecoveryCodeStandsForALostPasskey() {
        List<String> codes = PasskeyHouse.codes(PasskeyHouse.adds(ana, phone, "phone"));
        Browser elsewhere = house.browser();
        PasskeyHouse.password(elsewhere, Paths.LOGIN, "ana");
        assertThat(PasskeyHouse.code(elsewhere, Paths.SECOND, "AAAA-BBBB-CCCC-DDDD").statusCode())
                .isEqualTo(422);
        assertThat(Browser.location(PasskeyHouse.code(elsewhere, Paths.SECOND, codes.getFirst())))
                .isEqualTo(Paths.ACCOUNT);
        Browser again = house.browser();
        PasskeyHouse.password(again, Paths.LOGIN, "ana");
        assertThat(PasskeyHouse.code(again, Paths.SECOND, codes.getFirst()).statusCode())
                .isEqualTo(422);
    }

    @Test
    void aRemovedPasskeySignsInNoMoreAndItsCodesGoWithTheLast() {
        List<String> codes = PasskeyHouse.codes(PasskeyHouse.adds(ana, phone, "phone"));
        HttpResponse<String> gone =
                PasskeyHouse.act(ana, "remove-passkey", passkeys("ana").getFirst().id());
        assertThat(gone.body()).contains("The passkey is removed.");
        assertThat(house.acts()).contains("FACTORS_REMOVED");
        assertThat(PasskeyHouse.shows(house.browser(), phone).statusCode()).isEqualTo(422);
        PasskeyHouse.signedIn(house.browser(), "ana");
        assertThat(codes).hasSize(10);
        assertThat(house.provider.directory().factors().recoveryLeft(id("ana"))).isZero();
    }

    @Test
    void aPasskeyIsCalledWhatItsOwnerWants() {
        PasskeyHouse.adds(ana, phone, "phone");
        String id = passkeys("ana").getFirst().id();

        assertThat(PasskeyHouse.renames(ana, id, " Blue phone ").body())
                .contains("The passkey is renamed.", "Passkey: Blue phone");
        assertThat(house.acts()).contains("FACTOR_RENAMED");
        assertThat(PasskeyHouse.renames(ana, id, "").statusCode()).isEqualTo(422);
        assertThat(PasskeyHouse.renames(ana, id, "x".repeat(101)).statusCode()).isEqualTo(422);
        assertThat(PasskeyHouse.renames(ana, id, "<b>mine</b>").body())
                .contains("&lt;b&gt;mine")
                .doesNotContain("<b>mine");
        assertThat(passkeys("ana").getFirst().name()).isEqualTo("<b>mine</b>");
    }

    @Test
    void nobodyRenamesThePasskeyOfAnother() {
        PasskeyHouse.adds(ana, phone, "phone");
        house.account("mallory", "shopper");
        Browser mallory = PasskeyHouse.signedIn(house.browser(), "mallory");

        assertThat(
                        PasskeyHouse.renames(mallory, passkeys("ana").getFirst().id(), "of mallory")
                                .statusCode())
                .isEqualTo(422);
        assertThat(passkeys("ana").getFirst().name()).isEqualTo("phone");
    }

    @Test
    void aLoginThatLiesOpenChangesNoPasskey() {
        PasskeyHouse.adds(ana, phone, "phone");
        HttpResponse<String> page = ana.get(Paths.ACCOUNT_PASSKEY);
        clock.advance(Duration.ofMinutes(10));
        assertThat(Browser.location(ana.get(Paths.ACCOUNT_PASSKEY))).isEqualTo(Paths.LOGIN_AGAIN);
        SoftPasskey other = new SoftPasskey();
        assertThat(
                        Browser.location(
                                PasskeyHouse.answers(ana, page, other.made(page), "name", "other")))
                .isEqualTo(Paths.LOGIN_AGAIN);
        String id = passkeys("ana").getFirst().id();
        assertThat(Browser.location(PasskeyHouse.act(ana, "remove-passkey", id)))
                .isEqualTo(Paths.LOGIN_AGAIN);
        assertThat(Browser.location(PasskeyHouse.renames(ana, id, "of somebody else")))
                .isEqualTo(Paths.LOGIN_AGAIN);
        assertThat(passkeys("ana")).hasSize(1);
    }

    @Test
    void anAccountHasAtMostTwenty() {
        for (int i = 0; i < Passkeys.MAX; i++) {
            PasskeyHouse.adds(ana, new SoftPasskey(), "key " + i);
        }
        HttpResponse<String> one = PasskeyHouse.adds(ana, phone, "one more");
        assertThat(one.statusCode()).isEqualTo(422);
        assertThat(one.body()).contains("at most 20 passkeys");
        assertThat(passkeys("ana")).hasSize(Passkeys.MAX);
        assertThat(SoftPasskey.options(ana.get(Paths.ACCOUNT_PASSKEY)).path("excludeCredentials"))
                .hasSize(Passkeys.MAX);
    }

    @Test
    void theOperatorSeesAndRemovesThem() {
        PasskeyHouse.adds(ana, phone, "phone");
        PasskeyHouse.adds(ana, new SoftPasskey(), "tablet");
        var holdings = house.provider.holdings();
        assertThat(holdings.factors("ana").orElseThrow().toString())
                .contains("PASSKEY", "name=phone", "RECOVERY_CODES", "left=OptionalInt[10]");
        String first =
                passkeys("ana").stream()
                        .filter(one -> one.name().equals("phone"))
                        .findFirst()
                        .orElseThrow()
                        .id();
        holdings.removeOne("ana", first, House.OPERATOR);
        assertThat(passkeys("ana")).extracting(Passkeys.Passkey::name).containsExactly("tablet");
        assertThat(Browser.location(ana.get(Paths.ACCOUNT))).isEqualTo(Paths.LOGIN);
        assertThat(PasskeyHouse.shows(house.browser(), phone).statusCode()).isEqualTo(422);
        holdings.removeFactors("ana", House.OPERATOR);
        assertThat(passkeys("ana")).isEmpty();
        PasskeyHouse.signedIn(house.browser(), "ana");
    }

    @Test
    void whatIsKeptIsShownToItsOwnerAndGoesWithTheAccount() {
        PasskeyHouse.adds(ana, phone, "phone of ana");
        var personal = house.provider.directory().personalData();
        assertThat(personal.of("ana", House.OPERATOR).orElseThrow().records().get("passkey"))
                .hasSize(1)
                .first()
                .asString()
                .contains("phone of ana", "made=2026-11-23T10:00:00Z");
        assertThat(personal.erase("ana", House.OPERATOR).orElseThrow().rows())
                .containsEntry("passkey", 1)
                .containsEntry("passkey_user", 1);
        assertThat(PasskeyHouse.shows(house.browser(), phone).statusCode()).isEqualTo(422);
    }
}
