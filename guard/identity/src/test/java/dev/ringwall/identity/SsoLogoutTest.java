package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.ringwall.people.DeclaredClients;
import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A provider of others says that a login is over (OpenID Connect Back-Channel Logout 1.0 §2.6), its keys change, and clients bring its ID tokens
/// (RFC 8693).
class SsoLogoutTest {

    private static final String LOGOUT = Paths.SSO + "/acme/logout";

    private final HandClock clock = HandClock.at(Instant.parse("2026-11-29T12:00:00Z"));
    private Elsewhere acme;
    private House house;
    private Browser browser;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        acme = new Elsewhere(clock);
        house = House.in(folder, clock);
        house.secrets.put("acme-client", Elsewhere.SECRET);
        house.blueprint.set(
                House.declared(
                        Acme.declaration(acme, ", accounts: create, exchange: [back]")
                                + "clients:\n  back: { kind: machine, roles: [courier], acts-for: [staff] }\n"
                                + "  idle: { kind: machine, roles: [courier], acts-for: [staff] }\n"));
        browser = house.browser();
        Acme.claims(browser, acme);
    }

    @AfterEach
    void stop() {
        house.close();
        acme.close();
    }

    private boolean signedIn() {
        return browser.get(Paths.ACCOUNT).statusCode() == 200;
    }

    private int tell(String token) {
        return house.browser().post(LOGOUT, Map.of("logout_token", token)).statusCode();
    }

    private int tell(JWTClaimsSet.Builder claims) {
        return tell(acme.sign(claims.build(), "logout+jwt"));
    }

    @Test
    void theLoginThatStandsOnTheOneThatIsOverEnds() {
        assertThat(tell(acme.logoutToken().claim("sid", "there-u-17"))).isEqualTo(200);

        assertThat(signedIn()).isFalse();
        assertThat(house.acts()).contains("LOGOUT_HEARD");
    }

    @Test
    void allLoginsOfAPersonEndWhereNoneIsNamed() {
        assertThat(tell(acme.logoutToken().subject("u-17"))).isEqualTo(200);

        assertThat(signedIn()).isFalse();
    }

    @Test
    void theLoginOfAnotherPersonGoesOn() {
        assertThat(tell(acme.logoutToken().subject("u-18"))).isEqualTo(200);
        assertThat(tell(acme.logoutToken().claim("sid", "there-u-18"))).isEqualTo(200);
        assertThat(tell(acme.logoutToken().claim("sid", "there-u-17").subject("u-18")))
                .isEqualTo(200);

        assertThat(signedIn()).isTrue();
    }

    @Test
    void whatIsNoLogoutTokenForUsEndsNothing() {
        Instant now = clock.instant();
        Elsewhere evil = acme;
        assertThat(tell(acme.logoutToken().subject("u-17").audience("another"))).isEqualTo(400);
        assertThat(tell(acme.logoutToken().subject("u-17").issuer("https://evil.example")))
                .isEqualTo(400);
        assertThat(tell(acme.logoutToken().subject("u-17").claim("nonce", "n"))).isEqualTo(400);
        assertThat(tell(acme.logoutToken().subject("u-17").claim("events", null))).isEqualTo(400);
        assertThat(tell(acme.logoutToken().subject("u-17").jwtID(null))).isEqualTo(400);
        assertThat(tell(acme.logoutToken())).isEqualTo(400);
        assertThat(
                        tell(
                                acme.logoutToken()
                                        .subject("u-17")
                                        .expirationTime(Date.from(now.minusSeconds(31)))))
                .isEqualTo(400);
        assertThat(
                        tell(
                                acme.logoutToken()
                                        .subject("u-17")
                                        .issueTime(Date.from(now.minusSeconds(601)))))
                .isEqualTo(400);
        assertThat(tell(new PlainJWT(acme.logoutToken().subject("u-17").build()).serialize()))
                .isEqualTo(400);
        assertThat(tell(evil.sign(evil.idToken(""), "JWT"))).isEqualTo(400);
        assertThat(tell(evil.sign(acme.logoutToken().subject("u-17").build(), "at+jwt")))
                .isEqualTo(400);
        assertThat(tell("")).isEqualTo(400);

        assertThat(signedIn()).isTrue();
        assertThat(house.acts()).contains("LOGOUT_REFUSED");
    }

    @Test
    void aLogoutTokenCountsOnce() {
        String token = acme.sign(acme.logoutToken().subject("u-17").build(), "logout+jwt");
        assertThat(tell(token)).isEqualTo(200);
        Acme.claims(browser, acme);

        assertThat(tell(token)).isEqualTo(400);
        assertThat(signedIn()).isTrue();
    }

    @Test
    void keysThatHaveChangedAreAskedForButNotOften() {
        int asked = acme.keysAsked.get();
        acme.key = Elsewhere.key("two");
        clock.advance(Duration.ofSeconds(31));

        assertThat(Browser.location(Acme.signIn(house.browser(), acme)))
                .startsWith(Paths.AUTHORIZE);
        assertThat(acme.keysAsked.get()).isEqualTo(asked + 1);

        acme.key = Elsewhere.key("three");
        for (int i = 0; i < 5; i++) {
            assertThat(Acme.signIn(house.browser(), acme).statusCode()).isEqualTo(403);
        }
        assertThat(acme.keysAsked.get()).isEqualTo(asked + 1);
    }

    private HttpResponse<String> exchange(String client, String token, String type) {
        String secret =
                switch (house.provider.declaredClients().newSecret(client, House.OPERATOR)) {
                    case DeclaredClients.Outcome.Secret(var _, String made) -> made;
                    case DeclaredClients.Outcome other -> throw new AssertionError(other);
                };
        Browser program = house.browser();
        program.headers.put(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (client + ":" + secret).getBytes(StandardCharsets.UTF_8)));
        return program.post(
                Paths.TOKEN,
                new HashMap<>(
                        Map.of(
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:token-exchange",
                                "subject_token",
                                token,
                                "subject_token_type",
                                "urn:ietf:params:oauth:token-type:" + type)));
    }

    @Test
    void aClientThatMayGetsATokenForWhoeverAnIdTokenSpeaksOf() {
        String token = acme.sign(acme.idToken(""), "JWT");
        HttpResponse<String> answer = exchange("back", token, "id_token");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode claims = Browser.claims(Browser.json(answer).path("access_token").asString(""));
        assertThat(claims.path("roles").toString()).isEqualTo("[\"staff\"]");
        assertThat(claims.path("act").path("sub").asString("")).isEqualTo("back");
        assertThat(claims.path("sub").asString(""))
                .isEqualTo(house.provider.accounts().list().getFirst().id());
        assertThat(exchange("back", token, "jwt").statusCode()).isEqualTo(200);
    }

    @Test
    void noOtherClientDoesAndNoOtherToken() {
        String token = acme.sign(acme.idToken(""), "JWT");
        assertThat(exchange("idle", token, "id_token").statusCode()).isEqualTo(400);

        acme.twist = builder -> builder.audience("another");
        assertThat(exchange("back", acme.sign(acme.idToken(""), "JWT"), "jwt").statusCode())
                .isEqualTo(400);
        acme.twist = builder -> builder.subject("somebody-who-never-came");
        assertThat(exchange("back", acme.sign(acme.idToken(""), "JWT"), "jwt").statusCode())
                .isEqualTo(400);
        acme.twist = builder -> builder;
        acme.claims = Map.of("groups", List.of("other"));
        assertThat(exchange("back", acme.sign(acme.idToken(""), "JWT"), "jwt").statusCode())
                .isEqualTo(400);
        assertThat(
                        exchange(
                                        "back",
                                        acme.sign(
                                                acme.logoutToken().subject("u-17").build(),
                                                "logout+jwt"),
                                        "jwt")
                                .statusCode())
                .isEqualTo(400);
    }
}
