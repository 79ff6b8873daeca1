package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.HandClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who tries to come in with what is not their passkey, or to have one of theirs added.
class PasskeyRefusalsTest {

    @TempDir Path folder;
    private final HandClock clock = HandClock.at(Instant.parse("2026-11-23T10:00:00Z"));
    private House house;
    private Browser ana;
    private final SoftPasskey phone = new SoftPasskey();

    @BeforeEach
    void start() {
        house = House.in(folder, clock);
        house.account("ana", "shopper");
        house.account("eve", "shopper");
        ana = PasskeyHouse.signedIn(house.browser(), "ana");
        PasskeyHouse.adds(ana, phone, "phone");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    /// Nobody is signed in by it, the page does not say why, and the log does.
    private void refused(String why, Browser who, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(why).isEqualTo(422);
        assertThat(answer.body()).as(why).contains("That passkey was not accepted");
        assertThat(who.cookies).as(why).doesNotContainKey(SessionCookie.NAME);
        assertThat(house.events.getLast().toString()).contains("passkey-" + why);
    }

    private void changed(String why, Consumer<SoftPasskey> change) {
        change.accept(phone);
        Browser who = house.browser();
        refused(why, who, PasskeyHouse.shows(who, phone));
    }

    @Test
    void aPageOfAnotherSiteGetsNothingThatWorksHere() {
        changed("origin", one -> one.origin = "https://localhost.example:8443");
        changed("origin", one -> one.origin = "http://localhost:8443");
        changed("origin", one -> one.origin = "https://localhost:8444");
    }

    @Test
    void aKeyForAnotherSiteDoesNotFit() {
        changed("rp-id", one -> one.rpId = "elsewhere.example");
    }

    @Test
    void noFrameOfAnotherSiteSignsIn() {
        changed("cross-origin", one -> one.crossOrigin = true);
    }

    @Test
    void whoOnlyTouchesTheKeyDoesNotComeIn() {
        changed("user-not-verified", one -> one.flags = SoftPasskey.PRESENT);
        changed("user-not-present", one -> one.flags = SoftPasskey.VERIFIED);
    }

    @Test
    void anotherKeyOfTheSameNameIsNoneOfOurs() {
        SoftPasskey forged = new SoftPasskey();
        forged.id = phone.id;
        forged.user = phone.user;
        Browser eve = house.browser();
        refused("signature", eve, PasskeyHouse.shows(eve, forged));
    }

    @Test
    void aKeyOfNobodyAndAKeyOfSomebodyElseGetTheSameAnswer() {
        SoftPasskey unknown = new SoftPasskey();
        unknown.user = phone.user;
        Browser eve = house.browser();
        HttpResponse<String> nobody = PasskeyHouse.shows(eve, unknown);
        refused("no-such-passkey", eve, nobody);
        phone.user = "A".repeat(86);
        HttpResponse<String> other = PasskeyHouse.shows(eve, phone);
        refused("user-handle", eve, other);
        assertThat(bare(nobody)).isEqualTo(bare(other));
    }

    private static String bare(HttpResponse<String> page) {
        return page.body().replaceAll("(value|data-options|nonce)=\"[^\"]*\"", "");
    }

    @Test
    void anAnswerIsGoodOnceInItsBrowserAndForAWhile() {
        Browser owner = house.browser();
        HttpResponse<String> page = owner.get(Paths.LOGIN);
        String answer = phone.shown(page);
        Browser thief = house.browser();
        HttpResponse<String> theirs = thief.get(Paths.LOGIN);
        refused("challenge", thief, PasskeyHouse.answers(thief, theirs, answer));

        assertThat(Browser.location(PasskeyHouse.answers(owner, page, answer)))
                .isEqualTo(Paths.ACCOUNT);
        Browser replaying = house.browser();
        replaying.cookies.putAll(owner.cookies);
        replaying.cookies.remove(SessionCookie.NAME);
        replaying.cookies.remove("__Host-ringwall-form");
        refused(
                "challenge",
                replaying,
                PasskeyHouse.answers(replaying, replaying.get(Paths.LOGIN), answer));
    }

    @Test
    void theSameAnswerInTheSameBrowserIsRefusedTheSecondTime() {
        Browser owner = house.browser();
        HttpResponse<String> page = owner.get(Paths.LOGIN);
        Map<String, String> before = new LinkedHashMap<>(owner.cookies);
        String answer = phone.shown(page);
        PasskeyHouse.answers(owner, page, answer);
        owner.cookies.clear();
        owner.cookies.putAll(before);
        refused("challenge", owner, PasskeyHouse.answers(owner, page, answer));
    }

    @Test
    void anAnswerThatComesLateIsRefused() {
        Browser owner = house.browser();
        HttpResponse<String> page = owner.get(Paths.LOGIN);
        clock.advance(Duration.ofMinutes(10));
        refused("challenge", owner, PasskeyHouse.answers(owner, page, phone.shown(page)));
    }

    @Test
    void anAnswerForOnePageIsWorthNothingOnAnother() {
        HttpResponse<String> adding = ana.get(Paths.ACCOUNT_PASSKEY);
        Browser eve = house.browser();
        HttpResponse<String> page = eve.get(Paths.LOGIN);
        refused("challenge", eve, PasskeyHouse.answers(eve, page, phone.shown(adding)));
    }

    @Test
    void aCounterThatGoesBackIsRefusedAndSaidAloud() {
        phone.step = 1;
        phone.counter = 5;
        assertThat(Browser.location(PasskeyHouse.shows(house.browser(), phone)))
                .isEqualTo(Paths.ACCOUNT);
        assertThat(house.acts()).doesNotContain("PASSKEY_COPIED");
        changed("counter-back", one -> one.counter = 3);
        changed("counter-back", one -> one.counter = 5);
        assertThat(house.acts()).contains("PASSKEY_COPIED");
        phone.counter = 6;
        assertThat(Browser.location(PasskeyHouse.shows(house.browser(), phone)))
                .isEqualTo(Paths.ACCOUNT);
    }

    @Test
    void whatMayNotBeCopiedHasNotBeen() {
        changed("backup-eligible", one -> one.flags |= SoftPasskey.ELIGIBLE);
        changed("malformed", one -> one.flags ^= SoftPasskey.ELIGIBLE | SoftPasskey.BACKED_UP);
    }

    @Test
    void afterOnesPasswordSomebodyElsesPasskeyIsNoSecondFactor() {
        SoftPasskey key = new SoftPasskey();
        PasskeyHouse.adds(PasskeyHouse.signedIn(house.browser(), "eve"), key, "key");
        Browser eve = house.browser();
        PasskeyHouse.password(eve, Paths.LOGIN, "ana");
        HttpResponse<String> page = eve.get(Paths.SECOND);
        refused("foreign-passkey", eve, PasskeyHouse.answers(eve, page, key.shown(page)));
    }

    @Test
    void aPasswordAloneAddsNoPasskeyNorApp() {
        Browser eve = house.browser();
        PasskeyHouse.password(eve, Paths.LOGIN, "ana");
        assertThat(Browser.location(eve.get(Paths.ACCOUNT_PASSKEY))).isEqualTo(Paths.LOGIN);
        assertThat(eve.get(Paths.SECOND).body()).doesNotContain("<svg");
    }

    @Test
    void aFormOfAnotherSiteAddsNoPasskey() {
        HttpResponse<String> page = ana.get(Paths.ACCOUNT_PASSKEY);
        SoftPasskey other = new SoftPasskey();
        String answer = other.made(page);
        Map<String, String> form = Map.of("credential", answer, "name", "other");
        assertThat(ana.post(Paths.ACCOUNT_PASSKEY, form).statusCode()).isEqualTo(403);
        ana.headers.put("Sec-Fetch-Site", "cross-site");
        assertThat(PasskeyHouse.answers(ana, page, answer, "name", "other").statusCode())
                .isEqualTo(403);
        ana.headers.remove("Sec-Fetch-Site");
        assertThat(ana.get(Paths.ACCOUNT).body()).doesNotContain("Passkey: other");
    }

    @Test
    void aPasskeyThatSomebodyElseMadeForTheirLoginIsNotAdded() {
        Browser eve = PasskeyHouse.signedIn(house.browser(), "eve");
        SoftPasskey other = new SoftPasskey();
        String answer = other.made(eve.get(Paths.ACCOUNT_PASSKEY));
        HttpResponse<String> page = ana.get(Paths.ACCOUNT_PASSKEY);
        assertThat(PasskeyHouse.answers(ana, page, answer, "name", "other").statusCode())
                .isEqualTo(422);
    }

    @Test
    void onePasskeyIsOfOneAccount() {
        Browser eve = PasskeyHouse.signedIn(house.browser(), "eve");
        SoftPasskey same = new SoftPasskey();
        same.id = phone.id;
        assertThat(PasskeyHouse.adds(eve, same, "mine").statusCode()).isEqualTo(422);
        assertThat(eve.get(Paths.ACCOUNT).body()).doesNotContain("Passkey: mine");
    }

    @Test
    void oneThatIsNotUnlockedOrOfAnotherSiteIsNotAdded() {
        SoftPasskey touched = new SoftPasskey();
        touched.flags = SoftPasskey.PRESENT;
        assertThat(PasskeyHouse.adds(ana, touched, "touched").statusCode()).isEqualTo(422);
        SoftPasskey foreign = new SoftPasskey();
        foreign.origin = "https://elsewhere.example";
        assertThat(PasskeyHouse.adds(ana, foreign, "foreign").statusCode()).isEqualTo(422);
        SoftPasskey framed = new SoftPasskey();
        framed.crossOrigin = true;
        assertThat(PasskeyHouse.adds(ana, framed, "framed").statusCode()).isEqualTo(422);
        SoftPasskey copied = new SoftPasskey();
        copied.flags |= SoftPasskey.BACKED_UP;
        assertThat(PasskeyHouse.adds(ana, copied, "copied").statusCode()).isEqualTo(422);
        assertThat(ana.get(Paths.ACCOUNT).body())
                .contains("Passkey: phone")
                .doesNotContain("touched", "foreign", "framed", "copied");
    }

    @Test
    void aDisabledAccountIsToldNoMore() {
        house.provider.accounts().disable("ana", true, House.OPERATOR);
        changed("disabled", _ -> {});
    }

    @Test
    void whatIsNoAnswerIsRefusedWhateverItIs() {
        for (String text :
                new String[] {
                    "{}",
                    "[1]",
                    "null",
                    "x",
                    "{\"id\":1}",
                    "{\"id\":\"AA\",\"rawId\":\"AA\","
                            + "\"type\":\"public-key\",\"response\":{\"clientDataJSON\":\"e30\",\"authenticatorData\":\"AA\",\"signature\":\"AA\"}}",
                    "a".repeat(20_000)
                }) {
            Browser who = house.browser();
            HttpResponse<String> page = who.get(Paths.LOGIN);
            refused("malformed", who, PasskeyHouse.answers(who, page, text));
        }
    }
}
