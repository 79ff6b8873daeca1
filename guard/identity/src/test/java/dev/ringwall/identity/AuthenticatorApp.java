package dev.ringwall.identity;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.security.InvalidKeyException;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/// An app on a telephone that knows the key which a page has shown.
final class AuthenticatorApp {

    private static final Pattern KEY = Pattern.compile("<code>([A-Z2-7 ]+)</code>");
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final byte[] key;
    private final InstantSource clock;

    private AuthenticatorApp(byte[] key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    static AuthenticatorApp of(HttpResponse<String> page, InstantSource clock) {
        Matcher shown = KEY.matcher(page.body());
        if (!shown.find()) {
            throw new AssertionError("no key in " + page.body());
        }
        return new AuthenticatorApp(bytes(shown.group(1).replace(" ", "")), clock);
    }

    private static byte[] bytes(String typed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int held = 0;
        int bits = 0;
        for (int i = 0; i < typed.length(); i++) {
            held = (held << 5) | LETTERS.indexOf(typed.charAt(i));
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(held >> bits);
            }
        }
        return bytes.toByteArray();
    }

    String code() {
        try {
            return new TimeBasedOneTimePasswordGenerator()
                    .generateOneTimePasswordString(new SecretKeySpec(key, "RAW"), clock.instant());
        } catch (InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Six digits that are not the code now, before or after.
    String wrong() {
        return String.valueOf(code().charAt(0) == '0' ? '1' : '0').repeat(6);
    }
}
