package dev.ringwall.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.ringwall.model.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/// A key that signs tokens with one algorithm. The private half is never printed.
///
/// @param publicHalf as it is published; its `kid` is its thumbprint (RFC 7638)
/// @param signer     made once, since that costs as much as to sign; any thread may use it
public record SigningKey(
        SigningAlgorithm algorithm, JWK publicHalf, PrivateKey privateKey, JWSSigner signer) {

    /// A key signs for a month at most and what it signed counts for minutes, so the least that FAPI 2.0 §5.4 allows is enough, and the
    /// least costly.
    private static final int RSA_BITS = 2048;

    /// A fresh one.
    static SigningKey make(SigningAlgorithm algorithm) {
        try {
            KeyPair pair =
                    switch (algorithm) {
                        case ES256 -> Certificates.newKeyPair();
                        case EDDSA -> Ed25519.newKeyPair();
                        case PS256, RS256 -> {
                            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                            generator.initialize(RSA_BITS);
                            yield generator.generateKeyPair();
                        }
                    };
            return of(algorithm, published(algorithm, pair.getPublic()), pair.getPrivate());
        } catch (GeneralSecurityException | JOSEException missing) {
            throw new IllegalStateException("this Java has no " + algorithm.word(), missing);
        }
    }

    private static JWK published(SigningAlgorithm algorithm, PublicKey key) throws JOSEException {
        JWSAlgorithm alg = JWSAlgorithm.parse(algorithm.word());
        return switch (algorithm) {
            case ES256 ->
                    new ECKey.Builder(Curve.P_256, (ECPublicKey) key)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(alg)
                            .keyIDFromThumbprint()
                            .build();
            case EDDSA ->
                    Ed25519.jwk(key)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(alg)
                            .keyIDFromThumbprint()
                            .build();
            case PS256, RS256 ->
                    new RSAKey.Builder((RSAPublicKey) key)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(alg)
                            .keyIDFromThumbprint()
                            .build();
        };
    }

    /// The two halves of one.
    ///
    /// @throws GeneralSecurityException when they do not belong together
    static SigningKey of(SigningAlgorithm algorithm, JWK published, PrivateKey privateKey)
            throws GeneralSecurityException, JOSEException {
        PublicKey half =
                switch (published) {
                    case ECKey curve -> curve.toECPublicKey();
                    case RSAKey rsa -> rsa.toRSAPublicKey();
                    case OctetKeyPair curve -> Ed25519.publicKey(curve);
                    default -> throw new GeneralSecurityException("no key that signs");
                };
        String shownBy =
                switch (algorithm) {
                    case ES256 -> "SHA256withECDSA";
                    case EDDSA -> "Ed25519";
                    case PS256, RS256 -> "SHA256withRSA";
                };
        if (!Certificates.belongTogether(privateKey, half, shownBy)) {
            throw new GeneralSecurityException(
                    published.getKeyID() + ": its halves do not belong together");
        }
        JWSSigner signer =
                switch (algorithm) {
                    case ES256 -> new ECDSASigner(privateKey, Curve.P_256);
                    case EDDSA -> Ed25519.signer(privateKey);
                    case PS256, RS256 -> new RSASSASigner(privateKey);
                };
        return new SigningKey(algorithm, published, privateKey, signer);
    }

    /// The `kid`.
    public String id() {
        return publicHalf.getKeyID();
    }

    /// The key as a JWK with its private half, for a signer of Nimbus; of P-256 alone. A JWK prints all it has: keep it out of sight.
    public ECKey dangerousJwk() {
        return new ECKey.Builder(publicHalf.toECKey()).privateKey(privateKey).build();
    }

    @Override
    public String toString() {
        return "SigningKey[" + id() + "]";
    }
}
