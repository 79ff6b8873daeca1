package dev.ringwall.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;

/// One key of [TokenKeys] in the course of its life: next, then signing, then retired.
sealed interface TokenKey {

    /// The public half, as it is published.
    ECKey jwk();

    /// Published and not signing yet.
    record Next(ECKey jwk, SigningKey key, Instant published) implements TokenKey {
        /// A fresh one.
        static Next make(Instant now) {
            KeyPair pair = Certificates.newKeyPair();
            try {
                ECKey jwk =
                        new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                                .keyUse(KeyUse.SIGNATURE)
                                .algorithm(JWSAlgorithm.ES256)
                                .keyIDFromThumbprint()
                                .build();
                SigningKey key =
                        new SigningKey(
                                jwk.getKeyID(),
                                (ECPrivateKey) pair.getPrivate(),
                                (ECPublicKey) pair.getPublic());
                return new Next(jwk, key, now);
            } catch (JOSEException noThumbprint) {
                throw new IllegalStateException("every Java has SHA-256", noThumbprint);
            }
        }

        Signing signs(Instant now) {
            return new Signing(jwk, key, now);
        }
    }

    /// The one that signs.
    record Signing(ECKey jwk, SigningKey key, Instant since) implements TokenKey {
        Retired retires(Instant until) {
            return new Retired(jwk, until);
        }
    }

    /// Its private half is gone; it is published until its last token is dead.
    record Retired(ECKey jwk, Instant until) implements TokenKey {}
}
