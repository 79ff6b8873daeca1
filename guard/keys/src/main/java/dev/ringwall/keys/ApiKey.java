package dev.ringwall.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// A key that a program sends with each call: `rw_`, an id of 12 letters, a secret of 43 with 256 bits of randomness, and a check sum of 6
/// that lets scanners tell a leaked key from an accident. It never prints its secret.
public final class ApiKey {

    /// What scanners for leaked secrets look for; the last six letters are the CRC-32 of all before them, in base 62.
    public static final Pattern FORM =
            Pattern.compile("rw_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}");

    /// The length of every key, in characters.
    public static final int LENGTH = 66;

    private static final String LETTERS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 12;
    private static final int SECRET_LENGTH = 43;
    private static final int CHECK_LENGTH = 6;
    private static final int CHECKED = LENGTH - CHECK_LENGTH - 1;

    private final String text;

    private ApiKey(String text) {
        this.text = text;
    }

    /// What became of a text that may be a key.
    public sealed interface Parsed {
        /// It has the form and its check sum is right. Whether anybody knows it is another question.
        record Key(ApiKey key) implements Parsed {}

        /// It is no key.
        record Malformed(String why) implements Parsed {}
    }

    /// A fresh one.
    public static ApiKey random() {
        SecureRandom random = new SecureRandom();
        String checked = "rw_" + letters(random, ID_LENGTH) + "_" + letters(random, SECRET_LENGTH);
        return new ApiKey(checked + "_" + check(checked));
    }

    /// Reads one.
    public static Parsed parse(String text) {
        if (text.length() != LENGTH || !FORM.matcher(text).matches()) {
            return new Parsed.Malformed("not of the form rw_…_…_…");
        }
        return check(text.substring(0, CHECKED)).equals(text.substring(CHECKED + 1))
                ? new Parsed.Key(new ApiKey(text))
                : new Parsed.Malformed("the check sum is wrong: a letter was lost or changed");
    }

    /// The part that may be known.
    public String id() {
        return text.substring(3, 3 + ID_LENGTH);
    }

    /// SHA-256 of the whole key, 64 hexadecimal digits: what is stored. A secret with 256 bits needs no slow hash.
    public String sha256() {
        return Certificates.hex(Certificates.sha256(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /// Whether that stored hash is this key's; takes the same time whether or not.
    public boolean hasSha256(String stored) {
        return MessageDigest.isEqual(
                sha256().getBytes(StandardCharsets.US_ASCII),
                stored.getBytes(StandardCharsets.US_ASCII));
    }

    /// The whole key, to be shown to its owner once.
    public String dangerousText() {
        return text;
    }

    private static String letters(SecureRandom random, int count) {
        StringBuilder letters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return letters.toString();
    }

    private static String check(String checked) {
        CRC32 crc = new CRC32();
        crc.update(checked.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CHECK_LENGTH];
        long rest = crc.getValue();
        for (int i = CHECK_LENGTH - 1; i >= 0; i--) {
            digits[i] = LETTERS.charAt((int) (rest % LETTERS.length()));
            rest /= LETTERS.length();
        }
        return new String(digits);
    }

    @Override
    public String toString() {
        return "ApiKey[" + id() + "]";
    }
}
