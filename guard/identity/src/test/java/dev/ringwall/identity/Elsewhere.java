package dev.ringwall.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/// An OpenID provider of others, which says whatever a test has it say. How one that others wrote gets on with ours is tested elsewhere.
final class Elsewhere implements AutoCloseable {

    static final String CLIENT = "shop-at-acme";
    static final String SECRET =
            "a secret of sixty-four characters, so that it could sign HS256 too";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final InstantSource clock;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    final AtomicInteger keysAsked = new AtomicInteger();
    final Map<String, Object> metadata = new ConcurrentHashMap<>();
    final String issuer;
    volatile ECKey key = key("one");

    /// What it publishes besides.
    volatile List<JWK> more = List.of();

    volatile String subject = "u-17";
    volatile Map<String, Object> claims = Map.of("groups", List.of("shop"));

    /// Changes the claims of ID tokens.
    volatile UnaryOperator<JWTClaimsSet.Builder> twist = UnaryOperator.identity();

    /// Makes the text of a token.
    volatile Function<JWTClaimsSet, String> made = claims -> sign(claims, "JWT");

    /// What a token request is answered with besides.
    volatile int status = 200;

    Elsewhere(InstantSource clock) throws IOException {
        this.clock = clock;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.issuer = "http://127.0.0.1:" + server.getAddress().getPort() + "/op";
        metadata.put("issuer", issuer);
        metadata.put("authorization_endpoint", issuer + "/authorize");
        metadata.put("token_endpoint", issuer + "/token");
        metadata.put("jwks_uri", issuer + "/keys");
        metadata.put("authorization_response_iss_parameter_supported", true);
        server.createContext(
                "/op/.well-known/openid-configuration",
                exchange -> answer(exchange, 200, JSON.writeValueAsString(metadata)));
        server.createContext(
                "/op/keys",
                exchange -> {
                    keysAsked.incrementAndGet();
                    List<JWK> all = new ArrayList<>(more);
                    all.add(key);
                    answer(exchange, 200, new JWKSet(all).toString(true));
                });
        server.createContext("/op/token", this::token);
        server.start();
    }

    static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Signs somebody in who was sent there, and says where the browser is sent back to.
    String signIn(String location) {
        Map<String, String> asked = Browser.query(location);
        String code = "code-" + UUID.randomUUID();
        codes.put(code, asked);
        Map<String, String> back = new LinkedHashMap<>();
        back.put("code", code);
        back.put("state", asked.getOrDefault("state", ""));
        back.put("iss", issuer);
        return path(asked.getOrDefault("redirect_uri", "")) + "?" + Answers.encoded(back);
    }

    static String path(String address) {
        return URI.create(address).getRawPath();
    }

    private void token(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> says = Browser.query("http://x/?" + form);
        Map<String, String> asked = codes.remove(says.getOrDefault("code", ""));
        String proof =
                Base64.getEncoder()
                        .encodeToString(
                                (CLIENT
                                                + ":"
                                                + java.net.URLEncoder.encode(
                                                        SECRET, StandardCharsets.UTF_8))
                                        .getBytes(StandardCharsets.UTF_8));
        boolean good =
                asked != null
                        && ("Basic " + proof)
                                .equals(exchange.getRequestHeaders().getFirst("Authorization"))
                        && says.getOrDefault("redirect_uri", "").equals(asked.get("redirect_uri"))
                        && CodeChallenge.s256(says.getOrDefault("code_verifier", ""))
                                .equals(asked.get("code_challenge"));
        if (!good || status != 200) {
            exchange.getResponseHeaders().add("Location", issuer + "/token");
            answer(exchange, good ? status : 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        String token = made.apply(idToken(asked.getOrDefault("nonce", "")));
        answer(
                exchange,
                200,
                JSON.writeValueAsString(
                        Map.of("access_token", "a", "token_type", "Bearer", "id_token", token)));
    }

    /// The claims of an ID token for us, made now.
    JWTClaimsSet idToken(String nonce) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder builder =
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .subject(subject)
                        .audience(CLIENT)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)))
                        .claim("sid", "there-" + subject)
                        .claim("preferred_username", "Ana at Acme");
        if (!nonce.isEmpty()) {
            builder.claim("nonce", nonce);
        }
        claims.forEach(builder::claim);
        return twist.apply(builder).build();
    }

    JWTClaimsSet.Builder logoutToken() {
        Instant now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(120)))
                .jwtID(UUID.randomUUID().toString())
                .claim(
                        "events",
                        Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    }

    String sign(JWTClaimsSet claims, String type) {
        try {
            return sign(
                    claims,
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(new JOSEObjectType(type))
                            .keyID(key.getKeyID())
                            .build(),
                    new ECDSASigner(key));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String sign(JWTClaimsSet claims, JWSHeader header, JWSSigner signer) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
