package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The page for administrators as a file, and the client that it is.
class AdministrationPageTest {

    private static final String HOME = House.DOOR + Paths.ADMINISTRATION;
    private static final String ADMINISTERED =
            House.SHOP
                    + """
                    administration:
                      list-users:  { allow: clerk }
                      create-user: { allow: clerk }
                      scim-list-users: { allow: shopper }
                    """;
    private static final Pattern SCRIPT = Pattern.compile("src=\"([^\"]+\\.js)\"");

    private final ECKey key = SigningClient.key(Curve.P_256, "d");

    @TempDir Path folder;
    private House house;
    private Browser browser;

    @BeforeEach
    void start() {
        house = House.in(folder);
        house.blueprint.set(House.declared(ADMINISTERED));
        browser = house.browser();
        house.account("cleo", "clerk", "shopper");
        house.account("ana", "shopper");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private static Map<String, String> question() {
        Map<String, String> question = new LinkedHashMap<>(Browser.question());
        question.put("client_id", AdministrationClient.ID);
        question.put("redirect_uri", HOME);
        question.put("scope", "openid");
        return question;
    }

    private String proof() {
        return SigningClient.signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("dpop+jwt"))
                        .jwk(key.toPublicJWK())
                        .build(),
                new JWTClaimsSet.Builder()
                        .jwtID(UUID.randomUUID().toString())
                        .claim("htm", "POST")
                        .claim("htu", House.DOOR + Paths.TOKEN)
                        .claim("nonce", browser.nonce())
                        .issueTime(Date.from(Instant.now()))
                        .build(),
                SigningClient.signer(key));
    }

    private HttpResponse<String> buy(String code) {
        return browser.post(
                Paths.TOKEN,
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        AdministrationClient.ID,
                        "redirect_uri",
                        HOME,
                        "code_verifier",
                        Browser.VERIFIER,
                        "code",
                        code));
    }

    private String code(String name) {
        return Browser.query(Browser.location(browser.signIn(name, question()))).get("code");
    }

    @Test
    void thePageRunsItsOwnScriptsAndIsFramedByNobody() {
        HttpResponse<String> page = browser.get(Paths.ADMINISTRATION);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Administration of shop").doesNotContain("<script>", "{{");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains(
                        "default-src 'none'",
                        "script-src https://localhost:8443/auth/administration/;",
                        "frame-ancestors 'none'",
                        "require-trusted-types-for 'script'")
                .doesNotContain("unsafe", "*");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        Matcher script = SCRIPT.matcher(page.body());
        assertThat(script.find()).isTrue();
        HttpResponse<String> loaded = browser.get(script.group(1));
        assertThat(loaded.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/javascript");
        assertThat(loaded.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
        assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/start.js", "/0000000000000000/start.js", "/page.css"})
    void nothingElseLiesThere(String file) {
        assertThat(browser.get(Paths.ADMINISTRATION + file).statusCode()).isEqualTo(404);
    }

    @Test
    void whereNobodyWhoSignsInAdministersThereIsNeitherPageNorClient() {
        house.blueprint.set(
                House.declared(
                        House.SHOP + "administration: { list-users: { allow: courier } }\n"));

        assertThat(browser.get(Paths.ADMINISTRATION).statusCode()).isEqualTo(404);
        browser.signIn("cleo", Browser.question());
        assertThat(browser.ask(question()).statusCode()).isEqualTo(400);
    }

    @Test
    void whoAdministersGetsTokensThatOnlyThisBrowserCanUse() {
        browser.headers.put("Sec-Fetch-Mode", "navigate");
        browser.headers.put("Sec-Fetch-Dest", "document");
        String code = code("cleo");
        browser.headers.put("DPoP", proof());
        HttpResponse<String> bought = buy(code);

        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        assertThat(Browser.json(bought).path("token_type").asString()).isEqualTo("DPoP");
        assertThat(Browser.json(bought).path("scope").asString(""))
                .as("who gives a role must hold all of it, by the very token")
                .contains("ringwall.create-user", "orders.read");
        assertThat(
                        Browser.claims(Browser.json(bought).path("access_token").asString(""))
                                .path("cnf")
                                .path("jkt")
                                .asString(""))
                .isNotEmpty();
    }

    @Test
    void tokensWithoutAKeyAreNotGiven() {
        HttpResponse<String> refused = buy(code("cleo"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("invalid_dpop_proof").doesNotContain("access_token");
    }

    @Test
    void whoMayNotAdministerIsSentBackWithoutACode() {
        String back = Browser.location(browser.signIn("ana", question()));

        assertThat(back).startsWith(HOME + "?");
        assertThat(Browser.query(back))
                .containsEntry("error", "access_denied")
                .doesNotContainKey("code");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example/auth/administration",
                "https://localhost:8443/auth/administration/",
                "https://localhost:8443/auth/administration/../account",
                "https://localhost:8443/",
                "http://127.0.0.1/callback"
            })
    void nobodyIsSentAnywhereElse(String elsewhere) {
        Map<String, String> question = question();
        question.put("redirect_uri", elsewhere);

        browser.signIn("cleo", Browser.question());
        HttpResponse<String> refused = browser.ask(question);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Location")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "cors, empty",
        "no-cors, image",
        "navigate, iframe",
        "navigate, embed",
        "same-origin, empty"
    })
    void aScriptOfAnotherPageAtTheDoorGetsNoCode(String mode, String destination) {
        browser.signIn("cleo", Browser.question());
        assertThat(Browser.location(browser.ask(question()))).contains("code=");
        browser.headers.put("Sec-Fetch-Mode", mode);
        browser.headers.put("Sec-Fetch-Dest", destination);

        HttpResponse<String> refused = browser.ask(question());

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Location")).isEmpty();
        assertThat(house.acts()).contains("CLIENT_REFUSED");
        assertThat(Browser.location(browser.ask(Browser.question())))
                .as("other clients are asked as ever")
                .contains("code=");
    }

    @Test
    void aScriptOfAPageAtTheDoorGetsNoTokenThatAdministersByTheStorefrontEither() {
        Map<String, String> question = new LinkedHashMap<>(Browser.question());
        question.put("scope", "openid");
        String code = Browser.query(Browser.location(browser.signIn("cleo", question))).get("code");

        assertThat(Browser.json(browser.buy(code)).path("scope").asString(""))
                .contains("orders.read")
                .doesNotContain("ringwall.");
        question.put("scope", "openid ringwall.list-users");
        assertThat(Browser.query(Browser.location(browser.ask(question))))
                .containsEntry("error", "invalid_scope");
    }

    @Test
    void theAccountPageLeadsThereForWhoMayAdminister() {
        browser.signIn("cleo", Browser.question());
        assertThat(browser.get(Paths.ACCOUNT).body()).contains("Administer shop");

        Browser other = house.browser();
        other.signIn("ana", Browser.question());
        assertThat(other.get(Paths.ACCOUNT).body()).doesNotContain("Administer");
    }
}
