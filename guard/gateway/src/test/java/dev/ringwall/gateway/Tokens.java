package dev.ringwall.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;

/// The identity provider's part in these tests: it signs access tokens.
final class Tokens {

    static final String ISSUER = "https://localhost/auth";
    static final String AUDIENCE = "https://localhost";

    private final InstantSource clock;
    private final ECKey key;

    Tokens(InstantSource clock) {
        this.clock = clock;
        this.key = newKey("signing-1");
    }

    static ECKey newKey(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException cannot) {
            throw new AssertionError(cannot);
        }
    }

    ECKey key() {
        return key;
    }

    String jwks() {
        return new JWKSet(key).toString(true);
    }

    String of(String subject, String role, String... scopes) {
        return sign(claims(subject, role, scopes).build());
    }

    JWTClaimsSet.Builder claims(String subject, String role, String... scopes) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(subject)
                .claim("client_id", "storefront")
                .jwtID("token of " + subject)
                .claim("sid", "session of " + subject)
                .claim("roles", List.of(role))
                .claim("scope", String.join(" ", scopes))
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(5))));
    }

    String sign(JWTClaimsSet claims) {
        return sign(claims, key, header -> header);
    }

    static String sign(JWTClaimsSet claims, ECKey key, UnaryOperator<JWSHeader.Builder> header) {
        try {
            SignedJWT token =
                    new SignedJWT(
                            header.apply(
                                            new JWSHeader.Builder(JWSAlgorithm.ES256)
                                                    .type(new JOSEObjectType("at+jwt"))
                                                    .keyID(key.getKeyID()))
                                    .build(),
                            claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException cannot) {
            throw new AssertionError(cannot);
        }
    }
}
