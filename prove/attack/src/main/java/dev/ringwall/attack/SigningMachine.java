package dev.ringwall.attack;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A machine that proves itself by signing (RFC 7523 §2.2), made for the run.
record SigningMachine(String id, KeyPair keys) {

    static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final long LIFETIME_SECONDS = 60;

    /// One of that role; it has shown that it gets tokens.
    static SigningMachine of(Scene scene, String role) throws IOException, NotPlayable {
        KeyPair keys = Pki.keys();
        Optional<String> id =
                scene.stage().target().desk().signing(role, new JWKSet(jwk(keys)).toString());
        SigningMachine machine =
                new SigningMachine(
                        id.orElseThrow(() -> new NotPlayable("no client with keys can be made")),
                        keys);
        LoginFlow flow = ProviderAttacks.flow(scene);
        return switch (flow.tokens(machine.asks(flow, machine.assertion(scene)))) {
            case LoginFlow.Outcome.Tokens _ -> machine;
            case LoginFlow.Outcome.Denied(String why) ->
                    throw new NotPlayable("a machine that signs gets no tokens: " + why);
        };
    }

    ECKey jwk() {
        return jwk(keys);
    }

    static ECKey jwk(KeyPair keys) {
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) keys.getPublic()).keyID("own").build();
    }

    /// What it says of itself when all is right.
    Map<String, Object> claims(Scene scene) {
        long now = scene.stage().clock().instant().getEpochSecond();
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", id);
        claims.put("sub", id);
        claims.put("aud", scene.stage().target().issuer().toString());
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME_SECONDS);
        claims.put("jti", UUID.randomUUID().toString());
        return claims;
    }

    static Map<String, Object> header() {
        return Map.of("alg", "ES256", "kid", "own");
    }

    String assertion(Scene scene) {
        return Jws.unsigned(header(), claims(scene)).es256(keys.getPrivate()).compact();
    }

    /// The request for tokens of its own.
    Call asks(LoginFlow flow, String assertion) {
        return asks(flow, assertion, Map.of("grant_type", "client_credentials"));
    }

    Call asks(LoginFlow flow, String assertion, Map<String, String> grant) {
        Map<String, String> form = new HashMap<>(grant);
        form.put("client_assertion_type", ASSERTION_TYPE);
        form.put("client_assertion", assertion);
        return Call.form(flow.path() + "/token", Browser.encoded(form));
    }
}
