package dev.ringwall.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The `traceparent` header (W3C Trace Context §3.2). Trace ids link logs and spans; nothing is decided by them.
final class TraceParent {

    private static final Pattern FORM =
            Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;

    private TraceParent() {}

    /// The trace id in a header; empty when there is none that is well formed.
    static Optional<String> traceId(@Nullable String header) {
        if (header == null || header.length() != 55) {
            return Optional.empty();
        }
        var matcher = FORM.matcher(header);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    static String newTraceId() {
        return random(TRACE_DIGITS);
    }

    /// A header for the next hop of that trace.
    static String next(String traceId) {
        return "00-" + traceId + "-" + random(SPAN_DIGITS) + "-01";
    }

    private static String random(int digits) {
        byte[] text = new byte[digits];
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < digits; i += 16) {
            long bits = random.nextLong() | 1; // never all zeros
            for (int j = 0; j < 16; j++) {
                text[i + j] = DIGITS[(int) (bits & 15)];
                bits >>>= 4;
            }
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
