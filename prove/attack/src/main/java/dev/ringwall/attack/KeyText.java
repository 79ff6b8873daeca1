package dev.ringwall.attack;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// The public form of an API key, `rw_<id>_<secret>_<checksum>`, where the checksum is the CRC-32 of all before it in base 62. Anybody
/// can make one that looks right.
final class KeyText {

    private static final String LETTERS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int CHECKSUM_LENGTH = 6;

    private KeyText() {}

    /// A key of the same form with an id and a secret that nobody was given.
    static String unknown(String key) {
        return checked(turned(key, key.indexOf('_') + 1, body(key).length()));
    }

    /// The same id with another secret.
    static String otherSecret(String key) {
        return checked(turned(key, body(key).lastIndexOf('_') + 1, body(key).length()));
    }

    static String otherChecksum(String key) {
        return turned(key, key.length() - CHECKSUM_LENGTH, key.length());
    }

    /// The text with the checksum that belongs to it.
    static String checked(String text) {
        String body = body(text);
        return body + "_" + checksum(body);
    }

    static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CHECKSUM_LENGTH];
        long rest = crc.getValue();
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = LETTERS.charAt((int) (rest % LETTERS.length()));
            rest /= LETTERS.length();
        }
        return new String(digits);
    }

    private static String body(String key) {
        int last = key.lastIndexOf('_');
        return last < 0 ? key : key.substring(0, last);
    }

    /// Every letter from there to there replaced by the next one.
    private static String turned(String key, int from, int to) {
        StringBuilder text = new StringBuilder(key);
        for (int i = from; i < to; i++) {
            int at = LETTERS.indexOf(text.charAt(i));
            if (at >= 0) {
                text.setCharAt(i, LETTERS.charAt((at + 1) % LETTERS.length()));
            }
        }
        return text.toString();
    }
}
