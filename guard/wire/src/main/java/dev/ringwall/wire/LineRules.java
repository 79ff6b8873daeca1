package dev.ringwall.wire;

import io.netty.handler.codec.http.HttpHeaderValidationUtil;

/// What may stand in a header line (RFC 9110 §5.1, §5.5).
final class LineRules {

    private LineRules() {}

    /// @throws IllegalArgumentException when the name is no token, or the value has control characters
    static void check(CharSequence name, CharSequence value) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("empty headers are not allowed");
        }
        int odd = HttpHeaderValidationUtil.validateToken(name);
        if (odd != -1) {
            throw new IllegalArgumentException(
                    "a header name can only contain \"token\" characters, but found invalid character 0x"
                            + Integer.toHexString(name.charAt(odd))
                            + " at index "
                            + odd
                            + ".");
        }
        odd = HttpHeaderValidationUtil.validateValidHeaderValue(value);
        if (odd != -1) {
            throw new IllegalArgumentException(
                    "a header value contains prohibited character 0x"
                            + Integer.toHexString(value.charAt(odd))
                            + " at index "
                            + odd
                            + ".");
        }
    }
}
