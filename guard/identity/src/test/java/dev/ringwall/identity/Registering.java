package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.Directory;
import dev.ringwall.store.Store;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program that registers itself at a [House].
record Registering(House house, Browser browser) {

    static final String BACK = "https://app.example.com/back";

    static final String INVITED =
            """
            client-registration: { who: invite, kinds: [web, browser, native, machine], roles: [shopper, courier], at-most: 5, unused: 30d }
            """;

    static final String OPEN =
            """
            client-registration: { who: open, kinds: [browser, native], roles: [shopper] }
            """;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Registering at(House house) {
        return new Registering(house, house.browser());
    }

    static String text(Map<String, ?> says) {
        return JSON.writeValueAsString(says);
    }

    /// A token for so many clients, for an hour.
    String invitation(int uses) {
        return house.provider
                .directory()
                .registeredClients()
                .invitations()
                .invite(uses, Duration.ofHours(1), House.OPERATOR)
                .token();
    }

    /// What a client in a page says of itself.
    static Map<String, Object> page() {
        return new LinkedHashMap<>(
                Map.of(
                        "client_name",
                        "Photo Printer",
                        "redirect_uris",
                        new String[] {BACK},
                        "token_endpoint_auth_method",
                        "none"));
    }

    /// What it asks of people.
    static Map<String, String> question(JsonNode client) {
        Map<String, String> question = new LinkedHashMap<>(Browser.question());
        question.put("client_id", client.path("client_id").asString());
        question.put("redirect_uri", BACK);
        question.put("scope", "openid orders.place orders.read");
        return question;
    }

    /// Where somebody who signs in for it is asked whether it may act for them.
    static String consent(Browser browser, JsonNode client) {
        return Browser.location(browser.signIn("ana", question(client)));
    }

    /// What it buys with the code that it gets once it may.
    static HttpResponse<String> bought(Browser browser, JsonNode client) {
        HttpResponse<String> page = browser.get(consent(browser, client));
        HttpResponse<String> answered =
                browser.post(
                        Browser.action(page),
                        Map.of("form", Browser.form(page), "answer", "allow"));
        String back = Browser.location(browser.get(Browser.location(answered)));
        Map<String, String> purchase =
                new HashMap<>(
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                client.path("client_id").asString(),
                                "redirect_uri",
                                BACK,
                                "code_verifier",
                                Browser.VERIFIER,
                                "code",
                                Browser.query(back).getOrDefault("code", "")));
        if (client.has("client_secret")) {
            purchase.put("client_secret", client.path("client_secret").asString());
        }
        return browser.post(Paths.TOKEN, purchase);
    }

    HttpResponse<String> register(Map<String, ?> says, String token) {
        return browser.json("POST", Paths.CLIENTS, text(says), token);
    }

    /// It is registered, with an invitation of its own.
    JsonNode registered(Map<String, ?> says) {
        HttpResponse<String> answer = register(says, invitation(1));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Browser.json(answer);
    }

    HttpResponse<String> of(JsonNode client, String method, Map<String, ?> says) {
        return browser.json(
                method,
                Paths.CLIENTS + "/" + client.path("client_id").asString(),
                says.isEmpty() ? "" : text(says),
                client.path("registration_access_token").asString());
    }

    /// It changes itself; what it is told has the token that counts from now on.
    JsonNode changed(JsonNode client, Map<String, ?> says) {
        HttpResponse<String> answer = of(client, "PUT", says);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Browser.json(answer);
    }

    /// What is over goes, as it does every few minutes.
    void forget() {
        try (Store store = Store.open(house.database, Directory.tables(), new ProtocolTables())) {
            store.forget(house.clock.instant());
        }
    }

    static void refused(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Browser.json(answer).path("error").asString()).isEqualTo(error);
        assertThat(answer.body()).doesNotContain("client_id\"");
    }
}
