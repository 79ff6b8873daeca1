package dev.ringwall.federation;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/// Signatures of others by Ed25519, checked by the JDK: Nimbus would need another library for them.
final class Ed25519 {

    /// What a text says that is signed so: the name of RFC 8037 §3.1, and that of RFC 9864 §2.2.
    static final Set<String> NAMES = Set.of("EdDSA", "Ed25519");

    private static final String NAME = "Ed25519";
    private static final int KEY_BYTES = 32;

    /// What stands before the key in its X.509 form (RFC 8410 §4).
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    /// What keys may have signed a text with that header; empty where it names another algorithm. Either name fits a key that says the other.
    static Optional<JWKMatcher> matcher(JWSHeader header) {
        if (!NAMES.contains(header.getAlgorithm().getName())) {
            return Optional.empty();
        }
        JWKMatcher.Builder builder =
                new JWKMatcher.Builder()
                        .keyType(KeyType.OKP)
                        .curve(Curve.Ed25519)
                        .keyUses(KeyUse.SIGNATURE, null)
                        .algorithms(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519, null);
        return Optional.of(
                (header.getKeyID() == null ? builder : builder.keyID(header.getKeyID())).build());
    }

    /// Whether the key has signed the text. Never by a key of Ed448, which has the same name in the header.
    static boolean signed(SignedJWT text, OctetKeyPair key) {
        byte[] x = key.getDecodedX();
        if (!NAMES.contains(text.getHeader().getAlgorithm().getName())
                || !Curve.Ed25519.equals(key.getCurve())
                || x.length != KEY_BYTES
                || text.getHeader().getCriticalParams() != null) {
            return false;
        }
        byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + KEY_BYTES);
        System.arraycopy(x, 0, encoded, X509_PREFIX.length, KEY_BYTES);
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initVerify(
                    KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded)));
            signature.update(text.getSigningInput());
            return signature.verify(text.getSignature().decode());
        } catch (GeneralSecurityException unfit) {
            return false;
        }
    }
}
