package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.Account;
import dev.ringwall.people.AccountRegister;
import dev.ringwall.people.Person;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What clients may ask for is what the declaration says that they may: of people (OpenID Connect Core §5.4), and of administration.
class PersonalScopesTest {

    private static final String CLIENTS =
            """
            clients:
              knows: { kind: browser, roles: [shopper], return-to: ["https://app.example.com/back"], claims: [profile] }
              plain: { kind: browser, roles: [shopper], return-to: ["https://app.example.com/back"] }
              tv:    { kind: device, roles: [shopper], claims: [profile] }
              here:  { kind: browser, roles: [shopper], return-to: ["https://localhost:8443/admin"] }
            """;

    private static final String ADMINISTRATION =
            "administration: { list-users: { allow: shopper } }\n";

    @TempDir private Path folder;
    private House house;
    private Browser browser;

    @BeforeEach
    void start() {
        house = House.in(folder);
        house.blueprint.set(House.declared(House.SHOP + CLIENTS));
        Person ana =
                new Person(
                        new Account("", "ana", Set.of("shopper"), house.clock.instant(), false),
                        Optional.empty(),
                        "{\"displayName\": \"Ana Lima\"}");
        assertThat(
                        house.provider
                                .directory()
                                .register()
                                .create(ana, Optional.of(House.PASSWORD), House.OPERATOR))
                .isInstanceOf(AccountRegister.Outcome.Done.class);
        browser = house.browser();
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private static Map<String, String> question(String client, String back, String scope) {
        Map<String, String> question = new HashMap<>(Browser.question());
        question.put("client_id", client);
        question.put("redirect_uri", back);
        question.put("scope", scope);
        question.remove("scope", "");
        return question;
    }

    private static Map<String, String> question(String client, String scope) {
        return question(client, "https://app.example.com/back", scope);
    }

    private String token(Map<String, String> question) {
        String back = Browser.location(browser.signIn("ana", question));
        HttpResponse<String> bought =
                browser.post(
                        Paths.TOKEN,
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                String.valueOf(question.get("client_id")),
                                "redirect_uri",
                                String.valueOf(question.get("redirect_uri")),
                                "code_verifier",
                                Browser.VERIFIER,
                                "code",
                                Browser.query(back).getOrDefault("code", "")));
        assertThat(bought.statusCode()).as(back + bought.body()).isEqualTo(200);
        return Browser.json(bought).path("access_token").asString();
    }

    private static List<String> scopes(String token) {
        return List.of(Browser.claims(token).path("scope").asString().split(" ", -1));
    }

    private JsonNode told(String token) {
        HttpResponse<String> told = browser.json("GET", Paths.USERINFO, "", token);
        assertThat(told.statusCode()).isEqualTo(200);
        return Browser.json(told);
    }

    @Test
    void aClientAsksForWhatItIsDeclaredToKnow() {
        String token = token(question("knows", "openid profile"));
        assertThat(scopes(token)).contains("profile");
        assertThat(told(token).path("name").asString()).isEqualTo("Ana Lima");
    }

    @Test
    void aClientThatAsksForMoreIsRefused() {
        for (Map<String, String> more :
                List.of(
                        question("knows", "openid profile email"),
                        question("plain", "openid profile"),
                        question("plain", "openid phone"))) {
            String back = Browser.location(browser.ask(more));
            assertThat(Browser.query(back)).containsEntry("error", "invalid_scope");
        }
        HttpResponse<String> pushed = browser.post(Paths.PAR, question("plain", "openid email"));
        assertThat(pushed.statusCode()).isEqualTo(400);
        assertThat(Browser.json(pushed).path("error").asString()).isEqualTo("invalid_scope");
    }

    @Test
    void aDeviceIsHeldToItAsWell() {
        assertThat(device("openid profile").statusCode()).isEqualTo(200);
        HttpResponse<String> more = device("openid profile address");
        assertThat(more.statusCode()).isEqualTo(400);
        assertThat(Browser.json(more).path("error").asString()).isEqualTo("invalid_scope");
    }

    private HttpResponse<String> device(String scope) {
        return browser.post(Paths.DEVICE_CODES, Map.of("client_id", "tv", "scope", scope));
    }

    @Test
    void aDeclarationThatSaysLessTakesItFromTokensThatAreThere() {
        String token = token(question("knows", "openid profile"));
        house.blueprint.set(
                House.declared(House.SHOP + CLIENTS.replace(", claims: [profile]", "")));
        JsonNode known =
                Browser.json(browser.get(Paths.OPENID_CONFIGURATION)).path("scopes_supported");
        assertThat(known.toString()).contains("openid").doesNotContain("profile");
        assertThat(told(token).has("name")).isFalse();
        assertThat(told(token).path("preferred_username").asString()).isEqualTo("ana");
        assertThat(
                        Browser.query(
                                Browser.location(browser.ask(question("knows", "openid profile")))))
                .containsEntry("error", "invalid_scope");
    }

    @Test
    void theClientsThatAreAlwaysThereAskForNothingOfPeople() {
        Map<String, String> storefront = new HashMap<>(Browser.question());
        storefront.put("scope", "openid email");
        assertThat(Browser.query(Browser.location(browser.ask(storefront))))
                .containsEntry("error", "invalid_scope");
    }

    @Test
    void aClientThatRegistersItselfAsksForWhatSuchClientsMay() {
        Map<String, Object> asking = Registering.page();
        asking.put("scope", "openid email");
        house.blueprint.set(House.declared(House.SHOP + Registering.INVITED));
        Registering programs = Registering.at(house);
        Registering.refused(
                programs.register(asking, programs.invitation(1)), 400, "invalid_client_metadata");
        house.blueprint.set(
                House.declared(
                        House.SHOP
                                + Registering.INVITED.replace(
                                        "at-most: 5", "claims: [email], at-most: 5")));
        assertThat(programs.registered(asking).path("scope").asString()).isEqualTo("email openid");
    }

    @Test
    void whoeverReturnsToTheDoorDoesNotAdminister() {
        house.blueprint.set(House.declared(House.SHOP + CLIENTS + ADMINISTRATION));
        String here = "https://localhost:8443/admin";
        assertThat(scopes(token(question("here", here, ""))))
                .contains("orders.read")
                .doesNotContain("ringwall.list-users");
        assertThat(
                        Browser.query(
                                Browser.location(
                                        browser.ask(
                                                question("here", here, "ringwall.list-users")))))
                .containsEntry("error", "invalid_scope");
        assertThat(scopes(token(question("plain", "ringwall.list-users"))))
                .containsExactly("ringwall.list-users");
    }
}
