package dev.ringwall.keys;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Seals what the provider tells gateways in a token that others hold, and opens it: compact JWE (RFC 7516), `dir` with A256GCM and a nonce
/// of its own for each. Whoever holds the token learns its length and nothing else. Any thread may use it.
public final class SealedClaims {

    /// The secret by whose name gateways get the keys. No declared secret can have such a name.
    public static final String SECRET = "ringwall:claim-keys";

    private static final int PARTS = 5;

    private final Map<String, OctetSequenceKey> keys;

    private SealedClaims(Map<String, OctetSequenceKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    /// Opens what was sealed to these keys.
    ///
    /// @param jwks symmetric keys of 256 bits, as a JSON Web Key Set (RFC 7517, RFC 7518 §6.4)
    /// @throws IllegalArgumentException when it is none
    public static SealedClaims by(String jwks) {
        try {
            Map<String, OctetSequenceKey> keys = new HashMap<>();
            for (JWK key : JWKSet.parse(jwks).getKeys()) {
                keys.put(key.getKeyID(), key.toOctetSequenceKey());
            }
            return new SealedClaims(keys);
        } catch (ParseException | ClassCastException | NullPointerException unreadable) {
            throw new IllegalArgumentException("no keys to open claims with");
        }
    }

    /// Whether it has the key that this was sealed to. Nothing is opened.
    public boolean hasKeyOf(String sealed) {
        try {
            return keys.containsKey(JWEObject.parse(sealed).getHeader().getKeyID());
        } catch (ParseException | NullPointerException unreadable) {
            return false;
        }
    }

    /// What was sealed; empty when it was altered, or sealed to another key or in another way.
    public Optional<String> open(String sealed) {
        if (!StrictBase64Url.canonicalParts(sealed, PARTS)) {
            return Optional.empty();
        }
        try {
            JWEObject object = JWEObject.parse(sealed);
            JWEHeader header = object.getHeader();
            OctetSequenceKey key = header.getKeyID() == null ? null : keys.get(header.getKeyID());
            if (key == null
                    || !JWEAlgorithm.DIR.equals(header.getAlgorithm())
                    || !EncryptionMethod.A256GCM.equals(header.getEncryptionMethod())
                    || header.getCompressionAlgorithm() != null) {
                return Optional.empty();
            }
            object.decrypt(new DirectDecrypter(key));
            return Optional.of(object.getPayload().toString());
        } catch (ParseException
                | JOSEException
                | IllegalStateException
                | NullPointerException notOurs) {
            return Optional.empty();
        }
    }

    /// Seals it to that key.
    static String seal(OctetSequenceKey key, String says) {
        try {
            JWEObject object =
                    new JWEObject(
                            new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                                    .keyID(key.getKeyID())
                                    .build(),
                            new Payload(says));
            object.encrypt(new DirectEncrypter(key));
            return object.serialize();
        } catch (JOSEException cannotSeal) {
            throw new IllegalStateException("the key does not seal", cannotSeal);
        }
    }

    @Override
    public String toString() {
        return "SealedClaims" + keys.keySet();
    }
}
