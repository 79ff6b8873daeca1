package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
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
import dev.ringwall.people.MachineClients;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// A machine client of a [House] that proves itself by signing with its key `a`.
record SigningClient(House house, String id, ECKey key) {

    static final String ISSUER = House.DOOR + "/auth";

    static SigningClient of(House house, String role) {
        ECKey key = key(Curve.P_256, "a");
        return new SigningClient(house, registered(house, role, key), key);
    }

    /// Its id, for a client with these keys.
    static String registered(House house, String role, JWK... keys) {
        return switch (house.provider.clients().register(role, set(keys), House.OPERATOR)) {
            case MachineClients.Outcome.Registered(MachineClients.Client made) -> made.id();
            case MachineClients.Outcome other -> throw new AssertionError(other);
        };
    }

    /// The public halves.
    static String set(JWK... keys) {
        return new JWKSet(Arrays.asList(keys)).toString(true);
    }

    static ECKey key(Curve curve, String kid) {
        try {
            return new ECKeyGenerator(curve).keyID(kid).generate();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// The same keys under another name.
    SigningClient as(String other) {
        return new SigningClient(house, other, key);
    }

    JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(id)
                .subject(id)
                .audience(ISSUER)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(house.clock.instant()))
                .expirationTime(Date.from(house.clock.instant().plusSeconds(60)));
    }

    static JWSHeader header(String kid) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(kid).build();
    }

    static JWSSigner signer(ECKey key) {
        try {
            return new ECDSASigner(key);
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    String assertion() {
        return assertion(claims().build());
    }

    String assertion(JWTClaimsSet claims) {
        return signed(header("a"), claims, signer(key));
    }

    static Map<String, String> form(String assertion) {
        return new HashMap<>(
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        assertion));
    }

    HttpResponse<String> asks(String assertion) {
        return house.browser().post(Paths.TOKEN, form(assertion));
    }

    static void given(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    static void refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(Browser.json(answer).path("error").asString()).isEqualTo("invalid_client");
        assertThat(answer.body()).doesNotContain("access_token");
    }
}
