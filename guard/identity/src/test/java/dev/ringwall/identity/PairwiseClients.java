package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.DeclaredClients;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Clients of a [House] that can prove themselves, each sent people back at an address of its own, and what they get for who signs in.
final class PairwiseClients {

    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

    /// What is the same for everybody, or says when and how somebody signed in, but not who.
    private static final Set<String> OF_NOBODY =
            Set.of(
                    "iss",
                    "aud",
                    "exp",
                    "iat",
                    "auth_time",
                    "acr",
                    "amr",
                    "roles",
                    "scope",
                    "nonce",
                    "active",
                    "token_type");

    private final House house;
    private final Map<String, String> backs;
    private final Map<String, String> secrets = new HashMap<>();

    /// @param backs client → where people come back to it
    PairwiseClients(House house, Map<String, String> backs) {
        this.house = house;
        this.backs = backs;
        for (String client : backs.keySet()) {
            switch (house.provider.declaredClients().newSecret(client, House.OPERATOR)) {
                case DeclaredClients.Outcome.Secret(var _, String secret) ->
                        secrets.put(client, secret);
                case DeclaredClients.Outcome other -> throw new AssertionError(other);
            }
        }
    }

    Map<String, String> question(String client, String... more) {
        Map<String, String> question = Browser.question();
        question.put("client_id", client);
        question.put("redirect_uri", String.valueOf(backs.get(client)));
        question.put("scope", "openid orders.place orders.read");
        for (int i = 0; i < more.length; i += 2) {
            question.put(more[i], more[i + 1]);
        }
        return question;
    }

    Browser as(String client) {
        Browser of = house.browser();
        of.headers.put(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (client + ":" + secrets.get(client))
                                                .getBytes(StandardCharsets.UTF_8)));
        return of;
    }

    JsonNode ask(String client, String path, Map<String, String> form) {
        HttpResponse<String> answer = as(client).post(path, form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Browser.json(answer);
    }

    /// What a client gets for who is signed in.
    JsonNode bought(Browser browser, String client, String... more) {
        String code =
                Browser.query(Browser.location(browser.signIn("ana", question(client, more))))
                        .getOrDefault("code", "");
        assertThat(code).isNotEmpty();
        return ask(
                client,
                Paths.TOKEN,
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "redirect_uri",
                        String.valueOf(backs.get(client)),
                        "code_verifier",
                        Browser.VERIFIER,
                        "code",
                        code));
    }

    static String access(JsonNode bought) {
        return bought.path("access_token").asString();
    }

    static JsonNode claims(JsonNode bought) {
        return Browser.claims(access(bought));
    }

    JsonNode userInfo(String token) {
        return Browser.json(house.browser().json("POST", Paths.USERINFO, "", token));
    }

    JsonNode introspected(String client, String token) {
        return ask(client, Paths.INTROSPECT, Map.of("token", token));
    }

    static Set<String> said(JsonNode... all) {
        Set<String> said = new TreeSet<>();
        for (JsonNode one : all) {
            one.properties()
                    .forEach(claim -> {
                        if (!OF_NOBODY.contains(claim.getKey())) {
                            said.add(claim.getValue().toString());
                        }
                    });
        }
        return said;
    }

    /// All that the client can read of the person.
    Set<String> everything(String client, JsonNode bought) {
        return said(
                claims(bought),
                Browser.claims(bought.path("id_token").asString()),
                userInfo(access(bought)),
                introspected(client, access(bought)));
    }

    HttpResponse<String> exchange(String client, JsonNode bought) {
        return as(client)
                .post(
                        Paths.TOKEN,
                        Map.of(
                                "grant_type",
                                EXCHANGE,
                                "subject_token",
                                access(bought),
                                "subject_token_type",
                                "urn:ietf:params:oauth:token-type:access_token"));
    }
}
