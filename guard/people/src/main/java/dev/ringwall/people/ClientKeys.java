package dev.ringwall.people;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.SignedJWT;
import dev.ringwall.model.SigningAlgorithm;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The public keys by which a client proves who it is (RFC 7517). They come from the operator, or from a client that registered itself: what a
/// signed text says about where to find keys is never looked at.
public record ClientKeys(List<JWK> all) {

    /// As few as can sign.
    public static final List<String> ALGORITHMS =
            List.of("ES256", "PS256", "EdDSA", Signatures.ED25519);

    /// One in use, one to come, and some for machines that share an id.
    static final int KEYS_MAX = 8;

    static final int CHARACTERS_MAX = 16 * 1024;

    public ClientKeys {
        all = List.copyOf(all);
    }

    /// What became of reading a key set.
    public sealed interface Reading {
        /// All of them can be used.
        record Usable(ClientKeys keys) implements Reading {}

        /// At least one cannot.
        record Unusable(String why) implements Reading {}
    }

    /// Reads a JWK set.
    public static Reading read(String json) {
        if (json.length() > CHARACTERS_MAX) {
            return new Reading.Unusable("it has more than " + CHARACTERS_MAX + " characters");
        }
        List<JWK> keys;
        try {
            keys = JWKSet.parse(json).getKeys();
        } catch (ParseException unreadable) {
            return new Reading.Unusable("it is no JWK set (expected: {\"keys\": [...]})");
        }
        if (keys.isEmpty() || keys.size() > KEYS_MAX) {
            return new Reading.Unusable(
                    "it has " + keys.size() + " keys (expected: 1 to " + KEYS_MAX + ")");
        }
        List<JWK> usable = new ArrayList<>();
        for (JWK key : keys) {
            Optional<String> wrong = wrong(key);
            if (wrong.isPresent()) {
                return new Reading.Unusable("key " + (usable.size() + 1) + " " + wrong.get());
            }
            usable.add(key);
        }
        if (usable.size() > 1
                && usable.stream().map(JWK::getKeyID).distinct().count() < usable.size()) {
            return new Reading.Unusable("two of the keys have the same `kid`");
        }
        return new Reading.Usable(new ClientKeys(usable));
    }

    private static Optional<String> wrong(JWK key) {
        if (key.isPrivate()) {
            return Optional.of(
                    "is a private one: whoever has seen it can be the client, so make a new one and keep it");
        }
        if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE)) {
            return Optional.of("is not for signatures");
        }
        Optional<SigningAlgorithm> algorithm = Signatures.ofClients(key);
        if (algorithm.isEmpty()) {
            return Optional.of(
                    "is of another kind (expected: P-256, Ed25519, or RSA with 2048 to 4096 bits)");
        }
        return key.getAlgorithm() == null || Signatures.names(algorithm.get(), key.getAlgorithm())
                ? Optional.empty()
                : Optional.of("is for another algorithm (expected: one of " + ALGORITHMS + ")");
    }

    /// As it is kept.
    public String json() {
        return new JWKSet(all).toString(true);
    }

    /// Their names that follow from what they are (RFC 7638).
    List<String> thumbprints() {
        return all.stream().map(ClientKeys::thumbprint).toList();
    }

    private static String thumbprint(JWK key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Whether one of them signs with that algorithm.
    public boolean signWith(String algorithm) {
        Algorithm named = Algorithm.parse(algorithm);
        return all.stream()
                .map(Signatures::ofClients)
                .flatMap(Optional::stream)
                .anyMatch(one -> Signatures.names(one, named));
    }

    /// Whether one of them has signed this.
    public boolean signed(SignedJWT text) {
        String kid = text.getHeader().getKeyID();
        for (JWK key : all) {
            if ((kid == null || key.getKeyID() == null || kid.equals(key.getKeyID()))
                    && Signatures.ofClients(key)
                            .filter(algorithm -> Signatures.by(key, algorithm, text))
                            .isPresent()) {
                return true;
            }
        }
        return false;
    }
}
