package dev.ringwall.spring;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/// Signs tokens as Ringwall's provider does, and shows its public keys over HTTP.
final class Issuer implements AutoCloseable {

    static final String AUDIENCE = "https://door.test";

    final ECKey key = key("one");
    final RSAKey rsa = rsa(JWSAlgorithm.PS256);
    final EdKey ed = new EdKey("three");
    private final HttpServer server;

    Issuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/auth/jwks",
                exchange -> {
                    byte[] body =
                            new JWKSet(
                                            List.of(
                                                    key.toPublicJWK(),
                                                    rsa.toPublicJWK(),
                                                    ed.publicJwk()))
                                    .toString()
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static RSAKey rsa(JWSAlgorithm algorithm) {
        try {
            return new RSAKeyGenerator(2048).keyID("two").algorithm(algorithm).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String name() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/auth";
    }

    Map<String, String> settings() {
        return Map.of(
                "ringwall.without-gateway.issuer",
                name(),
                "ringwall.without-gateway.audience",
                AUDIENCE,
                "ringwall.without-gateway.anyone",
                "catalog.list GET /headers",
                "server.max-http-request-header-size",
                "32KB");
    }

    /// A good token's claims, to be spoilt.
    JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(name())
                .audience(AUDIENCE)
                .subject("acc1")
                .claim("client_id", "storefront")
                .claim("roles", List.of("shopper"))
                .claim("scope", "orders.read orders.place openid")
                .jwtID("t1")
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    String token(JWTClaimsSet.Builder claims) {
        return token("at+jwt", key, claims);
    }

    /// Signed with that algorithm, by a key of that name.
    static String token(
            JWSAlgorithm algorithm, String kid, JWSSigner by, JWTClaimsSet.Builder claims) {
        try {
            SignedJWT jwt =
                    new SignedJWT(
                            new JWSHeader.Builder(algorithm)
                                    .type(new JOSEObjectType("at+jwt"))
                                    .keyID(kid)
                                    .build(),
                            claims.build());
            jwt.sign(by);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String token(String type, ECKey by, JWTClaimsSet.Builder claims) {
        try {
            SignedJWT jwt =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256)
                                    .type(new JOSEObjectType(type))
                                    .keyID(by.getKeyID())
                                    .build(),
                            claims.build());
            jwt.sign(new ECDSASigner(by));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
