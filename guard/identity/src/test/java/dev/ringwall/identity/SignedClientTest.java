package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.ringwall.testkit.HandClock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Clients that prove who they are by signing (RFC 7523 §2.2, §3, OpenID Connect Core §9 `private_key_jwt`).
class SignedClientTest {

    private static final String ISSUER = House.DOOR + "/auth";
    private static final ECKey KEY = key(Curve.P_256, "a");

    @TempDir Path folder;
    private final HandClock clock = HandClock.at(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private House house;
    private Browser browser;
    private String client = "";

    @BeforeEach
    void start() {
        house = House.in(folder, clock);
        browser = house.browser();
        client = registered(KEY);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private String registered(JWK... keys) {
        return switch (house.provider.clients().register("courier", set(keys), House.OPERATOR)) {
            case MachineClients.Outcome.Registered(MachineClients.Client made) -> made.id();
            case MachineClients.Outcome other -> throw new AssertionError(other);
        };
    }

    /// The public halves.
    private static String set(JWK... keys) {
        return new JWKSet(Arrays.asList(keys)).toString(true);
    }

    private static ECKey key(Curve curve, String kid) {
        try {
            return new ECKeyGenerator(curve).keyID(kid).generate();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(client)
                .subject(client)
                .audience(ISSUER)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plusSeconds(60)));
    }

    private static JWSHeader header(String kid) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(kid).build();
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static JWSSigner signer(ECKey key) {
        try {
            return new ECDSASigner(key);
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private String assertion() {
        return signed(header("a"), claims().build(), signer(KEY));
    }

    private static Map<String, String> form(String assertion) {
        return new HashMap<>(
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        assertion));
    }

    private HttpResponse<String> asked(String assertion) {
        return browser.post(Paths.TOKEN, form(assertion));
    }

    private static void given(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static void refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(Browser.json(answer).path("error").asString()).isEqualTo("invalid_client");
        assertThat(answer.body()).doesNotContain("access_token");
    }

    @Test
    void aClientThatSignsGetsATokenOfItsRole() {
        HttpResponse<String> answer = asked(assertion());
        given(answer);
        var claims = Browser.claims(Browser.json(answer).path("access_token").asString());
        assertThat(claims.path("sub").asString()).isEqualTo(client);
        assertThat(claims.path("roles").toString()).isEqualTo("[\"courier\"]");
    }

    @Test
    void itMaySayItsNameBesidesButNotAnothers() {
        Map<String, String> form = form(assertion());
        form.put("client_id", client);
        given(browser.post(Paths.TOKEN, form));
        form = form(assertion());
        form.put("client_id", registered(KEY));
        refused(browser.post(Paths.TOKEN, form));
        form = form(assertion());
        form.put("client_id", "storefront");
        refused(browser.post(Paths.TOKEN, form));
    }

    @Test
    void rsaKeysSignWithPssAndWithNothingElse() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        client = registered(rsa.toPublicJWK());
        for (JWSAlgorithm algorithm :
                List.of(JWSAlgorithm.PS256, JWSAlgorithm.RS256, JWSAlgorithm.PS512)) {
            HttpResponse<String> answer =
                    asked(
                            signed(
                                    new JWSHeader.Builder(algorithm).keyID("r").build(),
                                    claims().build(),
                                    new RSASSASigner(rsa)));
            if (algorithm.equals(JWSAlgorithm.PS256)) {
                given(answer);
            } else {
                refused(answer);
            }
        }
    }

    @Test
    void anAssertionIsGoodOnceAlsoAfterARestartAndForManyAtOnce() throws Exception {
        String once = assertion();
        given(asked(once));
        refused(asked(once));
        house.restart();
        refused(asked(once));

        String together = assertion();
        Callable<HttpResponse<String>> ask =
                () -> house.browser().post(Paths.TOKEN, form(together));
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            int given = 0;
            for (Future<HttpResponse<String>> one : all.invokeAll(Collections.nCopies(6, ask))) {
                given += one.get().statusCode() == 200 ? 1 : 0;
            }
            assertThat(given).isEqualTo(1);
        }
    }

