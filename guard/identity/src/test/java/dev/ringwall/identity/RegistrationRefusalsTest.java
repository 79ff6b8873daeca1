package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What nobody gets by registering a client.
class RegistrationRefusalsTest extends RegistrationHouse {

    private static final String METADATA = "invalid_client_metadata";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void nobodyRegistersWithoutAnInvitationThatCounts() {
        HttpResponse<String> without = programs.register(Registering.page(), "");
        Registering.refused(without, 401, "invalid_token");
        assertThat(without.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        Registering.refused(programs.register(Registering.page(), "made-up"), 401, "invalid_token");
        assertThat(house.acts())
                .contains("REGISTRATION_REFUSED")
                .doesNotContain("CLIENT_REGISTERED");
    }

    @Test
    void anInvitationCountsSoOftenAsItSays() {
        String once = programs.invitation(1);
        Registering.refused(
                programs.register(Map.of("client_name", "Photo Printer"), once),
                400,
                "invalid_redirect_uri");
        assertThat(programs.register(Registering.page(), once).statusCode())
                .as("what was turned down used nothing up")
                .isEqualTo(201);
        Registering.refused(programs.register(Registering.page(), once), 401, "invalid_token");
    }

    @Test
    void noMoreRegisterThanMayBeThere() {
        String invitation = programs.invitation(10);
        for (int i = 0; i < 5; i++) {
            assertThat(programs.register(Registering.page(), invitation).statusCode())
                    .isEqualTo(201);
        }
        Registering.refused(
                programs.register(Registering.page(), invitation), 403, "access_denied");
    }

    @Test
    void nothingIsFetchedFromWhereAClientSays() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer inside =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        inside.createContext(
                "/",
                exchange -> {
                    asked.incrementAndGet();
                    exchange.close();
                });
        inside.start();
        try {
            String address = "http://127.0.0.1:" + inside.getAddress().getPort() + "/";
            for (String member : List.of("jwks_uri", "sector_identifier_uri")) {
                Registering.refused(saying(member, address), 400, METADATA);
            }
            Registering.refused(saying("request_uris", List.of(address)), 400, METADATA);
            Registering.refused(saying("backchannel_logout_uri", address), 400, METADATA);
            HttpResponse<String> shown = saying("logo_uri", address);
            assertThat(shown.statusCode()).isEqualTo(201);
            assertThat(shown.body()).doesNotContain(address);
        } finally {
            inside.stop(0);
        }
        assertThat(asked).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        "client_id, storefront",
        "client_secret, chosen",
        "client_secret_expires_at, 0",
        "registration_access_token, chosen",
        "registration_client_uri, https://app.example.com/",
        "client_name, ringwall",
        "client_name, SHOP",
        "client_name, '<b>Bank</b>'",
        "token_endpoint_auth_method, tls_client_auth",
        "subject_type, ephemeral",
        "id_token_signed_response_alg, none",
        "id_token_encrypted_response_alg, RSA-OAEP",
        "application_type, device",
        "scope, orders.ship",
        "scope, openid orders.read ringwall.create-user",
        "redirect_uris, https://app.example.com/back",
    })
    void aClientSaysNothingThatIsForOthersToSay(String member, String value) {
        Registering.refused(saying(member, value), 400, METADATA);
    }

    @Test
    void aClientIsNoneOfAKindOrWithGrantsThatAreNotDeclared() {
        Registering.refused(saying("grant_types", List.of("password")), 400, METADATA);
        Registering.refused(saying("grant_types", List.of("implicit")), 400, METADATA);
        Registering.refused(saying("grant_types", List.of("refresh_token")), 400, METADATA);
        Registering.refused(saying("response_types", List.of("token")), 400, METADATA);
        Registering.refused(saying("response_types", List.of("code id_token")), 400, METADATA);
        Registering.refused(saying("dpop_bound_access_tokens", true), 400, METADATA);
        house.blueprint.set(House.declared(House.SHOP + Registering.OPEN));
        Registering.refused(
                saying("token_endpoint_auth_method", "client_secret_basic"), 400, METADATA);
        Registering.refused(saying("grant_types", List.of("client_credentials")), 400, METADATA);
    }

    @Test
    void aSoftwareStatementIsTrustedByNobodyHere() {
        String statement =
                SigningClient.signed(
                        SigningClient.header("a"),
                        new com.nimbusds.jwt.JWTClaimsSet.Builder()
                                .issuer("https://vendor.example.com")
                                .build(),
                        SigningClient.signer(SigningClient.key(Curve.P_256, "a")));
        Registering.refused(
                saying("software_statement", statement), 400, "unapproved_software_statement");
        Registering.refused(
                saying("software_statement", "no jwt"), 400, "invalid_software_statement");
    }

    @Test
    void aPrivateKeyAndAKeyOfAnotherKindAreTurnedDown() {
        Map<String, Object> says = Registering.page();
        says.put("token_endpoint_auth_method", "private_key_jwt");
        Registering.refused(programs.register(says, programs.invitation(1)), 400, METADATA);
        says.put(
                "jwks",
                Map.of("keys", List.of(SigningClient.key(Curve.P_256, "a").toJSONObject())));
        Registering.refused(programs.register(says, programs.invitation(1)), 400, METADATA);
        says.put("jwks", Map.of("keys", List.of(Map.of("kty", "oct", "k", "AAAA"))));
        Registering.refused(programs.register(says, programs.invitation(1)), 400, METADATA);
    }

    @Test
    void whatNobodyUnderstandsIsKeptNowhere() throws Exception {
        HttpResponse<String> made =
                saying(
                        "protocol_mappers",
                        List.of(Map.of("claim", "roles", "value", "mapper-of-mallory")));
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.body()).doesNotContain("mapper-of-mallory");
        assertThat(house.everythingKept(folder)).doesNotContain("mapper-of-mallory");
    }

    @Test
    void anotherClientsTokenOpensNothing() {
        JsonNode one = programs.registered(Registering.page());
        JsonNode other = programs.registered(Registering.page());
        String path = Paths.CLIENTS + "/" + one.path("client_id").asString();
        Browser browser = programs.browser();
        String token = other.path("registration_access_token").asString();
        for (String method : List.of("GET", "PUT", "DELETE")) {
            Registering.refused(browser.json(method, path, "{}", token), 401, "invalid_token");
            Registering.refused(browser.json(method, path, "{}", ""), 401, "invalid_token");
            Registering.refused(
                    browser.json(method, path, "{}", programs.invitation(1)), 401, "invalid_token");
        }
        Registering.refused(
                browser.json("POST", Paths.CLIENTS, Registering.text(Registering.page()), token),
                401,
                "invalid_token");
        assertThat(programs.of(one, "GET", Map.of()).statusCode()).isEqualTo(200);
    }

    @Test
    void anUpdateAsksForNoMoreThanARegistrationDoes() {
        JsonNode registered = programs.registered(Registering.page());
        Map<String, Object> says = new LinkedHashMap<>(Registering.page());
        Registering.refused(programs.of(registered, "PUT", says), 400, METADATA);
        says.put("client_id", registered.path("client_id").asString());
        JsonNode client = programs.changed(registered, says);
        says.put("scope", "orders.read orders.ship");
        Registering.refused(programs.of(client, "PUT", says), 400, METADATA);
        says.remove("scope");
        says.put("client_secret", "chosen");
        Registering.refused(programs.of(client, "PUT", says), 400, METADATA);
        says.remove("client_secret");
        says.put("redirect_uris", List.of("http://app.example.com/back"));
        Registering.refused(programs.of(client, "PUT", says), 400, "invalid_redirect_uri");
        says.put("redirect_uris", List.of(Registering.BACK));
        says.put("client_id", "registered-other");
        Registering.refused(programs.of(client, "PUT", says), 400, METADATA);
        says.put("client_id", client.path("client_id").asString());
        says.put("registration_access_token", "chosen");
        Registering.refused(programs.of(client, "PUT", says), 400, METADATA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "",
                "null",
                "{\"redirect_uris\": [\"https://a.example.com/\"], \"redirect_uris\": [\"https://b.example.com/\"]}",
                "{} {}",
                "{\"redirect_uris\": \"https://a.example.com/\"}",
                "{\"redirect_uris\": [1]}",
                "{\"client_name\": 1}",
            })
    void aBodyThatCouldMeanTwoThingsMeansNothing(String body) {
        HttpResponse<String> answer =
                programs.browser().json("POST", Paths.CLIENTS, body, programs.invitation(1));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("error").asString()).isEqualTo(METADATA);
    }

    @Test
    void aBodyWithoutEndAndAFormAreTurnedDown() {
        Registering.refused(
                programs.browser()
                        .json(
                                "POST",
                                Paths.CLIENTS,
                                "{\"a\": \"" + "a".repeat(70_000) + "\"}",
                                programs.invitation(1)),
                400,
                METADATA);
        programs.browser().headers.put("Authorization", "Bearer " + programs.invitation(1));
        Registering.refused(
                programs.browser().post(Paths.CLIENTS, Map.of("client_name", "x")), 400, METADATA);
    }

    @Test
    void whatCannotBeRecordedIsNotRegistered() {
        String invitation = programs.invitation(1);
        house.losing.set(true);
        assertThat(programs.register(Registering.page(), invitation).statusCode()).isEqualTo(503);
        house.losing.set(false);
        assertThat(programs.register(Registering.page(), invitation).statusCode()).isEqualTo(201);
    }
}
