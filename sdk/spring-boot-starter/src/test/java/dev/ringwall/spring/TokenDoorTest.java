package dev.ringwall.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Both sides of the door of a service that runs without a gateway and reads access tokens itself.
class TokenDoorTest {

    private static Issuer issuer;
    private static Running shop;

    @BeforeAll
    static void start() throws IOException {
        issuer = new Issuer();
        shop = Running.start(Shop.class, Map.of(), issuer.settings());
    }

    @AfterAll
    static void stop() {
        shop.close();
        issuer.close();
    }

    @Test
    void theCodeSeesTheSameCallerAsBehindASidecar() {
        String token = issuer.token(issuer.claims());
        assertThat(with(token, "/caller").body()).isEqualTo("acc1 [shopper]");
        assertThat(with(token, "/principal").body()).isEqualTo("acc1true");
        assertThat(with(token, "/authentication").body())
                .isEqualTo("acc1 [ROLE_shopper, SCOPE_orders.place, SCOPE_orders.read]");
        assertThat(with(token, "/clerks").statusCode()).isEqualTo(403);
        assertThat(
                        with(
                                        issuer.token(
                                                issuer.claims().claim("roles", List.of("clerk"))),
                                        "/clerks")
                                .body())
                .isEqualTo("for clerks");
    }

    @Test
    void aMethodWantsItsOperationInTheScope() {
        assertThat(with(issuer.token(issuer.claims()), "/orders").statusCode()).isEqualTo(200);
        assertThat(
                        with(
                                        issuer.token(
                                                issuer.claims().claim("scope", "orders.place")),
                                        "/orders")
                                .body())
                .contains("other-operation");
        assertThat(with(issuer.token(issuer.claims().claim("scope", null)), "/orders").statusCode())
                .isEqualTo(403);
    }

    @Test
    void onlyWhatIsForAnyoneNeedsNoToken() {
        assertThat(shop.get("/headers").statusCode()).isEqualTo(200);
        assertThat(shop.send("POST", "/headers").statusCode()).isEqualTo(401);
        assertThat(shop.get("/headers/").statusCode()).isEqualTo(401);
        assertThat(shop.get("/headers;x=1").statusCode()).isIn(200, 400); // the same path to Spring
        assertThat(shop.get("/caller").statusCode()).isEqualTo(401);
        assertThat(shop.get("/error").statusCode()).isEqualTo(401);
        assertThat(with("bad", "/headers").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ringwall-Caller",
                "ringwall-entry",
                "RINGWALL-ROLES",
                "ringwall-anything",
                "Txn-Token"
            })
    void whatOnlyASidecarSaysIsRefusedAlsoWithAGoodToken(String header) {
        HttpResponse<String> refused =
                shop.get(
                        "/caller",
                        "Authorization",
                        "Bearer " + issuer.token(issuer.claims()),
                        header,
                        "root");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("no-gateway");
    }

