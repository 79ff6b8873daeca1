package dev.ringwall.model;

import java.util.Arrays;
import java.util.Optional;

/// How the identity provider signs (RFC 7518 §3.1, RFC 8037 §3.1). Every one of them is by a key pair, so that who checks a signature cannot
/// make one: there is neither `none` nor `HS256`.
public enum SigningAlgorithm {
    /// ECDSA on P-256: where nothing is said, since it is quick and every library has it.
    ES256("ES256"),
    /// RSASSA-PSS.
    PS256("PS256"),
    /// Ed25519.
    EDDSA("EdDSA"),
    /// RSASSA-PKCS1-v1_5, for clients that know nothing else (OpenID Connect Core §15.1); FAPI 2.0 §5.4 forbids it.
    RS256("RS256");

    private final String word;

    SigningAlgorithm(String word) {
        this.word = word;
    }

    /// The word in the declaration, which is its name in a JWS as well (`alg`).
    public String word() {
        return word;
    }

    /// The one of that `alg`; empty for any other.
    public static Optional<SigningAlgorithm> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }
}
