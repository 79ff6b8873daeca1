package dev.ringwall.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.ringwall.model.SigningAlgorithm;
import java.util.Optional;

/// A public key that checks signatures of one algorithm and of no other, whatever a header says (RFC 8725 §3.1, §3.2). Any thread may use it.
public final class VerifyingKey {

    static final int RSA_BITS_MIN = 2048;
    static final int RSA_BITS_MAX = 4096;

    private final SigningAlgorithm algorithm;
    private final JWSVerifier verifier;

    private VerifyingKey(SigningAlgorithm algorithm, JWSVerifier verifier) {
        this.algorithm = algorithm;
        this.verifier = verifier;
    }

    /// What the key is for; empty when it is for nothing that is checked here.
    ///
    /// A key of RSA must say for which of its algorithms it is; the others are each for one.
    public static Optional<SigningAlgorithm> algorithm(JWK key) {
        if (key.getKeyUse() != null && !KeyUse.SIGNATURE.equals(key.getKeyUse())) {
            return Optional.empty();
        }
        Optional<SigningAlgorithm> said =
                key.getAlgorithm() == null
                        ? Optional.empty()
                        : SigningAlgorithm.of(key.getAlgorithm().getName());
        Optional<SigningAlgorithm> fits =
                switch (key) {
                    case ECKey curve when Curve.P_256.equals(curve.getCurve()) ->
                            Optional.of(SigningAlgorithm.ES256);
                    case OctetKeyPair curve when Curve.Ed25519.equals(curve.getCurve()) ->
                            Optional.of(SigningAlgorithm.EDDSA);
                    case RSAKey rsa when rsa.size() >= RSA_BITS_MIN && rsa.size() <= RSA_BITS_MAX ->
                            said.filter(one ->
                                    one == SigningAlgorithm.PS256 || one == SigningAlgorithm.RS256);
                    default -> Optional.empty();
                };
        return key.getAlgorithm() == null || fits.equals(said) ? fits : Optional.empty();
    }

    /// The key, ready to check; empty when it is for nothing that is checked here.
    ///
    /// @throws JOSEException when its numbers are no key
    public static Optional<VerifyingKey> of(JWK key) throws JOSEException {
        Optional<SigningAlgorithm> algorithm = algorithm(key);
        if (algorithm.isEmpty()) {
            return Optional.empty();
        }
        JWSVerifier verifier =
                switch (key) {
                    case ECKey curve -> new ECDSAVerifier(curve.toECPublicKey());
                    case OctetKeyPair curve -> Ed25519.verifier(curve);
                    default -> new RSASSAVerifier(key.toRSAKey().toRSAPublicKey());
                };
        return Optional.of(new VerifyingKey(algorithm.get(), verifier));
    }

    /// What it is for.
    public SigningAlgorithm algorithm() {
        return algorithm;
    }

    /// Whether the header says that the signature is of the algorithm that the key is for.
    public boolean isFor(JWSHeader header) {
        return header.getAlgorithm() != null
                && algorithm.word().equals(header.getAlgorithm().getName());
    }

    /// Whether the text was signed with its other half, and by its algorithm.
    ///
    /// @throws JOSEException when the signature is none of that algorithm
    public boolean verifies(JWSHeader header, byte[] text, Base64URL signature)
            throws JOSEException {
        return isFor(header) && verifier.verify(header, text, signature);
    }
}
