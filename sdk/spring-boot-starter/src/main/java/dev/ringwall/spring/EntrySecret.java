package dev.ringwall.spring;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// What the sidecar shows with each call, and nobody else knows. Compared in constant time; its text shows nothing.
final class EntrySecret {

    /// Sidecars make secrets of 64 characters.
    static final int CHARACTERS_MIN = 16;

    private final byte[] secret;

    private EntrySecret(byte[] secret) {
        this.secret = secret;
    }

    /// @throws CannotGuard when it is short enough to be guessed
    static EntrySecret of(String text) {
        if (text.strip().length() < CHARACTERS_MIN) {
            throw new CannotGuard(
                    "RINGWALL_ENTRY is too short to be a secret (expected: at least "
                            + CHARACTERS_MIN
                            + " characters)",
                    "Start the service by `ringwall up` or `ringwall node`, which make the secret and hand it"
                            + " to both the sidecar and the service.");
        }
        return new EntrySecret(text.getBytes(StandardCharsets.UTF_8));
    }

    boolean isSaidBy(String shown) {
        return MessageDigest.isEqual(secret, shown.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "EntrySecret";
    }
}
