package dev.ringwall.people;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import dev.ringwall.model.SigningAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/// Checks signatures of signed texts, each key for one algorithm and no other, whatever a header says (RFC 8725 §3.1, §3.2).
public final class Signatures {

    static final String ED25519 = "Ed25519";

    private static final int RSA_BITS_MIN = 2048;
    private static final int RSA_BITS_MAX = 4096;
    private static final int ED25519_BYTES = 32;

    private Signatures() {}

    /// The algorithm that keys of clients are used with, each kind with the one that FAPI 2.0 §5.4 allows; empty for keys of other kinds.
    public static Optional<SigningAlgorithm> ofClients(JWK key) {
        return Arrays.stream(SigningAlgorithm.values())
                .filter(one -> one != SigningAlgorithm.RS256 && fits(key, one))
                .findFirst();
    }

    /// Whether the key can be one for that algorithm, by its kind and by what it says of itself.
    static boolean fits(JWK key, SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> key instanceof ECKey curve && Curve.P_256.equals(curve.getCurve());
            case EDDSA ->
                    key instanceof OctetKeyPair curve
                            && Curve.Ed25519.equals(curve.getCurve())
                            && curve.getDecodedX().length == ED25519_BYTES;
            case PS256, RS256 ->
                    key instanceof RSAKey rsa
                            && rsa.size() >= RSA_BITS_MIN
                            && rsa.size() <= RSA_BITS_MAX;
        };
    }

    /// Whether a text that says this means the algorithm. Ed25519 has two names: that of RFC 8037 §3.1 and that of RFC 9864 §2.2.
    static boolean names(SigningAlgorithm algorithm, Algorithm said) {
        return algorithm.word().equals(said.getName())
                || (algorithm == SigningAlgorithm.EDDSA && ED25519.equals(said.getName()));
    }

    /// Whether the key signed the text, with that algorithm, and the text says nothing else.
    public static boolean by(JWK key, SigningAlgorithm algorithm, SignedJWT text) {
        if (!fits(key, algorithm)
                || (key.getAlgorithm() != null && !names(algorithm, key.getAlgorithm()))
                || !names(algorithm, text.getHeader().getAlgorithm())
                || text.getHeader().getCriticalParams() != null) {
            return false;
        }
        try {
            return switch (key) {
                case ECKey curve -> text.verify(new ECDSAVerifier(curve));
                case OctetKeyPair curve -> ed25519(curve.getDecodedX(), text);
                default -> text.verify(new RSASSAVerifier(key.toRSAKey()));
            };
        } catch (JOSEException | IllegalArgumentException unusable) {
            return false;
        }
    }

    /// Nimbus would need another library for it.
    private static boolean ed25519(byte[] key, SignedJWT text) {
        byte[] signed =
                (text.getHeader().toBase64URL() + "." + text.getPayload().toBase64URL())
                        .getBytes(StandardCharsets.US_ASCII);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(false, new Ed25519PublicKeyParameters(key));
        signer.update(signed, 0, signed.length);
        return signer.verifySignature(text.getSignature().decode());
    }
}
