package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import dev.ringwall.model.Client;
import dev.ringwall.people.DeclaredClients;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Clients of the declaration: where people may be sent, for which roles, and how each proves itself.
class DeclaredClientsTest {

    private static final String CLIENTS =
            """
            clients:
              desk:  { kind: web, roles: [clerk], return-to: ["https://desk.example.com/callback"] }
              board: { kind: web, roles: [clerk, shopper], return-to: ["https://board.example.com/callback"], proof: keys }
              page:  { kind: browser, roles: [shopper], return-to: ["https://page.example.com/callback"] }
              phone: { kind: native, roles: [shopper], return-to: ["com.example.shop:/callback", "http://127.0.0.1/callback"] }
              nightly: { kind: machine, roles: [courier] }
              signing: { kind: machine, roles: [courier], proof: keys }
            """;

    private static final String DESK = "https://desk.example.com/callback";

    @TempDir Path folder;
    private House house;
    private Browser browser;

    @BeforeEach
    void start() {
        house = House.in(folder);
        house.blueprint.set(House.declared(House.SHOP + CLIENTS));
        browser = house.browser();
        house.account("ana", "shopper");
        house.account("cleo", "clerk");
        house.account("both", "clerk", "shopper");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private static Map<String, String> question(String client, String back) {
        Map<String, String> question = new LinkedHashMap<>(Browser.question());
        question.put("client_id", client);
        question.put("redirect_uri", back);
        question.remove("scope");
        return question;
    }

    private String code(String name, String client, String back) {
        return Browser.query(Browser.location(browser.signIn(name, question(client, back))))
                .getOrDefault("code", "");
    }

    private static Map<String, String> purchase(String client, String back, String code) {
        return new HashMap<>(
                Map.of(
                        "grant_type", "authorization_code",
                        "client_id", client,
                        "redirect_uri", back,
                        "code_verifier", Browser.VERIFIER,
                        "code", code));
    }

    private String secret(String client) {
        return switch (house.provider.declaredClients().newSecret(client, House.OPERATOR)) {
            case DeclaredClients.Outcome.Secret(var _, String secret) -> secret;
            case DeclaredClients.Outcome other -> throw new AssertionError(other);
        };
    }

    private HttpResponse<String> withSecret(Map<String, String> form, String secret) {
        form.put("client_secret", secret);
        return browser.post(Paths.TOKEN, form);
    }

    private static void invalid(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Browser.json(answer).path("error").asString()).isEqualTo(error);
        assertThat(answer.body()).doesNotContain("access_token");
    }

    @Test
    void aServerWithItsSecretGetsTokensForItsRolesAlone() {
        String secret = secret("desk");
        HttpResponse<String> bought =
                withSecret(purchase("desk", DESK, code("both", "desk", DESK)), secret);
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        JsonNode claims = Browser.claims(Browser.json(bought).path("access_token").asString());
        assertThat(claims.path("roles").toString()).isEqualTo("[\"clerk\"]");
        assertThat(claims.path("client_id").asString()).isEqualTo("desk");
        assertThat(claims.path("scope").asString("").split(" ", -1))
                .contains("orders.read")
                .doesNotContain("orders.place");

        Map<String, String> refresh =
                new HashMap<>(
                        Map.of(
                                "grant_type", "refresh_token",
                                "client_id", "desk",
                                "refresh_token",
                                        Browser.json(bought).path("refresh_token").asString()));
        invalid(browser.post(Paths.TOKEN, refresh), 401, "invalid_client");
        assertThat(withSecret(refresh, secret).statusCode()).isEqualTo(200);
    }

    @Test
    void withoutItsSecretAServerGetsNothing() {
        Map<String, String> purchase = purchase("desk", DESK, code("both", "desk", DESK));
        invalid(browser.post(Paths.TOKEN, purchase), 401, "invalid_client");
        invalid(withSecret(purchase, "-"), 401, "invalid_client");
        String old = secret("desk");
        String young = secret("desk");
        invalid(withSecret(purchase, old), 401, "invalid_client");
        assertThat(withSecret(purchase, young).statusCode()).isEqualTo(200);
        assertThat(house.acts()).contains("CLIENT_SECRET_SET");
    }

    @Test
    void whoHoldsNoRoleOfTheClientIsSentBackWithoutACode() {
        Map<String, String> answer =
                Browser.query(Browser.location(browser.signIn("ana", question("desk", DESK))));
        assertThat(answer).containsEntry("error", "access_denied").doesNotContainKey("code");
    }

    @Test
    void aRightOfAnotherRoleCannotBeAskedFor() {
        Map<String, String> question = question("desk", DESK);
        question.put("scope", "openid orders.place");
        Map<String, String> answer =
                Browser.query(Browser.location(browser.signIn("both", question)));
        assertThat(answer).containsEntry("error", "invalid_scope");
    }

