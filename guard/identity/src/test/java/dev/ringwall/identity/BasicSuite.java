package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Client;
import dev.ringwall.model.Declaration;
import dev.ringwall.people.Account;
import dev.ringwall.people.AccountRegister;
import dev.ringwall.people.DeclaredClients;
import dev.ringwall.people.Person;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;

/// Asks a [House] as the OpenID Foundation's suite asks a basic provider: as one of two clients that may do without PKCE.
record BasicSuite(
        House house, Browser browser, Map<String, String> secrets, AtomicReference<Instant> now) {

    static final String BACK = "https://suite.example.com/test/a/ringwall/callback";
    private static final String CLIENTS =
            """
            clients:
              one:   { kind: web, roles: [shopper], return-to: ["https://suite.example.com/test/a/ringwall/callback"], claims: [profile, email, address, phone] }
              two:   { kind: web, roles: [shopper], return-to: ["https://suite.example.com/test/a/ringwall/callback"] }
              other: { kind: web, roles: [shopper], return-to: ["https://suite.example.com/test/a/ringwall/callback"] }
            """;
    private static final String ATTRIBUTES =
            """
            {"name": {"formatted": "Ana Lima", "givenName": "Ana", "familyName": "Lima"}, "locale": "pt-PT",
             "emails": [{"value": "ana@example.com", "primary": true}], "phoneNumbers": [{"value": "+351 555 0100"}],
             "addresses": [{"streetAddress": "Rua Nova 1", "locality": "Porto", "country": "PT"}]}
            """;

    static BasicSuite in(Path folder) {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2027-03-01T10:00:00Z"));
        House house = House.in(folder, now::get);
        house.blueprint.set(declared());
        Map<String, String> secrets = new HashMap<>();
        for (String name : new String[] {"one", "two", "other"}) {
            if (house.provider.declaredClients().newSecret(name, House.OPERATOR)
                    instanceof DeclaredClients.Outcome.Secret(var _, String secret)) {
                secrets.put(name, secret);
            }
        }
        Person ana =
                new Person(
                        new Account("", "ana", Set.of("shopper"), now.get(), false),
                        Optional.empty(),
                        ATTRIBUTES);
        assertThat(
                        house.provider
                                .directory()
                                .register()
                                .create(ana, Optional.of(House.PASSWORD), House.OPERATOR))
                .isInstanceOf(AccountRegister.Outcome.Done.class);
        return new BasicSuite(house, house.browser(), secrets, now);
    }

    private static Blueprint declared() {
        Declaration declared = House.declared(House.SHOP + CLIENTS).declaration();
        Map<String, Client> clients = new LinkedHashMap<>(declared.clients());
        clients.replaceAll((name, client) ->
                name.equals("other") ? client : client.with(Client.Profile.CONFORMANCE));
        if (Blueprint.of(declared.with(clients))
                instanceof Blueprint.Outcome.Sound(Blueprint sound, var _)) {
            return sound;
        }
        throw new AssertionError("it does not load");
    }

    void later(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    /// As the suite asks: without PKCE.
    static Map<String, String> question(String... more) {
        Map<String, String> question = new LinkedHashMap<>();
        question.put("client_id", "one");
        question.put("redirect_uri", BACK);
        question.put("scope", "openid");
        question.put("state", "abc");
        question.put("nonce", "n1");
        question.put("response_type", "code");
        for (int i = 0; i < more.length; i += 2) {
            question.put(more[i], more[i + 1]);
        }
        return question;
    }

    Map<String, String> answered(Map<String, String> question) {
        return Browser.query(Browser.location(browser.signIn("ana", question)));
    }

    HttpResponse<String> buy(String code, Map<String, String> more) {
        Map<String, String> form = new HashMap<>(more);
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", BACK);
        return basic("one", form);
    }

    HttpResponse<String> basic(String client, Map<String, String> form) {
        String pair = client + ":" + secrets.get(client);
        browser.headers.put(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        try {
            return browser.post(Paths.TOKEN, form);
        } finally {
            browser.headers.remove("Authorization");
        }
    }

    JsonNode tokens(Map<String, String> question) {
        Map<String, String> answer = answered(question);
        assertThat(answer).containsEntry("state", "abc").containsKey("code");
        HttpResponse<String> bought = buy(answer.get("code"), Map.of());
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        assertThat(bought.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        return Browser.json(bought);
    }

    HttpResponse<String> userinfo(JsonNode tokens) {
        return browser.json("GET", Paths.USERINFO, "", tokens.path("access_token").asString());
    }

    static JsonNode id(JsonNode tokens) {
        return Browser.claims(tokens.path("id_token").asString());
    }
}