    @Test
    void oneTokenAndNoSecondOne() {
        String token = issuer.token(issuer.claims());
        assertThat(
                        shop.get(
                                        "/caller",
                                        "Authorization",
                                        "Bearer " + token,
                                        "authorization",
                                        "Bearer " + token)
                                .statusCode())
                .isEqualTo(401);
        assertThat(shop.get("/caller?access_token=" + token).statusCode()).isEqualTo(401);
        for (String scheme : List.of("Basic ", "DPoP ", "Bearer", "")) {
            assertThat(shop.get("/caller", "Authorization", scheme + token).statusCode())
                    .isEqualTo(401);
        }
        assertThat(shop.get("/caller", "Authorization", "bEARER " + token).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aTokenOfAnotherKeyTypeIssuerOrAudienceIsRefused() {
        refused(Issuer.token("at+jwt", Issuer.key("one"), issuer.claims()));
        refused(Issuer.token("at+jwt", Issuer.key("other"), issuer.claims()));
        refused(Issuer.token("JWT", issuer.key, issuer.claims()));
        refused(Issuer.token("dpop+jwt", issuer.key, issuer.claims()));
        refused(issuer.token(issuer.claims().issuer(issuer.name() + "/")));
        refused(issuer.token(issuer.claims().audience("https://door.test/")));
        refused(issuer.token(issuer.claims().audience((String) null)));
    }

    @Test
    void eachAlgorithmOfTheProviderIsReadByTheKeyThatIsForIt() throws JOSEException {
        JWSSigner rsa = new RSASSASigner(issuer.rsa);
        good(Issuer.token(JWSAlgorithm.PS256, "two", rsa, issuer.claims()));
        good(Issuer.token(JWSAlgorithm.EdDSA, "three", issuer.ed, issuer.claims()));
        opensNothing(Issuer.token(JWSAlgorithm.RS256, "two", rsa, issuer.claims()));
        opensNothing(Issuer.token(JWSAlgorithm.PS512, "two", rsa, issuer.claims()));
        opensNothing(Issuer.token(JWSAlgorithm.PS256, "one", rsa, issuer.claims()));
        opensNothing(Issuer.token(JWSAlgorithm.EdDSA, "one", issuer.ed, issuer.claims()));
        opensNothing(
                Issuer.token(JWSAlgorithm.EdDSA, "three", new EdKey("three"), issuer.claims()));
        opensNothing(
                Issuer.token(
                        JWSAlgorithm.ES256, "three", new ECDSASigner(issuer.key), issuer.claims()));
    }

    /// A key that is not known is looked for again, and not more often than twice in a while.
    private static void opensNothing(String token) {
        assertThat(with(token, "/caller").statusCode()).isIn(401, 503);
    }

    private static void good(String token) {
        assertThat(with(token, "/caller").body()).isEqualTo("acc1 [shopper]");
    }

    @Test
    void aTokenThatIsOverOrIncompleteIsRefused() {
        Instant now = Instant.now();
        refused(issuer.token(issuer.claims().expirationTime(Date.from(now.minusSeconds(60)))));
        refused(issuer.token(issuer.claims().expirationTime(null)));
        refused(issuer.token(issuer.claims().notBeforeTime(Date.from(now.plusSeconds(120)))));
        for (String claim : List.of("sub", "client_id", "jti", "iat")) {
            refused(issuer.token(issuer.claims().claim(claim, null)));
        }
    }

    @Test
    void aTokenThatIsBoundToAKeyIsNotTakenWithoutTheKey() {
        refused(issuer.token(issuer.claims().claim("cnf", Map.of("jkt", "thumbprint"))));
    }

    @Test
    void nobodyIsAServiceOrAnyoneByToken() {
        refused(issuer.token(issuer.claims().subject("service:orders")));
        refused(issuer.token(issuer.claims().subject("-")));
        refused(issuer.token(issuer.claims().subject("acc1 acc2")));
    }

    @Test
    void oneOddRoleRefusesTheToken() {
        refused(issuer.token(issuer.claims().claim("roles", List.of("shopper", "ROLE_clerk"))));
        refused(issuer.token(issuer.claims().claim("roles", List.of("shopper,clerk"))));
        refused(issuer.token(issuer.claims().claim("roles", "shopper")));
        refused(issuer.token(issuer.claims().claim("scope", List.of("orders.read"))));
    }

    @Test
    void anUnsignedTokenAndOneSignedByThePublicKeyAreRefused() throws JOSEException {
        refused(new PlainJWT(issuer.claims().build()).serialize());
        SignedJWT confused =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(),
                        issuer.claims().build());
        confused.sign(new MACSigner(issuer.key.toPublicJWK().toString()));
        refused(confused.serialize());
    }

    @Test
    void anyChangedLetterIsARefusal() {
        String token = issuer.token(issuer.claims());
        for (int i = 0; i < token.length(); i += 17) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(with(changed, "/caller").statusCode()).as("at %d", i).isEqualTo(401);
        }
        refused(token + "=");
        refused(token.replace(".", ".~"));
        refused("a.b");
        refused("a".repeat(AccessTokens.CHARACTERS_MAX + 1));
    }

    @Test
    void aKeyThatATokenBringsAlongIsNotUsed() throws JOSEException {
        com.nimbusds.jose.jwk.ECKey own = Issuer.key("own");
        SignedJWT brought =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .type(new com.nimbusds.jose.JOSEObjectType("at+jwt"))
                                .jwk(own.toPublicJWK())
                                .build(),
                        issuer.claims().build());
        brought.sign(new com.nimbusds.jose.crypto.ECDSASigner(own));
        refused(brought.serialize());
    }

    @Test
    void withoutTheKeysNobodyIsBelievedAndTheTokenIsNotCalledBad() throws IOException {
        Map<String, String> settings;
        String token;
        try (Issuer gone = new Issuer()) {
            settings = gone.settings();
            token = gone.token(gone.claims());
        }
        try (Running service = Running.start(Shop.class, Map.of(), settings)) {
            assertThat(service.get("/caller", "Authorization", "Bearer " + token).statusCode())
                    .isEqualTo(503);
        }
    }

    @Test
    void anErrorInATokenTellsNothingOfIt() {
        String payload =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("{\"sub\":\"<script>\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(with("e30." + payload + ".AAAA", "/caller").body()).doesNotContain("script");
    }

    private static void refused(String token) {
        HttpResponse<String> refused = with(token, "/caller");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }

    private static HttpResponse<String> with(String token, String path) {
        return shop.get(path, "Authorization", "Bearer " + token);
    }
}
