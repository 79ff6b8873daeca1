package dev.ringwall.attack;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// An identity's certificate as a JWS can say it.
final class CertificateText {

    private CertificateText() {}

    /// SHA-256 of the leaf, as `x5t#S256` has it (RFC 7515 §4.1.8).
    static String thumbprint(Pki.Identity identity) {
        try {
            byte[] leaf = identity.leaf().getEncoded();
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(leaf));
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// The chain as `x5c` has it (RFC 7515 §4.1.6).
    static List<String> x5c(Pki.Identity identity) {
        List<String> texts = new ArrayList<>();
        try {
            for (X509Certificate one : identity.chain()) {
                texts.add(Base64.getEncoder().encodeToString(one.getEncoded()));
            }
        } catch (CertificateException failed) {
            throw new IllegalStateException(failed);
        }
        return texts;
    }

    /// The leaf's public key, as `jwk` has it (RFC 7515 §4.1.3).
    static Map<String, Object> jwk(Pki.Identity identity) {
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) identity.leaf().getPublicKey())
                .build()
                .toJSONObject();
    }
}
