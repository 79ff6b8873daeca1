package dev.ringwall.identity;

import static dev.ringwall.identity.Registering.bought;
import static dev.ringwall.identity.Registering.consent;
import static dev.ringwall.identity.Registering.question;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Programs that register themselves as clients, and what they can do then (RFC 7591, RFC 7592).
class RegistrationTest {

    @TempDir Path folder;
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2027-03-01T10:00:00Z"));
    private House house;
    private Registering programs;
    private Browser browser;

    @BeforeEach
    void start() {
        house = House.in(folder, now::get);
        house.blueprint.set(House.declared(House.SHOP + Registering.INVITED));
        house.account("ana", "shopper", "clerk");
        programs = Registering.at(house);
        browser = house.browser();
    }

    @AfterEach
    void stop() {
        house.close();
    }

    @Test
    void whereTheDeclarationSaysNothingNobodyRegisters() {
        house.blueprint.set(House.declared(House.SHOP));
        assertThat(programs.register(Registering.page(), "").statusCode()).isEqualTo(404);
        assertThat(browser.get(Paths.OPENID_CONFIGURATION).body())
                .doesNotContain("registration_endpoint");
    }

    @Test
    void whereItIsDeclaredTheMetadataSaySo() {
        for (String document : List.of(Paths.OPENID_CONFIGURATION, Paths.SERVER_METADATA)) {
            assertThat(Browser.json(browser.get(document)).path("registration_endpoint").asString())
                    .isEqualTo(House.DOOR + "/auth/clients");
        }
    }

    @Test
    void aProgramWithAnInvitationIsAClientThatPeopleAreAskedAbout() {
        JsonNode client = programs.registered(Registering.page());
        assertThat(client.path("client_id").asString()).startsWith("registered-");
        assertThat(client.path("registration_client_uri").asString())
                .isEqualTo(House.DOOR + "/auth/clients/" + client.path("client_id").asString());
        assertThat(client.path("token_endpoint_auth_method").asString()).isEqualTo("none");
        assertThat(client.has("client_secret")).isFalse();
        assertThat(client.path("scope").asString().split(" ", -1))
                .contains("openid", "orders.place", "orders.read")
                .doesNotContain("orders.ship");
        String page = browser.get(consent(browser, client)).body();
        assertThat(page).contains("Photo Printer", "nobody here has checked it", "app.example.com");
        JsonNode tokens = Browser.json(bought(browser, client));
        assertThat(Browser.claims(tokens.path("access_token").asString()).path("roles").toString())
                .isEqualTo("[\"shopper\"]");
        assertThat(tokens.has("refresh_token")).as("it did not register for one").isFalse();
        assertThat(browser.get(Paths.ACCOUNT).body())
                .contains("Photo Printer (" + client.path("client_id").asString() + ")");
        assertThat(house.acts()).contains("CLIENT_INVITED", "CLIENT_REGISTERED", "CONSENT_GIVEN");
    }

    @Test
    void noneAdministersWhateverTheRolesMayDoThatItActsIn() {
        house.blueprint.set(
                House.declared(
                        House.SHOP
                                + Registering.INVITED
                                + "administration: { list-users: { allow: shopper } }\n"));
        JsonNode client = programs.registered(Registering.page());
        assertThat(client.path("scope").asString()).contains("orders.").doesNotContain("ringwall.");
        JsonNode tokens = Browser.json(bought(browser, client));
        assertThat(Browser.claims(tokens.path("access_token").asString()).path("scope").asString())
                .contains("orders.read")
                .doesNotContain("ringwall.");
    }

    @Test
    void aServerGetsASecretThatIsShownOnceAndRefreshesWhereItRegisteredForIt() {
        Map<String, Object> says = Registering.page();
        says.remove("token_endpoint_auth_method");
        says.put("grant_types", List.of("authorization_code", "refresh_token"));
        JsonNode client = programs.registered(says);
        assertThat(client.path("client_secret_expires_at").asInt(-1)).isZero();
        JsonNode tokens = Browser.json(bought(browser, client));
        assertThat(tokens.path("refresh_token").asString()).isNotEmpty();
        HttpResponse<String> looked = programs.of(client, "GET", Map.of());
        assertThat(looked.statusCode()).isEqualTo(200);
        assertThat(Browser.json(looked).has("client_secret")).isFalse();
        assertThat(Browser.json(looked).path("redirect_uris").toString())
                .isEqualTo("[\"" + Registering.BACK + "\"]");
    }

