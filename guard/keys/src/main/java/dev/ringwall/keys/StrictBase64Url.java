package dev.ringwall.keys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// base64url as JOSE writes it and in no other way: no padding, no white space, no foreign letters, and no stray bits at the end, so
/// that every value has one form (RFC 7515 §2, RFC 4648 §3.5). To be asked before lenient readers are.
public final class StrictBase64Url {

    private StrictBase64Url() {}

    /// Whether the text is the one form of some bytes. The empty text is.
    public static boolean canonical(String text) {
        return canonical(text, 0, text.length());
    }

    /// Whether each of the dot-separated parts of a compact JWS is, and there are as many.
    public static boolean canonicalParts(String compact, int parts) {
        String[] found = compact.split("\\.", parts + 1);
        return found.length == parts && Arrays.stream(found).allMatch(StrictBase64Url::canonical);
    }

    static boolean canonical(String text, int from, int to) {
        int length = to - from;
        if (length % 4 == 1) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (value(text.charAt(i)) < 0) {
                return false;
            }
        }
        int stray =
                switch (length % 4) {
                    case 2 -> 0b1111;
                    case 3 -> 0b11;
                    default -> 0;
                };
        return stray == 0 || (value(text.charAt(to - 1)) & stray) == 0;
    }

    /// The bytes that the text from `from` to `to` stands for; empty when it is not canonical.
    static Optional<byte[]> decode(String text, int from, int to) {
        return canonical(text, from, to)
                ? Optional.of(
                        Base64.getUrlDecoder()
                                .decode(
                                        text.substring(from, to)
                                                .getBytes(StandardCharsets.US_ASCII)))
                : Optional.empty();
    }

    private static int value(char letter) {
        if (letter >= 'A' && letter <= 'Z') {
            return letter - 'A';
        }
        if (letter >= 'a' && letter <= 'z') {
            return letter - 'a' + 26;
        }
        if (letter >= '0' && letter <= '9') {
            return letter - '0' + 52;
        }
        return letter == '-' ? 62 : letter == '_' ? 63 : -1;
    }
}
