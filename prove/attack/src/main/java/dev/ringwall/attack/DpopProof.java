package dev.ringwall.attack;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// A proof that a key is held (RFC 9449 §4.2), as it should be or changed in any way.
record DpopProof(Map<String, Object> claims, KeyPair key) {

    DpopProof {
        claims = Map.copyOf(claims);
    }

    /// For that request, made now.
    static DpopProof of(Scene scene, String method, String url, KeyPair key) {
        return new DpopProof(
                Map.of(
                        "jti",
                        UUID.randomUUID().toString(),
                        "htm",
                        method,
                        "htu",
                        url,
                        "iat",
                        scene.stage().clock().instant().getEpochSecond()),
                key);
    }

    /// For that call at the door with the token.
    static DpopProof of(Scene scene, Call call, String token, KeyPair key) {
        String path = call.target().split("\\?", 2)[0];
        return of(scene, call.method(), scene.stage().door().origin() + path, key).beside(token);
    }

    DpopProof with(String claim, Object value) {
        Map<String, Object> changed = new HashMap<>(claims);
        changed.put(claim, value);
        return new DpopProof(changed, key);
    }

    DpopProof beside(String token) {
        return with("ath", sha256(token));
    }

    /// With the word that it must repeat.
    DpopProof naming(String nonce) {
        return with("nonce", nonce);
    }

    String signed() {
        return signedBy(key.getPrivate());
    }

    /// With the signature of another key than the one it names.
    String signedBy(PrivateKey other) {
        return bare("ES256").es256(other).compact();
    }

    /// Saying that it needs no signature (RFC 7518 §3.6).
    String unsigned() {
        return bare("none").compact();
    }

    private Jws bare(String algorithm) {
        ECKey named = new ECKey.Builder(Curve.P_256, (ECPublicKey) key.getPublic()).build();
        return Jws.unsigned(
                Map.of("typ", "dpop+jwt", "alg", algorithm, "jwk", named.toJSONObject()), claims);
    }

    private static String sha256(String text) {
        try {
            return Base64URL.encode(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.US_ASCII)))
                    .toString();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
