package dev.ringwall.attack;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.security.KeyPair;
import java.text.ParseException;
import java.util.Optional;

/// The private key by which a declared client with `proof: keys` proves itself (RFC 7523 §2.2), in the hands of the prover.
public final class ClientKey {

    private final KeyPair keys;
    private final Optional<String> kid;

    private ClientKey(KeyPair keys, Optional<String> kid) {
        this.keys = keys;
        this.kid = kid;
    }

    /// Reads a private JWK of P-256, or the first of a JWK set (RFC 7517).
    ///
    /// @throws IllegalArgumentException says what it is instead
    public static ClientKey read(String text) {
        try {
            JWK first =
                    text.contains("\"keys\"")
                            ? JWKSet.parse(text).getKeys().stream()
                                    .findFirst()
                                    .orElseThrow(() -> new IllegalArgumentException("an empty set"))
                            : JWK.parse(text);
            if (!(first instanceof ECKey key) || !Curve.P_256.equals(key.getCurve())) {
                throw new IllegalArgumentException("a key of " + first.getKeyType());
            }
            if (!key.isPrivate()) {
                throw new IllegalArgumentException("a public key");
            }
            return new ClientKey(key.toKeyPair(), Optional.ofNullable(key.getKeyID()));
        } catch (ParseException | JOSEException unreadable) {
            throw new IllegalArgumentException("no JWK", unreadable);
        }
    }

    KeyPair keys() {
        return keys;
    }

    Optional<String> kid() {
        return kid;
    }

    @Override
    public String toString() {
        return "ClientKey[…]";
    }
}
