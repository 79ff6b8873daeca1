package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Tokens that are bound to a key of Ed25519 (RFC 8037, RFC 9864), at the door.
class DpopKeysTest {

    private static final EdKey KEY = new EdKey("ed");

    private static World world;

    @BeforeAll
    static void begin() throws Exception {
        world = World.of(Shop.YAML);
    }

    @AfterAll
    static void end() {
        world.close();
    }

    /// A call with a token bound to the key, and a proof that names the key.
    private static Wire.Reply place(JWSAlgorithm algorithm, EdKey signs)
            throws IOException, JOSEException, GeneralSecurityException {
        String token =
                world.tokens.sign(
                        world.tokens
                                .claims("ana", "shopper", "orders.place")
                                .claim(
                                        "cnf",
                                        Map.of(
                                                "jkt",
                                                KEY.publicJwk().computeThumbprint().toString()))
                                .build());
        byte[] hash =
                MessageDigest.getInstance("SHA-256")
                        .digest(token.getBytes(StandardCharsets.US_ASCII));
        SignedJWT proof =
                new SignedJWT(
                        new JWSHeader.Builder(algorithm)
                                .type(new JOSEObjectType("dpop+jwt"))
                                .jwk(KEY.publicJwk())
                                .build(),
                        new JWTClaimsSet.Builder()
                                .jwtID(UUID.randomUUID().toString())
                                .claim("htm", "POST")
                                .claim("htu", Tokens.AUDIENCE + "/orders")
                                .claim("ath", Base64URL.encode(hash).toString())
                                .issueTime(Date.from(world.clock.instant()))
                                .build());
        proof.sign(signs);
        try (Wire wire = Wire.tls(world.door)) {
            return wire.post(
                    "/orders", "{}", "Authorization: DPoP " + token, "DPoP: " + proof.serialize());
        }
    }

    @Test
    void whoeverHoldsTheKeyIsLetInByEitherNameOfItsAlgorithm() throws Exception {
        assertThat(place(JWSAlgorithm.EdDSA, KEY).status()).isEqualTo(200);
        assertThat(place(JWSAlgorithm.Ed25519, KEY).status()).isEqualTo(200);
    }

    @Test
    void nobodySignsInItsName() throws Exception {
        assertThat(place(JWSAlgorithm.EdDSA, new EdKey("ed")).reason())
                .isEqualTo("proof-not-valid");
    }
}
