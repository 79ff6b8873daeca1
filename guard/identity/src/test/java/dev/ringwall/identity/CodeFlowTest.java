package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
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

/// RFC 6749 §4.1 as OAuth 2.1 keeps it, RFC 7636, RFC 9068, RFC 9207, OpenID Connect Core §3.1.
class CodeFlowTest {

    @TempDir Path folder;
    private House house;
    private Browser browser;

    @BeforeEach
    void start() {
        house = House.in(folder);
        browser = house.browser();
        house.account("ana", "shopper");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    @Test
    void aPersonSignsInAndTheClientGetsTokens() throws Exception {
        HttpResponse<String> asked = browser.ask(Browser.question());
        assertThat(asked.statusCode()).isEqualTo(303);
        HttpResponse<String> loggedIn = browser.logIn(asked, "Ana", House.PASSWORD);
        assertThat(loggedIn.statusCode()).isEqualTo(303);
        HttpResponse<String> sent = browser.get(Browser.location(loggedIn));
        assertThat(Browser.location(sent)).startsWith(Browser.CALLBACK + "?");
        Map<String, String> answer = Browser.query(Browser.location(sent));
        assertThat(answer)
                .containsEntry("state", "xyz")
                .containsEntry("iss", "https://localhost:8443/auth");

        HttpResponse<String> bought = browser.buy(answer.get("code"));
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        JsonNode tokens = Browser.json(bought);
        assertThat(tokens.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(tokens.path("expires_in").asInt()).isBetween(290, 300);
        assertThat(tokens.path("scope").asString().split(" ", -1))
                .containsExactlyInAnyOrder("openid", "orders.place", "orders.read");

        SignedJWT access = SignedJWT.parse(tokens.path("access_token").asString());
        assertThat(access.verify(new ECDSAVerifier(house.key.toPublicJWK()))).isTrue();
        assertThat(access.getHeader().getType().getType()).isEqualTo("at+jwt");
        JsonNode claims = Browser.claims(access.serialize());
        assertThat(claims.path("iss").asString()).isEqualTo("https://localhost:8443/auth");
        assertThat(claims.path("aud").toString())
                .contains("https://localhost:8443")
                .doesNotContain("/auth");
        assertThat(claims.path("client_id").asString()).isEqualTo("storefront");
        assertThat(claims.path("roles").toString()).isEqualTo("[\"shopper\"]");
        assertThat(claims.path("scope").asString().split(" ", -1))
                .containsExactlyInAnyOrder("openid", "orders.place", "orders.read");
        assertThat(claims.has("jti") && claims.has("sid") && claims.has("sub")).isTrue();

        JsonNode id = Browser.claims(tokens.path("id_token").asString());
        assertThat(id.path("nonce").asString()).isEqualTo("n-0S6");
        assertThat(id.path("aud").asString()).isEqualTo("storefront");
        assertThat(house.acts())
                .containsExactly("ACCOUNT_CREATED", "SIGNED_IN", "CODE_ISSUED", "TOKEN_ISSUED");
    }

    @Test
    void aRefreshTokenIsGoodOnceAndItsReuseEndsTheFamily() {
        JsonNode first = Browser.json(browser.buy(browser.code("ana")));
        HttpResponse<String> refreshed = browser.refresh(first.path("refresh_token").asString());
        assertThat(refreshed.statusCode()).as(refreshed.body()).isEqualTo(200);
        JsonNode second = Browser.json(refreshed);
        assertThat(second.path("refresh_token").asString())
                .isNotEqualTo(first.path("refresh_token").asString());

        HttpResponse<String> again = browser.refresh(first.path("refresh_token").asString());
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(Browser.json(again).path("error").asString()).isEqualTo("invalid_grant");
        assertThat(browser.refresh(second.path("refresh_token").asString()).statusCode())
                .isEqualTo(400);
        assertThat(house.provider.revocations().current())
                .extracting(Revocation::value)
                .contains(
                        Browser.claims(first.path("access_token").asString())
                                .path("jti")
                                .asString(),
                        Browser.claims(second.path("access_token").asString())
                                .path("jti")
                                .asString());
        assertThat(house.acts()).contains("TOKEN_REFRESHED", "REFRESH_REUSED");
        assertThat(house.changes.get()).isPositive();
    }

    @Test
    void aCodeUsedTwiceRevokesTheTokensItBought() {
        String code = browser.code("ana");
        JsonNode tokens = Browser.json(browser.buy(code));
        HttpResponse<String> again = browser.buy(code);
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(Browser.json(again).path("error").asString()).isEqualTo("invalid_grant");
        assertThat(browser.refresh(tokens.path("refresh_token").asString()).statusCode())
                .isEqualTo(400);
        assertThat(house.provider.revocations().current())
                .extracting(Revocation::value)
                .containsExactly(
                        Browser.claims(tokens.path("access_token").asString())
                                .path("jti")
                                .asString());
        assertThat(house.acts()).contains("CODE_REPLAYED");
    }

    @Test
    void aMachineGetsTokensWithItsSecret() {
        var client =
                (MachineClients.Outcome.Created)
                        house.provider.clients().create("courier", House.OPERATOR);
        HttpResponse<String> given =
                browser.asClient(client, Paths.TOKEN, Map.of("grant_type", "client_credentials"));
        assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
        JsonNode claims = Browser.claims(Browser.json(given).path("access_token").asString());
        assertThat(claims.path("sub").asString()).isEqualTo(client.client().id());
        assertThat(claims.path("roles").toString()).isEqualTo("[\"courier\"]");
        assertThat(claims.path("scope").asString()).contains("orders.ship");
        assertThat(Browser.json(given).has("refresh_token")).isFalse();
    }
}
