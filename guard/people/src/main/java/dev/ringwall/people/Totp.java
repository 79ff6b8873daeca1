package dev.ringwall.people;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/// One-time codes of an authenticator app (RFC 6238): six digits, half a minute each, HMAC-SHA-1, since that is what the apps know.
final class Totp {

    static final int STEP_SECONDS = 30;

    /// RFC 6238 §5.2: a code is good a step early or late, for clocks that differ and for people who type.
    static final int STEPS_OFF_MAX = 1;

    private static final int SECRET_BYTES = 20;
    private static final int DIGITS = 6;
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int LETTER_BITS = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Totp() {}

    /// As long as the hash (RFC 4226 §4).
    static byte[] secret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    /// The step in which that code is the one, of those that are near enough.
    static OptionalLong step(byte[] secret, String code, Instant now) {
        long step = now.getEpochSecond() / STEP_SECONDS;
        OptionalLong found = OptionalLong.empty();
        for (long near = step - STEPS_OFF_MAX; near <= step + STEPS_OFF_MAX; near++) {
            if (Secrets.same(code(secret, near), code)) {
                found = OptionalLong.of(near);
            }
        }
        return found;
    }

    /// The code of that step.
    static String code(byte[] secret, long step) {
        try {
            return new HmacOneTimePasswordGenerator(DIGITS)
                    .generateOneTimePasswordString(new SecretKeySpec(secret, "RAW"), step);
        } catch (InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The secret as people type it (RFC 4648 §6, without padding: the length is a multiple of five bytes).
    static String typed(byte[] secret) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (byte one : secret) {
            held = (held << Byte.SIZE) | (one & 0xff);
            bits += Byte.SIZE;
            while (bits >= LETTER_BITS) {
                bits -= LETTER_BITS;
                text.append(LETTERS.charAt((held >> bits) & (LETTERS.length() - 1)));
            }
        }
        return text.toString();
    }

    /// The secret as apps scan it.
    static String uri(byte[] secret, String system, String name) {
        return "otpauth://totp/"
                + encoded(system)
                + ":"
                + encoded(name)
                + "?secret="
                + typed(secret)
                + "&issuer="
                + encoded(system);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
