package dev.ringwall.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/// What opens the private keys that lie encrypted on disk. It is kept apart from them.
///
/// It never shows itself: `toString` says nothing and equality takes constant time.
public final class UnlockSecret {

    /// The shortest secret that is accepted, in characters.
    public static final int LENGTH_MIN = 16;

    /// The longest secret that is accepted, in characters.
    public static final int LENGTH_MAX = 1_024;

    private static final int RANDOM_BYTES = 32;

    private final char[] characters;

    private UnlockSecret(String text) {
        this.characters = text.toCharArray();
    }

    /// A new one with 256 bits of randomness.
    public static UnlockSecret random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new UnlockSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// The secret that somebody chose: [#LENGTH_MIN] to [#LENGTH_MAX] printable ASCII characters.
    ///
    /// @throws IllegalArgumentException without showing the text, when it is none
    public static UnlockSecret of(String text) {
        if (text.length() < LENGTH_MIN
                || text.length() > LENGTH_MAX
                || text.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException(
                    "not an unlock secret (expected: "
                            + LENGTH_MIN
                            + " to "
                            + LENGTH_MAX
                            + " printable ASCII characters)");
        }
        return new UnlockSecret(text);
    }

    /// The secret in that file; where there is no file, a random one that is written there first, mode 0600.
    public static UnlockSecret inFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            UnlockSecret fresh = random();
            KeyFiles.write(file, new String(fresh.characters) + "\n");
            return fresh;
        }
        return of(Files.readString(file, StandardCharsets.US_ASCII).strip());
    }

    char[] dangerousCharacters() {
        return characters.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnlockSecret that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return UnlockSecret.class.hashCode();
    }

    @Override
    public String toString() {
        return "UnlockSecret[…]";
    }

    private byte[] bytes() {
        return new String(characters).getBytes(StandardCharsets.US_ASCII);
    }
}
