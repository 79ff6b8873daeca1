package dev.ringwall.keys;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;

/// A key that signs tokens with ES256 now. The private half is never printed.
///
/// @param id the `kid`: the key's thumbprint (RFC 7638)
public record SigningKey(String id, ECPrivateKey privateKey, ECPublicKey publicKey) {

    /// The key as a JWK with its private half, for a signer of Nimbus. A JWK prints all it has: keep it out of sight.
    public ECKey dangerousJwk() {
        return new ECKey.Builder(Curve.P_256, publicKey)
                .privateKey(privateKey)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyID(id)
                .build();
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }
}