    @Test
    void theSameIdFromAnotherClientIsAnotherAssertion() {
        JWTClaimsSet.Builder claims = claims().jwtID("1");
        given(asked(signed(header("a"), claims.build(), signer(KEY))));
        client = registered(KEY);
        claims = claims().jwtID("1");
        given(asked(signed(header("a"), claims.build(), signer(KEY))));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("no audience", claims -> claims.audience(List.of())),
                wrong("another server", claims -> claims.audience("https://elsewhere.example")),
                wrong("the token endpoint", claims -> claims.audience(House.DOOR + Paths.TOKEN)),
                wrong(
                        "two servers",
                        claims -> claims.audience(List.of(ISSUER, "https://elsewhere.example"))),
                wrong("nearly us", claims -> claims.audience(ISSUER + "/")),
                wrong("another subject", claims -> claims.subject("courier-of-another")),
                wrong("no subject", claims -> claims.subject(null)),
                wrong("a public client", claims -> claims.subject("storefront")),
                wrong("another issuer", claims -> claims.issuer(ISSUER)),
                wrong("no issuer", claims -> claims.issuer(null)),
                wrong("no id", claims -> claims.jwtID(null)),
                wrong("an empty id", claims -> claims.jwtID(" ")),
                wrong(
                        "a long id",
                        claims -> claims.jwtID("x".repeat(Assertions.ID_CHARACTERS_MAX + 1))),
                wrong("no end", claims -> claims.expirationTime(null)),
                wrong("over", claims -> claims.expirationTime(from(claims, -60))),
                wrong("for a day", claims -> claims.expirationTime(from(claims, 86_400))),
                wrong("made in the future", claims -> claims.issueTime(from(claims, 60))),
                wrong("not yet", claims -> claims.notBeforeTime(from(claims, 60))),
                wrong("long", claims -> claims.claim("x", "x".repeat(9_000))));
    }

    private static Date from(JWTClaimsSet.Builder claims, long seconds) {
        return Date.from(claims.build().getIssueTime().toInstant().plusSeconds(seconds));
    }

    private static Arguments wrong(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void whatIsSignedForSomethingElseIsNoProof(
            String what, UnaryOperator<JWTClaimsSet.Builder> change) {
        refused(asked(signed(header("a"), change.apply(claims()).build(), signer(KEY))));
    }

    @Test
    void clocksMayDifferByTenSeconds() {
        Date later = Date.from(clock.instant().plus(Assertions.CLOCKS_DIFFER));
        Date end = Date.from(later.toInstant().plus(Assertions.LIFE_MAX));
        JWTClaimsSet ahead =
                claims().issueTime(later).notBeforeTime(later).expirationTime(end).build();
        given(asked(signed(header("a"), ahead, signer(KEY))));
        Date before = Date.from(clock.instant().minusSeconds(9));
        given(asked(signed(header("a"), claims().expirationTime(before).build(), signer(KEY))));
    }

    @Test
    void anotherKeyAnotherCurveNoSignatureOrAPublicKeyAsASecretIsNoProof() throws Exception {
        refused(asked(signed(header("a"), claims().build(), signer(key(Curve.P_256, "a")))));
        refused(asked(signed(header("b"), claims().build(), signer(KEY))));
        refused(
                asked(
                        signed(
                                new JWSHeader.Builder(JWSAlgorithm.ES384).keyID("a").build(),
                                claims().build(),
                                signer(key(Curve.P_384, "a")))));
        refused(asked(new PlainJWT(claims().build()).serialize()));
        for (byte[] secret :
                List.of(
                        KEY.toECPublicKey().getEncoded(),
                        KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
            refused(
                    asked(
                            signed(
                                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("a").build(),
                                    claims().build(),
                                    new MACSigner(secret))));
        }
        String[] parts = assertion().split("\\.", -1);
        refused(asked(parts[0] + "." + parts[1] + "."));
        refused(asked("not.a.jwt"));
        refused(asked(""));
    }

    @Test
    void aTokenOfAnotherKindIsNoProof() {
        for (String type : List.of("dpop+jwt", "at+jwt")) {
            JWSHeader header =
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID("a")
                            .type(new JOSEObjectType(type))
                            .build();
            refused(asked(signed(header, claims().build(), signer(KEY))));
        }
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID("a")
                        .type(new JOSEObjectType("client-authentication+jwt"))
                        .build();
        given(asked(signed(header, claims().build(), signer(KEY))));
    }

    @Test
    void keysAreTakenFromNowhereButTheStore() throws Exception {
        ECKey own = key(Curve.P_256, "a");
        try (ServerSocket elsewhere = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI there = URI.create("http://127.0.0.1:" + elsewhere.getLocalPort() + "/keys.json");
            refused(
                    asked(
                            signed(
                                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                                            .keyID("a")
                                            .jwkURL(there)
                                            .x509CertURL(there)
                                            .jwk(own.toPublicJWK())
                                            .build(),
                                    claims().build(),
                                    signer(own))));
            elsewhere.setSoTimeout(1);
            org.assertj.core.api.Assertions.assertThatThrownBy(elsewhere::accept)
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aSecondProofBesideIsRefused() {
        Map<String, String> form = form(assertion());
        form.put("client_secret", "x");
        assertThat(browser.post(Paths.TOKEN, form).statusCode()).isEqualTo(400);
        browser.headers.put("Authorization", "Basic eDp5");
        assertThat(asked(assertion()).statusCode()).isEqualTo(400);
    }

    @Test
    void anotherTypeOfAssertionIsRefused() {
        Map<String, String> form = form(assertion());
        form.put(
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:saml2-bearer");
        refused(browser.post(Paths.TOKEN, form));
        form.remove("client_assertion_type");
        refused(browser.post(Paths.TOKEN, form));
    }

    @Test
    void aClientWithKeysHasNoSecretAndOneWithASecretHasNoKeys() {
        var machine =
                (MachineClients.Outcome.Created)
                        house.provider.clients().create("courier", House.OPERATOR);
        client = machine.client().id();
        refused(asked(assertion()));
        for (String secret : List.of("-", "x")) {
            Map<String, String> form =
                    Map.of(
                            "grant_type",
                            "client_credentials",
                            "client_id",
                            registered(KEY),
                            "client_secret",
                            secret);
            refused(browser.post(Paths.TOKEN, form));
        }
    }

    @Test
    void itProvesItselfWhereverClientsDo() {
        String token = Browser.json(asked(assertion())).path("access_token").asString();
        Map<String, String> form = form(assertion());
        form.put("token", token);
        HttpResponse<String> known = browser.post(Paths.INTROSPECT, form);
        assertThat(Browser.json(known).path("active").asBoolean()).isTrue();
        form.put("client_assertion", assertion());
        assertThat(browser.post(Paths.REVOKE, form).statusCode()).isEqualTo(200);
        form.put("client_assertion", assertion());
        assertThat(
                        Browser.json(browser.post(Paths.INTROSPECT, form))
                                .path("active")
                                .asBoolean(true))
                .isFalse();
    }

    @Test
    void keysAreReplacedWithoutAPause() {
        ECKey next = key(Curve.P_256, "b");
        MachineClients clients = house.provider.clients();
        clients.replaceKeys(client, set(KEY, next), House.OPERATOR);
        given(asked(assertion()));
        given(asked(signed(header("b"), claims().build(), signer(next))));
        clients.replaceKeys(client, set(next), House.OPERATOR);
        refused(asked(assertion()));
        given(asked(signed(header("b"), claims().build(), signer(next))));
        assertThat(house.acts()).contains("CLIENT_KEYS_SET");
        assertThat(clients.replaceKeys("nobody", set(next), House.OPERATOR))
                .isEqualTo(new MachineClients.Outcome.Unknown("nobody"));
    }

    @Test
    void aRevokedClientSignsInVain() {
        house.provider.clients().revoke(client, House.OPERATOR);
        refused(asked(assertion()));
    }
}