    @Test
    void whatIsSecretLiesInTheDatabaseAsAHash() throws Exception {
        Map<String, Object> says = Registering.page();
        says.remove("token_endpoint_auth_method");
        String invitation = programs.invitation(2);
        JsonNode client = Browser.json(programs.register(says, invitation));
        assertThat(house.everythingKept(folder))
                .contains(client.path("client_id").asString())
                .doesNotContain(
                        invitation,
                        client.path("client_secret").asString(),
                        client.path("registration_access_token").asString());
    }

    @Test
    void aMachineSignsWithTheKeysThatItRegistered() {
        ECKey key = SigningClient.key(Curve.P_256, "a");
        JsonNode client =
                programs.registered(
                        Map.of(
                                "client_name", "Nightly",
                                "grant_types", List.of("client_credentials"),
                                "token_endpoint_auth_method", "private_key_jwt",
                                "jwks", Map.of("keys", List.of(key.toPublicJWK().toJSONObject())),
                                "scope", "orders.ship"));
        SigningClient machine = new SigningClient(house, client.path("client_id").asString(), key);
        HttpResponse<String> bought =
                browser.post(
                        Paths.TOKEN,
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_assertion_type",
                                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                                "client_assertion", machine.assertion()));
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        JsonNode claims = Browser.claims(Browser.json(bought).path("access_token").asString());
        assertThat(claims.path("scope").asString()).isEqualTo("orders.ship");
        assertThat(claims.path("roles").toString()).isEqualTo("[\"courier\"]");
    }

    @Test
    void aClientThatRegisteredForLessGetsLess() {
        Map<String, Object> says = Registering.page();
        says.put("scope", "openid orders.read");
        JsonNode client = programs.registered(says);
        Map<String, String> asked = question(client);
        assertThat(Browser.query(Browser.location(browser.signIn("ana", asked))))
                .containsEntry("error", "invalid_scope");
        asked.remove("scope");
        String consent = Browser.location(browser.signIn("ana", asked));
        assertThat(browser.get(consent).body())
                .contains("orders.read")
                .doesNotContain("orders.place");
    }

    @Test
    void anUpdateTakesThePlaceOfAllThatWasSaidBefore() {
        JsonNode client = programs.registered(Registering.page());
        Map<String, Object> says = Registering.page();
        says.put("client_id", client.path("client_id").asString());
        says.put("redirect_uris", List.of("https://app.example.com/other"));
        says.put("scope", "orders.read");
        says.remove("client_name");
        JsonNode changed = programs.changed(client, says);
        JsonNode looked = Browser.json(programs.of(changed, "GET", Map.of()));
        assertThat(looked.path("redirect_uris").toString())
                .isEqualTo("[\"https://app.example.com/other\"]");
        assertThat(looked.path("scope").asString()).isEqualTo("openid orders.read");
        assertThat(looked.path("client_name").asString()).doesNotContain("Photo");
        assertThat(browser.ask(question(client)).statusCode())
                .as("the old address is none any more")
                .isEqualTo(400);
        assertThat(house.acts()).contains("CLIENT_CHANGED");
        for (String method : List.of("GET", "PUT", "DELETE")) {
            Registering.refused(programs.of(client, method, says), 401, "invalid_token");
        }
    }

    @Test
    void peopleAreAskedAgainByAClientThatLooksOtherThanTheOneTheyAllowed() {
        JsonNode client = programs.registered(Registering.page());
        assertThat(bought(browser, client).statusCode()).isEqualTo(200);
        assertThat(Browser.location(browser.ask(question(client)))).startsWith(Registering.BACK);

        Map<String, Object> says = Registering.page();
        says.put("client_id", client.path("client_id").asString());
        says.put("post_logout_redirect_uris", List.of("https://app.example.com/bye"));
        JsonNode changed = programs.changed(client, says);
        assertThat(Browser.location(browser.ask(question(client))))
                .as("it looks the same")
                .startsWith(Registering.BACK);

        says.put("redirect_uris", List.of(Registering.BACK, "https://elsewhere.example/back"));
        programs.changed(changed, says);
        Map<String, String> elsewhere = question(client);
        elsewhere.put("redirect_uri", "https://elsewhere.example/back");
        assertThat(Browser.location(browser.ask(elsewhere))).startsWith(Paths.CONSENT);
    }

    @Test
    void aClientThatEndsItselfTakesItsTokensWithIt() {
        JsonNode client = programs.registered(Registering.page());
        JsonNode tokens = Browser.json(bought(browser, client));
        String jti = Browser.claims(tokens.path("access_token").asString()).path("jti").asString();
        assertThat(programs.of(client, "DELETE", Map.of()).statusCode()).isEqualTo(204);
        assertThat(house.provider.revocations().current().toString()).contains(jti);
        assertThat(programs.of(client, "GET", Map.of()).statusCode()).isEqualTo(401);
        assertThat(browser.ask(question(client)).statusCode()).isEqualTo(400);
        assertThat(house.acts()).contains("CLIENT_REMOVED");
    }

    @Test
    void theOperatorEndsAClientAndTakesAnInvitationBack() {
        JsonNode client = programs.registered(Registering.page());
        var clients = house.provider.directory().registeredClients();
        assertThat(clients.revoke(client.path("client_id").asString(), House.OPERATOR)).isTrue();
        assertThat(clients.revoke("registered-none", House.OPERATOR)).isFalse();
        assertThat(programs.of(client, "GET", Map.of()).statusCode()).isEqualTo(401);
        String token = programs.invitation(3);
        String id = clients.invitations().list().getFirst().id();
        assertThat(clients.invitations().withdraw(id, House.OPERATOR)).isTrue();
        Registering.refused(programs.register(Registering.page(), token), 401, "invalid_token");
    }

    @Test
    void aClientThatNobodyUsesIsForgottenWithWhatPeopleAllowedIt() throws Exception {
        JsonNode used = programs.registered(Registering.page());
        JsonNode unused = programs.registered(Registering.page());
        now.updateAndGet(time -> time.plus(Duration.ofDays(20)));
        assertThat(bought(browser, used).statusCode()).isEqualTo(200);
        now.updateAndGet(time -> time.plus(Duration.ofDays(20)));
        assertThat(programs.of(used, "GET", Map.of()).statusCode()).isEqualTo(200);
        assertThat(programs.of(unused, "GET", Map.of()).statusCode()).isEqualTo(401);
        assertThat(browser.ask(question(unused)).statusCode()).isEqualTo(400);
        programs.forget();
        assertThat(house.everythingKept(folder)).contains(used.path("client_id").asString());
        now.updateAndGet(time -> time.plus(Duration.ofDays(20)));
        programs.forget();
        assertThat(house.provider.directory().registeredClients().list()).isEmpty();
    }

    @Test
    void aDeclarationThatSaysLessTakesItFromThoseThatAreThere() {
        JsonNode client = programs.registered(Registering.page());
        assertThat(consent(browser, client)).startsWith(Paths.CONSENT);
        house.blueprint.set(
                House.declared(
                        House.SHOP
                                + "client-registration: { who: invite, kinds: [web], roles: [shopper] }"));
        assertThat(browser.ask(question(client)).statusCode()).isEqualTo(400);
        house.blueprint.set(House.declared(House.SHOP));
        assertThat(browser.ask(question(client)).statusCode()).isEqualTo(400);
        assertThat(programs.of(client, "GET", Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void whereEverybodyMayRegisterEachNetworkDoesSoAFewTimesAnHour() {
        house.blueprint.set(House.declared(House.SHOP + Registering.OPEN));
        for (int i = 0; i < 5; i++) {
            assertThat(programs.register(Registering.page(), "").statusCode()).isEqualTo(201);
        }
        HttpResponse<String> more = programs.register(Registering.page(), "");
        Registering.refused(more, 429, "slow_down");
        assertThat(more.headers().firstValue("Retry-After")).isPresent();
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(61)));
        JsonNode client = Browser.json(programs.register(Registering.page(), ""));
        now.updateAndGet(time -> time.plus(Duration.ofHours(25)));
        assertThat(programs.of(client, "GET", Map.of()).statusCode())
                .as("nobody used it within a day")
                .isEqualTo(401);
    }
}
