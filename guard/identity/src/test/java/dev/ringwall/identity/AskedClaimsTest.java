package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.ringwall.people.Account;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What a client asks to be told, and about whom (OpenID Connect Core §3.1.2.1 `id_token_hint`, `login_hint`, §5.5 `claims`).
class AskedClaimsTest {

    @TempDir Path folder;
    private House house;
    private Browser browser;
    private Account ana;
    private Account ben;

    @BeforeEach
    void start() {
        house = House.in(folder);
        browser = house.browser();
        ana = house.account("ana", "shopper");
        ben = house.account("ben", "shopper");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private static Map<String, String> asking(String... pairs) {
        Map<String, String> question = Browser.question();
        for (int i = 0; i < pairs.length; i += 2) {
            question.put(pairs[i], pairs[i + 1]);
        }
        return question;
    }

    private static Map<String, String> claims(String claims) {
        return asking("claims", claims);
    }

    private static String acr(boolean essential, String... values) {
        return "{\"id_token\":{\"acr\":{\"essential\":%s,\"values\":[\"%s\"]}}}"
                .formatted(essential, String.join("\",\"", values));
    }

    private static boolean answered(HttpResponse<String> answer) {
        return Browser.query(Browser.location(answer)).containsKey("code");
    }

    private static String error(HttpResponse<String> answer) {
        assertThat(Browser.location(answer)).startsWith(Browser.CALLBACK + "?");
        Map<String, String> query = Browser.query(Browser.location(answer));
        assertThat(query).containsEntry("state", "xyz").doesNotContainKey("code");
        return query.getOrDefault("error", "");
    }

    private String idToken(HttpResponse<String> sent) {
        HttpResponse<String> bought =
                browser.buy(Browser.query(Browser.location(sent)).get("code"));
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        return Browser.json(bought).path("id_token").asString();
    }

    @Test
    void aClientIsToldWhatItInsistsOnAndOtherClaimsArePassedOver() {
        JsonNode told =
                Browser.claims(
                        idToken(browser.signIn("ana", claims(acr(true, TokenMint.ACR_PASSWORD)))));
        assertThat(told.path("acr").asString()).isEqualTo(TokenMint.ACR_PASSWORD);
        String unknown =
                "{\"id_token\":{\"zodiac\":{\"essential\":true},\"auth_time\":null},\"userinfo\":{\"email\":null,\"picture\":{\"value\":\"x\"}},\"else\":1}";
        told = Browser.claims(idToken(browser.ask(claims(unknown))));
        assertThat(told.path("auth_time").isIntegralNumber()).isTrue();
        assertThat(told.has("zodiac")).isFalse();
    }

    @Test
    void whereNobodyCanSignInAsItInsistsTheRequestFails() {
        String gold = acr(true, "urn:example:gold");
        assertThat(error(browser.ask(claims(gold)))).isEqualTo(ClaimsRule.UNMET);
        browser.signIn("ana", Browser.question());
        assertThat(error(browser.ask(claims(gold)))).isEqualTo(ClaimsRule.UNMET);
        assertThat(error(browser.ask(claims(acr(true, TokenMint.ACR_OUTSIDE)))))
                .isEqualTo(ClaimsRule.UNMET);
        assertThat(
                        answered(
                                browser.ask(
                                        claims(
                                                acr(
                                                        true,
                                                        "urn:example:gold",
                                                        TokenMint.ACR_PASSWORD)))))
                .isTrue();
    }

    @Test
    void whatItWouldLikeIsNoReasonToFail() {
        browser.signIn("ana", Browser.question());
        assertThat(answered(browser.ask(claims(acr(false, "urn:example:gold"))))).isTrue();
    }

    @Test
    void aClientThatInsistsOnASecondFactorGetsNoAnswerWithoutOne() {
        browser.signIn("ana", Browser.question());
        Map<String, String> twice = claims(acr(true, TokenMint.ACR_TWICE));
        assertThat(Browser.location(browser.ask(twice))).startsWith(Paths.LOGIN + "?");
        twice.put("prompt", "none");
        assertThat(error(browser.ask(twice))).isEqualTo("login_required");
    }

    @Test
    void aClientThatAsksAboutOnePersonIsToldAboutNobodyElse() {
        String about = "{\"id_token\":{\"sub\":{\"value\":\"%s\"}}}";
        browser.signIn("ana", Browser.question());
        assertThat(answered(browser.ask(claims(about.formatted(ana.id()))))).isTrue();
        assertThat(error(browser.ask(claims(about.formatted(ben.id())))))
                .isEqualTo("login_required");
        assertThat(
                        error(
                                browser.ask(
                                        claims(
                                                about.replace("id_token", "userinfo")
                                                        .formatted(ben.id())))))
                .isEqualTo("login_required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "acr",
                "{\"id_token\":[]}",
                "{\"id_token\":{\"acr\":true}}",
                "{\"id_token\":{\"acr\":{\"essential\":\"yes\"}}}",
                "{\"id_token\":{\"acr\":{\"values\":\"a\"}}}",
                "{\"id_token\":{},\"id_token\":{\"acr\":null}}",
                "{\"id_token\":{}} {}"
            })
    void whatIsNotOfTheFormIsToldToTheClient(String claims) {
        assertThat(error(browser.ask(claims(claims)))).isEqualTo("invalid_request");
        assertThat(browser.post(Paths.PAR, claims(claims)).statusCode()).isEqualTo(400);
    }

    @Test
    void aLongListIsRefusedAndAShorterOneGoesByAName() {
        String pad = "{\"else\":\"" + "x".repeat(AskedClaims.CHARACTERS_MAX) + "\"}";
        assertThat(error(browser.ask(claims(pad)))).isEqualTo("invalid_request");
        HttpResponse<String> asked = browser.ask(claims(acr(true, TokenMint.ACR_PASSWORD)));
        assertThat(Browser.query(Browser.location(asked)))
                .containsOnlyKeys("client_id", "request_uri");
    }

    @Test
    void metadataSaysThatClaimsAreUnderstood() {
        JsonNode says = Browser.json(browser.get(Paths.SERVER_METADATA));
        assertThat(says.path("claims_parameter_supported").asBoolean()).isTrue();
        assertThat(says.path("claims_supported").toString()).contains("\"acr\"", "\"sub\"");
    }

    @Test
    void withAnIdTokenAClientIsToldAboutItsPersonAlone() {
        String hint = idToken(browser.signIn("ana", Browser.question()));
        assertThat(answered(browser.ask(asking("id_token_hint", hint, "prompt", "none")))).isTrue();
        Browser other = house.browser();
        assertThat(error(other.ask(asking("id_token_hint", hint, "prompt", "none"))))
                .isEqualTo("login_required");
        other.signIn("ben", Browser.question());
        assertThat(error(other.ask(asking("id_token_hint", hint, "prompt", "none"))))
                .isEqualTo("login_required");
        assertThat(error(other.ask(asking("id_token_hint", hint)))).isEqualTo("login_required");
    }

    @Test
    void whoeverSignsInBecauseOfTheQuestionMustBeThatPersonToo() {
        String hint = idToken(browser.signIn("ana", Browser.question()));
        for (String name : List.of("ana", "ben")) {
            Browser fresh = house.browser();
            HttpResponse<String> asked =
                    fresh.ask(asking("id_token_hint", hint, "prompt", "login"));
            assertThat(Browser.location(asked)).doesNotContain(hint);
            HttpResponse<String> sent =
                    fresh.get(Browser.location(fresh.logIn(asked, name, House.PASSWORD)));
            if (name.equals("ana")) {
                assertThat(answered(sent)).isTrue();
            } else {
                assertThat(error(sent)).isEqualTo("login_required");
            }
        }
    }

    @Test
    void aHintThatIsForgedOrAnotherClientsIsNone() {
        String hint = idToken(browser.signIn("ana", Browser.question()));
        String forged =
                SigningClient.signed(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .type(JOSEObjectType.JWT)
                                .keyID(house.key.getKeyID())
                                .build(),
                        new JWTClaimsSet.Builder()
                                .issuer(SigningClient.ISSUER)
                                .audience("storefront")
                                .subject(ana.id())
                                .build(),
                        SigningClient.signer(
                                SigningClient.key(
                                        com.nimbusds.jose.jwk.Curve.P_256, house.key.getKeyID())));
        for (String bad : List.of("", "a.b.c", forged, hint.substring(0, hint.length() - 4))) {
            assertThat(error(browser.ask(asking("id_token_hint", bad))))
                    .isEqualTo("login_required");
        }
        Map<String, String> other = new LinkedHashMap<>(asking("id_token_hint", hint));
        other.put("client_id", "ringwall-cli");
        other.put("redirect_uri", "http://127.0.0.1:8000/callback");
        assertThat(Browser.query(Browser.location(browser.ask(other))))
                .containsEntry("error", "login_required");
    }

    private String nameField(String hint) {
        String page = browser.get(Browser.location(browser.ask(asking("login_hint", hint)))).body();
        int at = page.indexOf("name=\"username\"");
        return page.substring(
                page.indexOf("value=\"", at) + 7, page.indexOf("\" autocomplete", at));
    }

    @Test
    void theNameFieldIsFilledWithWhatTheClientThinksAndSaysNothingMore() {
        assertThat(nameField("ana")).isEqualTo("ana");
        assertThat(nameField("nobody@example.com")).isEqualTo("nobody@example.com");
        assertThat(nameField("\"><script>alert(1)</script>"))
                .isEqualTo("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
        assertThat(nameField("a\nb")).isEmpty();
        assertThat(nameField("x".repeat(201))).isEmpty();
        assertThat(pageFor("ana")).isEqualTo(pageFor("zed").replace("zed", "ana"));
    }

    /// Without what is new in each page.
    private String pageFor(String hint) {
        return browser.get(Browser.location(browser.ask(asking("login_hint", hint))))
                .body()
                .replaceAll("[A-Za-z0-9_-]{40,}", "…");
    }

    @Test
    void howAClientWouldHaveThePageLookIsNoReasonToFail() {
        assertThat(
                        answered(
                                browser.signIn(
                                        "ana",
                                        asking("ui_locales", "fr-CA de", "display", "popup"))))
                .isTrue();
    }
}
