package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The algorithms that clients register for themselves (OpenID Connect Dynamic Client Registration 1.0 §2): what they are told in, and what
/// alone they sign with.
class RegisteredSignaturesTest extends RegistrationHouse {

    private static final String TOLD = "id_token_signed_response_alg";
    private static final String PROVES = "token_endpoint_auth_signing_alg";
    private static final String ASKS = "request_object_signing_alg";
    private static final String METADATA = "invalid_client_metadata";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ECKey curve = SigningClient.key(Curve.P_256, "a");
    private final OctetKeyPair edwards = HouseKeys.ed25519("e");

    @BeforeEach
    void start() {
        declare(", signed-with: [PS256, EdDSA, RS256]");
        house.account("ana", "shopper");
    }

    private void declare(String more) {
        house.blueprint.set(
                House.declared(
                        House.SHOP + Registering.INVITED.replace(", unused", more + ", unused")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "PS256", "EdDSA", "RS256"})
    void aClientIsToldInTheAlgorithmThatItRegistered(String algorithm) throws Exception {
        Map<String, Object> says = Registering.page();
        says.put(TOLD, algorithm);
        JsonNode client = programs.registered(says);
        assertThat(client.path(TOLD).asString()).isEqualTo(algorithm);
        JsonNode tokens = Browser.json(Registering.bought(house.browser(), client));
        assertThat(alg(tokens, "id_token")).isEqualTo(algorithm);
        assertThat(alg(tokens, "access_token")).isEqualTo("ES256");
        assertThat(Browser.json(programs.of(client, "GET", Map.of())).path(TOLD).asString())
                .isEqualTo(algorithm);
    }

    private static String alg(JsonNode tokens, String token) throws java.text.ParseException {
        return SignedJWT.parse(tokens.path(token).asString()).getHeader().getAlgorithm().getName();
    }

    @Test
    void aClientIsNotToldInWhatNobodyDeclared() {
        Map<String, Object> says = Registering.page();
        says.put(TOLD, "PS256");
        JsonNode client = programs.registered(says);
        declare("");
        Registering.refused(register(says), 400, METADATA);
        assertThat(house.browser().ask(Registering.question(client)).statusCode())
                .as("what a declaration does not say any more is over at once")
                .isEqualTo(400);
        assertThat(
                        Browser.json(house.browser().get(Paths.OPENID_CONFIGURATION))
                                .path("id_token_signing_alg_values_supported")
                                .toString())
                .isEqualTo("[\"ES256\"]");
    }

    /// A machine with a key of each kind.
    private Map<String, Object> machine() {
        return new LinkedHashMap<>(
                Map.of(
                        "token_endpoint_auth_method",
                        "private_key_jwt",
                        "grant_types",
                        new String[] {"client_credentials"},
                        "jwks",
                        JSON.readTree(
                                SigningClient.set(curve.toPublicJWK(), edwards.toPublicJWK()))));
    }

    private HttpResponse<String> signs(JsonNode client, boolean withCurve) {
        SigningClient as = new SigningClient(house, client.path("client_id").asString(), curve);
        JWTClaimsSet claims = as.claims().build();
        return as.asks(
                withCurve
                        ? as.assertion(claims)
                        : SigningClient.signed(
                                new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID("e").build(),
                                claims,
                                HouseKeys.signer(edwards)));
    }

    @Test
    void aClientThatSaysHowItSignsProvesItselfInNoOtherWay() {
        JsonNode any = programs.registered(machine());
        SigningClient.given(signs(any, true));
        SigningClient.given(signs(any, false));

        Map<String, Object> says = machine();
        says.put(PROVES, "EdDSA");
        JsonNode one = programs.registered(says);
        assertThat(one.path(PROVES).asString()).isEqualTo("EdDSA");
        SigningClient.given(signs(one, false));
        SigningClient.refused(signs(one, true));

        Map<String, Object> changed = machine();
        changed.put("client_id", one.path("client_id").asString());
        assertThat(programs.changed(one, changed).has(PROVES)).isFalse();
        SigningClient.given(signs(one, true));
    }

    @Test
    void aClientThatSaysHowItSignsAsksInNoOtherWay() {
        Map<String, Object> says = machine();
        says.remove("grant_types");
        says.put("redirect_uris", new String[] {Registering.BACK});
        says.put(ASKS, "ES256");
        JsonNode client = programs.registered(says);
        assertThat(client.path(ASKS).asString()).isEqualTo("ES256");
        assertThat(asks(client, true)).startsWith(Paths.LOGIN);
        assertThat(asks(client, false)).isEqualTo("400");
    }

    private String asks(JsonNode client, boolean withCurve) {
        SigningClient as = new SigningClient(house, client.path("client_id").asString(), curve);
        JWTClaimsSet.Builder claims = as.claims();
        Registering.question(client).forEach(claims::claim);
        JWTClaimsSet question = claims.subject(null).build();
        String object =
                withCurve
                        ? SigningClient.signed(
                                SigningClient.header("a"), question, SigningClient.signer(curve))
                        : SigningClient.signed(
                                new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID("e").build(),
                                question,
                                HouseKeys.signer(edwards));
        HttpResponse<String> answer =
                house.browser().ask(Map.of("client_id", as.id(), "request", object));
        return answer.statusCode() == 303 || answer.statusCode() == 302
                ? Browser.location(answer)
                : String.valueOf(answer.statusCode());
    }

    @Test
    void nobodyRegistersWhatNoKeySignsWith() {
        Map<String, Object> rsa = machine();
        rsa.put(PROVES, "PS256");
        Registering.refused(register(rsa), 400, METADATA);
        Map<String, Object> without = Registering.page();
        without.put(ASKS, "ES256");
        Registering.refused(register(without), 400, METADATA);
        Map<String, Object> old = machine();
        old.put(PROVES, "RS256");
        Registering.refused(register(old), 400, METADATA);
    }
}
