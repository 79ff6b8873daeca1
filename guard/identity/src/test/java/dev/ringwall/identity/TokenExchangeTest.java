package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.DeclaredClients;
import dev.ringwall.people.MachineClients;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Clients that act for people (RFC 8693).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenExchangeTest {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ACCESS = "urn:ietf:params:oauth:token-type:access_token";
    private static final String CLIENTS =
            """
            clients:
              billing: { kind: machine, roles: [courier], acts-for: [shopper] }
              ledger:  { kind: machine, roles: [courier], acts-for: [shopper] }
              clerks:  { kind: machine, roles: [courier], acts-for: [clerk] }
              plain:   { kind: machine, roles: [courier] }
            """;

    private final Map<String, String> secrets = new HashMap<>();
    private House house;
    private Browser person;

    @BeforeAll
    void start(@TempDir Path folder) {
        house = House.in(folder);
        house.blueprint.set(House.declared(House.SHOP + CLIENTS));
        house.account("ana", "shopper", "clerk");
        for (String client : new String[] {"billing", "ledger", "clerks", "plain"}) {
            switch (house.provider.declaredClients().newSecret(client, House.OPERATOR)) {
                case DeclaredClients.Outcome.Secret(var _, String secret) ->
                        secrets.put(client, secret);
                case DeclaredClients.Outcome other -> throw new AssertionError(other);
            }
        }
    }

    @AfterAll
    void stop() {
        house.close();
    }

    @BeforeEach
    void freshBrowser() {
        person = house.browser();
    }

    private String token(String scope) {
        Map<String, String> question = Browser.question();
        question.put("scope", scope);
        String code =
                Browser.query(Browser.location(person.signIn("ana", question)))
                        .getOrDefault("code", "");
        return access(person.buy(code));
    }

    private static String access(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Browser.json(answer).path("access_token").asString("");
    }

    private HttpResponse<String> exchange(String client, String token, String... more) {
        Map<String, String> form = new HashMap<>();
        form.put("grant_type", GRANT);
        form.put("subject_token", token);
        form.put("subject_token_type", ACCESS);
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return as(client).post(Paths.TOKEN, form);
    }

    private Browser as(String client) {
        Browser browser = house.browser();
        browser.headers.put(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (client + ":" + secrets.get(client))
                                                .getBytes(StandardCharsets.UTF_8)));
        return browser;
    }

    private static void refused(HttpResponse<String> answer, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(Browser.json(answer).path("error").asString("")).isEqualTo(error);
        assertThat(answer.body()).doesNotContain("access_token\":");
    }

    @Test
    void aDeclaredClientGetsATokenForThePersonThatSaysWhoActs() {
        String old = token("openid orders.place orders.read");
        HttpResponse<String> answer = exchange("billing", old);
        assertThat(Browser.json(answer).path("issued_token_type").asString("")).isEqualTo(ACCESS);
        assertThat(Browser.json(answer).has("refresh_token")).isFalse();
        JsonNode before = Browser.claims(old);
        JsonNode claims = Browser.claims(access(answer));
        assertThat(claims.path("sub")).isEqualTo(before.path("sub"));
        assertThat(claims.path("sid")).isEqualTo(before.path("sid"));
        assertThat(claims.path("aud")).isEqualTo(before.path("aud"));
        assertThat(claims.path("client_id").asString("")).isEqualTo("billing");
        assertThat(claims.path("act").path("sub").asString("")).isEqualTo("billing");
        assertThat(claims.path("roles").toString()).isEqualTo("[\"shopper\"]");
        assertThat(claims.path("scope").asString("").split(" "))
                .containsExactlyInAnyOrder("orders.place", "orders.read");
        assertThat(claims.path("exp").asLong()).isLessThanOrEqualTo(before.path("exp").asLong());
    }

    @Test
    void theNewTokenNeverSaysMoreThanTheOldOne() {
        String old = token("orders.read");
        assertThat(Browser.claims(access(exchange("billing", old))).path("scope").asString(""))
                .isEqualTo("orders.read");
        refused(exchange("billing", old, "scope", "orders.read orders.place"), "invalid_scope");
        refused(exchange("billing", old, "scope", "openid"), "invalid_scope");
        refused(exchange("billing", old, "scope", "orders.ship"), "invalid_scope");
        refused(exchange("clerks", token("orders.place")), "invalid_scope");
        refused(
                exchange("billing", old, "audience", "https://elsewhere.example"),
                "invalid_target");
        refused(
                exchange("billing", old, "resource", "https://elsewhere.example"),
                "invalid_target");
        access(exchange("billing", old, "audience", House.DOOR.toString()));
    }

    @Test
    void whoeverActsForOneThatActsIsSaidToo() {
        String first = access(exchange("billing", token("orders.place orders.read")));
        JsonNode act =
                Browser.claims(access(exchange("ledger", first, "scope", "orders.place")))
                        .path("act");
        assertThat(act.path("sub").asString("")).isEqualTo("ledger");
        assertThat(act.path("act").path("sub").asString("")).isEqualTo("billing");
        String token = first;
        for (int actors = 1; actors < TokenExchange.ACTORS_MAX; actors++) {
            token = access(exchange("ledger", token));
        }
        refused(exchange("billing", token), "invalid_request");
    }

    @Test
    void aClientThatIsNotDeclaredToActForAnybodyGetsNothing() {
        String old = token("orders.read");
        refused(exchange("plain", old), "unauthorized_client");
        HttpResponse<String> stranger =
                house.browser()
                        .post(
                                Paths.TOKEN,
                                Map.of(
                                        "grant_type", GRANT,
                                        "client_id", "storefront",
                                        "subject_token", old,
                                        "subject_token_type", ACCESS));
        assertThat(stranger.statusCode()).as(stranger.body()).isIn(400, 401);
        assertThat(stranger.body()).doesNotContain("access_token\":");
    }

    @Test
    void aTokenThatIsOverRevokedOrNotOfAPersonHereIsWorthNothing() {
        String old = token("orders.read");
        person.post(Paths.REVOKE, Map.of("token", old, "client_id", "storefront"));
        refused(exchange("billing", old), "invalid_request");
        var machine =
                (MachineClients.Outcome.Created)
                        house.provider.clients().create("courier", House.OPERATOR);
        String programs =
                access(
                        person.asClient(
                                machine, Paths.TOKEN, Map.of("grant_type", "client_credentials")));
        refused(exchange("billing", programs), "invalid_request");
        refused(exchange("billing", "eyJhbGciOiJub25lIn0.e30."), "invalid_request");
        String signedOut = token("orders.read");
        HttpResponse<String> out = person.get(Paths.LOGOUT);
        person.post(Paths.LOGOUT, Map.of("form", Browser.form(out)));
        refused(exchange("billing", signedOut), "invalid_request");
    }

    @Test
    void whatIsNoExchangeOfAccessTokensIsRefused() {
        String old = token("orders.read");
        refused(
                exchange(
                        "billing",
                        old,
                        "requested_token_type",
                        "urn:ietf:params:oauth:token-type:refresh_token"),
                "invalid_request");
        refused(
                exchange(
                        "billing",
                        old,
                        "subject_token_type",
                        "urn:ietf:params:oauth:token-type:id_token"),
                "invalid_request");
        refused(
                exchange("billing", old, "actor_token", old, "actor_token_type", ACCESS),
                "invalid_request");
    }

    @Test
    void theNewTokenIsKnownAtIntrospectionUntilThePersonSignsOut() {
        String given = access(exchange("billing", token("orders.read")));
        Map<String, String> question = Map.of("token", given);
        assertThat(
                        Browser.json(as("billing").post(Paths.INTROSPECT, question))
                                .path("act")
                                .path("sub")
                                .asString(""))
                .isEqualTo("billing");
        HttpResponse<String> out = person.get(Paths.LOGOUT);
        person.post(Paths.LOGOUT, Map.of("form", Browser.form(out)));
        assertThat(as("billing").post(Paths.INTROSPECT, question).body())
                .contains("\"active\":false");
    }
}
