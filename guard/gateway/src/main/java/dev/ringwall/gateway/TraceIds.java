package dev.ringwall.gateway;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// W3C trace context: a new trace for each request from outside, the same one from hop to hop inside.
final class TraceIds {

    private static final Pattern PARENT =
            Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final String NO_TRACE = "0".repeat(32);

    /// A new trace id.
    String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong(1, Long.MAX_VALUE))
                + HexFormat.of().toHexDigits(random.nextLong());
    }

    /// The trace of that `traceparent`, or a new one when it is none.
    String continued(@Nullable String traceparent) {
        if (traceparent != null && PARENT.matcher(traceparent).matches()) {
            String trace = traceparent.substring(3, 35);
            return trace.equals(NO_TRACE) ? next() : trace;
        }
        return next();
    }

    /// A new span id.
    String span() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }
}