    @Test
    void aCodeIsSentNowhereButWhereTheDeclarationSays() {
        for (String elsewhere :
                new String[] {
                    "https://desk.example.com/callback/",
                    "https://desk.example.com/callback?x=1",
                    "https://desk.example.com@evil.example/callback",
                    "https://desk.example.com:444/callback",
                    "https://page.example.com/callback",
                    "http://127.0.0.1:5000/callback",
                    Browser.CALLBACK
                }) {
            HttpResponse<String> page = browser.ask(question("desk", elsewhere));
            assertThat(page.statusCode()).as(elsewhere).isEqualTo(400);
            assertThat(page.headers().firstValue("Location")).isEmpty();
        }
    }

    @Test
    void aCodeOfOneClientBuysNothingAtAnother() {
        String code = code("both", "desk", DESK);
        String back = "https://page.example.com/callback";
        invalid(browser.post(Paths.TOKEN, purchase("page", back, code)), 400, "invalid_grant");
        invalid(withSecret(purchase("desk", DESK, code), secret("desk")), 400, "invalid_grant");
    }

    @Test
    void aServerThatSignsNeedsItsKey() {
        ECKey key = SigningClient.key(Curve.P_256, "a");
        SigningClient board = new SigningClient(house, "board", key);
        String back = "https://board.example.com/callback";
        Map<String, String> purchase = purchase("board", back, code("ana", "board", back));
        purchase.put(
                "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        purchase.put("client_assertion", board.assertion());
        invalid(browser.post(Paths.TOKEN, purchase), 401, "invalid_client");

        assertThat(
                        house.provider
                                .declaredClients()
                                .replaceKeys(
                                        "board",
                                        SigningClient.set(key.toPublicJWK()),
                                        House.OPERATOR))
                .isEqualTo(new DeclaredClients.Outcome.Keys("board"));
        purchase.put("client_assertion", board.assertion());
        assertThat(browser.post(Paths.TOKEN, purchase).statusCode()).isEqualTo(200);
    }

    @Test
    void aTelephoneIsSentToItsOwnSchemeAndToAnyPortOfItsMachine() {
        String back = "com.example.shop:/callback";
        HttpResponse<String> asked = browser.ask(question("phone", back));
        HttpResponse<String> page = browser.get(Browser.location(asked));
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .endsWith("form-action 'self' com.example.shop:");
        assertThat(Browser.location(browser.signIn("ana", question("phone", back))))
                .startsWith(back + "?code=");
        assertThat(
                        Browser.location(
                                browser.ask(question("phone", "http://127.0.0.1:4711/callback"))))
                .startsWith("http://127.0.0.1:4711/callback?code=");
    }

    @Test
    void machinesAreDeclaredToo() {
        Map<String, String> form =
                new HashMap<>(Map.of("grant_type", "client_credentials", "client_id", "nightly"));
        HttpResponse<String> given = withSecret(form, secret("nightly"));
        assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
        assertThat(
                        Browser.claims(Browser.json(given).path("access_token").asString())
                                .path("roles")
                                .toString())
                .isEqualTo("[\"courier\"]");
        String back = "https://page.example.com/callback";
        assertThat(browser.ask(question("nightly", back)).statusCode()).isEqualTo(400);
    }

    @Test
    void whatIsNotDeclaredAnyMoreGetsNothing() {
        String back = "https://page.example.com/callback";
        HttpResponse<String> bought =
                browser.post(Paths.TOKEN, purchase("page", back, code("ana", "page", back)));
        house.blueprint.set(House.declared(House.SHOP));
        invalid(
                browser.post(
                        Paths.TOKEN,
                        Map.of(
                                "grant_type", "refresh_token",
                                "client_id", "page",
                                "refresh_token",
                                        Browser.json(bought).path("refresh_token").asString())),
                401,
                "invalid_client");
        assertThat(browser.ask(question("page", back)).statusCode()).isEqualTo(400);
    }

    @Test
    void theOperatorIsToldWhatAClientProvesItselfBy() {
        DeclaredClients clients = house.provider.declaredClients();
        assertThat(clients.newSecret("board", House.OPERATOR))
                .isEqualTo(new DeclaredClients.Outcome.OtherProof("board", Client.Proof.KEYS));
        assertThat(clients.replaceKeys("page", "{}", House.OPERATOR))
                .isEqualTo(new DeclaredClients.Outcome.OtherProof("page", Client.Proof.NONE));
        assertThat(clients.newSecret("nobody", House.OPERATOR))
                .isEqualTo(new DeclaredClients.Outcome.Unknown("nobody"));
        assertThat(clients.replaceKeys("board", "{}", House.OPERATOR))
                .isInstanceOf(DeclaredClients.Outcome.UnusableKeys.class);
        assertThat(clients.ready()).containsExactlyInAnyOrder("page", "phone");
        assertThat(secret("desk")).hasSizeGreaterThan(40);
        assertThat(clients.ready()).containsExactlyInAnyOrder("page", "phone", "desk");
    }
}
