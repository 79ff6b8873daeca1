package dev.ringwall.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// Random secrets and their hashes. What has 256 random bits needs no slow hash: nobody guesses it.
public final class Secrets {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /// 256 random bits as 43 characters of base64url.
    public static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// SHA-256 as 64 hexadecimal digits.
    public static String sha256(CharSequence text) {
        return HexFormat.of().formatHex(digest(text));
    }

    private static byte[] digest(CharSequence text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /// Whether both are the same, in a time that does not tell where they differ.
    public static boolean same(CharSequence one, CharSequence other) {
        return MessageDigest.isEqual(digest(one), digest(other));
    }
}
