package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.MachineClients;
import dev.ringwall.people.Revocation;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Introspection (RFC 7662), revocation (RFC 7009) and userinfo (OpenID Connect Core §5.3).
class TokenStateTest {

    @TempDir Path folder;
    private House house;
    private Browser browser;
    private MachineClients.Outcome.Created machine;

    @BeforeEach
    void start() {
        house = House.in(folder);
        browser = house.browser();
        house.account("ana", "shopper");
        machine =
                (MachineClients.Outcome.Created)
                        house.provider.clients().create("courier", House.OPERATOR);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private JsonNode tokens() {
        return Browser.json(browser.buy(browser.code("ana")));
    }

    private HttpResponse<String> introspect(String token) {
        return browser.asClient(machine, Paths.INTROSPECT, Map.of("token", token));
    }

    private HttpResponse<String> revoke(String client, String token) {
        return browser.post(Paths.REVOKE, Map.of("client_id", client, "token", token));
    }

    @Test
    void aGoodTokenIsDescribed() {
        JsonNode tokens = tokens();
        JsonNode said = Browser.json(introspect(tokens.path("access_token").asString()));
        assertThat(said.path("active").asBoolean()).isTrue();
        assertThat(said.path("client_id").asString()).isEqualTo("storefront");
        assertThat(said.path("iss").asString()).isEqualTo("https://localhost:8443/auth");
        assertThat(said.path("scope").asString()).contains("orders.place");
        assertThat(said.path("exp").asLong()).isPositive();
        assertThat(said.path("sub").asString())
                .isEqualTo(
                        Browser.claims(tokens.path("access_token").asString())
                                .path("sub")
                                .asString());
    }

    @Test
    void anUnknownTokenIsSaidToBeInactiveAndNothingElse() {
        assertThat(introspect("guessed").body()).isEqualTo("{\"active\":false}");
    }

    @Test
    void whoProvesNothingIsToldNothing() {
        String token = tokens().path("access_token").asString();
        for (Map<String, String> form :
                java.util.List.of(
                        Map.of("token", token),
                        Map.of("token", token, "client_id", "storefront"),
                        Map.of("token", token, "client_id", "nobody"))) {
            HttpResponse<String> answer = browser.post(Paths.INTROSPECT, form);
            assertThat(answer.statusCode()).isBetween(400, 401);
            assertThat(answer.body()).doesNotContain("active");
        }
    }

    @Test
    void revokingAnAccessTokenMakesItInactive() {
        JsonNode tokens = tokens();
        String access = tokens.path("access_token").asString();
        assertThat(revoke("storefront", access).statusCode()).isEqualTo(200);
        assertThat(introspect(access).body()).isEqualTo("{\"active\":false}");
        assertThat(house.provider.revocations().current())
                .extracting(Revocation::value)
                .containsExactly(Browser.claims(access).path("jti").asString());
        assertThat(house.acts()).contains("TOKEN_REVOKED").doesNotContain("CODE_REPLAYED");
    }

    @Test
    void revokingARefreshTokenEndsTheAccessTokensToo() {
        JsonNode tokens = tokens();
        assertThat(revoke("storefront", tokens.path("refresh_token").asString()).statusCode())
                .isEqualTo(200);
        assertThat(browser.refresh(tokens.path("refresh_token").asString()).statusCode())
                .isEqualTo(400);
        assertThat(introspect(tokens.path("access_token").asString()).body())
                .isEqualTo("{\"active\":false}");
        assertThat(house.provider.revocations().current()).hasSize(1);
    }

    @Test
    void revokingWhatIsUnknownIsNoError() {
        assertThat(revoke("storefront", "guessed").statusCode()).isEqualTo(200);
    }

    @Test
    void nobodyRevokesTheTokenOfAnotherClient() {
        String access = tokens().path("access_token").asString();
        assertThat(revoke("ringwall-cli", access).statusCode()).isBetween(400, 401);
        assertThat(Browser.json(introspect(access)).path("active").asBoolean()).isTrue();
    }

    @Test
    void aMachineWithoutItsSecretRevokesNothing() {
        assertThat(revoke(machine.client().id(), "x").statusCode()).isEqualTo(401);
    }

    @Test
    void theClientLearnsWhoSignedIn() {
        JsonNode tokens = tokens();
        browser.headers.put("Authorization", "Bearer " + tokens.path("access_token").asString());
        JsonNode said = Browser.json(browser.get(Paths.USERINFO));
        assertThat(said.path("preferred_username").asString()).isEqualTo("ana");
        assertThat(said.path("sub").asString())
                .isEqualTo(
                        Browser.claims(tokens.path("id_token").asString()).path("sub").asString());
    }

    @Test
    void anIdTokenOrNoTokenTellsNothing() {
        JsonNode tokens = tokens();
        assertThat(browser.get(Paths.USERINFO).statusCode()).isEqualTo(401);
        browser.headers.put("Authorization", "Bearer " + tokens.path("id_token").asString());
        assertThat(browser.get(Paths.USERINFO).statusCode()).isEqualTo(401);
    }
}
