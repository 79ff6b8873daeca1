package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import dev.ringwall.model.SigningAlgorithm;
import dev.ringwall.people.DeclaredClients;
import dev.ringwall.people.Signatures;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What the provider signs, with the algorithm that the declaration names (OpenID Connect Registration §2 `id_token_signed_response_alg`,
/// Back-Channel Logout §2.6, RFC 9068 §2.1).
class SigningAlgorithmsTest {

    private static final String DESK = "https://desk.example.com/callback";

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

    private void declared(String client, String door) {
        house.blueprint.set(
                House.declared(
                        House.SHOP
                                + door
                                + "clients:\n  desk: { kind: web, roles: [shopper], return-to: [\"%s\"]%s }\n"
                                        .formatted(DESK, client)));
    }

    private String secret() {
        return switch (house.provider.declaredClients().newSecret("desk", House.OPERATOR)) {
            case DeclaredClients.Outcome.Secret(var _, String secret) -> secret;
            case DeclaredClients.Outcome other -> throw new AssertionError(other);
        };
    }

    private JsonNode bought(String secret) {
        Map<String, String> question = new HashMap<>(Browser.question());
        question.put("client_id", "desk");
        question.put("redirect_uri", DESK);
        question.put("scope", "openid orders.place");
        String code =
                Browser.query(Browser.location(browser.signIn("ana", question)))
                        .getOrDefault("code", "");
        HttpResponse<String> answer =
                browser.post(
                        Paths.TOKEN,
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                "desk",
                                "client_secret",
                                secret,
                                "redirect_uri",
                                DESK,
                                "code_verifier",
                                Browser.VERIFIER,
                                "code",
                                code));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Browser.json(answer);
    }

    private SignedJWT signedWith(SigningAlgorithm algorithm, String token) throws ParseException {
        SignedJWT jwt = SignedJWT.parse(token);
        assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo(algorithm.word());
        JWK key =
                JWKSet.parse(browser.get(Paths.JWKS).body())
                        .getKeyByKeyId(jwt.getHeader().getKeyID());
        assertThat(key.isPrivate()).isFalse();
        assertThat(Signatures.by(key, algorithm, jwt)).isTrue();
        return jwt;
    }

    private List<String> says(String name) {
        return Browser.json(browser.get(Paths.SERVER_METADATA)).path(name).values().stream()
                .map(JsonNode::asString)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void aClientIsToldInTheAlgorithmThatItIsDeclaredWith(SigningAlgorithm algorithm)
            throws ParseException {
        declared(", signed-with: " + algorithm.word(), "");
        String secret = secret();
        JsonNode tokens = bought(secret);
        String idToken = tokens.path("id_token").asString();
        signedWith(algorithm, idToken);
        signedWith(SigningAlgorithm.ES256, tokens.path("access_token").asString());

        browser.headers.put("Accept", Introspected.SIGNED);
        HttpResponse<String> worth =
                browser.post(
                        Paths.INTROSPECT,
                        Map.of(
                                "client_id",
                                "desk",
                                "client_secret",
                                secret,
                                "token",
                                tokens.path("access_token").asString()));
        browser.headers.remove("Accept");
        assertThat(
                        signedWith(algorithm, worth.body())
                                .getJWTClaimsSet()
                                .getJSONObjectClaim("token_introspection"))
                .containsEntry("active", true);
        assertThat(says("id_token_signing_alg_values_supported"))
                .contains("ES256", algorithm.word());
        assertThat(IdTokenHint.read(idToken, SigningClient.ISSUER, house.keys.published()))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "PS256", "EdDSA"})
    void accessTokensAreSignedAsTheDoorIsDeclared(String word) throws ParseException {
        declared("", "door: { access-tokens: " + word + " }\n");
        JsonNode tokens = bought(secret());
        signedWith(SigningAlgorithm.of(word).orElseThrow(), tokens.path("access_token").asString());
        signedWith(SigningAlgorithm.ES256, tokens.path("id_token").asString());
    }

    @Test
    void metadataNamesWhatIsSignedWithAndNothingElse() {
        assertThat(says("id_token_signing_alg_values_supported")).containsExactly("ES256");
        declared(", signed-with: RS256", "door: { access-tokens: EdDSA }\n");
        assertThat(says("id_token_signing_alg_values_supported")).containsExactly("ES256", "RS256");
        assertThat(says("introspection_signing_alg_values_supported"))
                .containsExactly("ES256", "RS256");
    }

    @Test
    void anIdTokenThatSaysAnotherAlgorithmThanItsKeyHasIsNoHint() throws ParseException {
        declared(", signed-with: PS256", "");
        String genuine = bought(secret()).path("id_token").asString();
        Base64URL header =
                Base64URL.encode(
                        SignedJWT.parse(genuine).getHeader().toString().replace("PS256", "RS256"));
        String confused = header + genuine.substring(genuine.indexOf('.'));
        assertThat(IdTokenHint.read(confused, SigningClient.ISSUER, house.keys.published()))
                .isEmpty();
    }
}
