package dev.ringwall.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One HTTP answer as it came.
///
/// @param headers lower-case name → values, in order
/// @param closes  whether the connection is of no use afterwards
record Reply(int status, Map<String, List<String>> headers, String body, boolean closes) {

    private static final int EXCERPT_CHARS_MAX = 80;

    Reply {
        headers = Map.copyOf(headers);
    }

    Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    List<String> headers(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    boolean redirects() {
        return status >= 300 && status < 400 && header("location").isPresent();
    }

    /// The status and how the answer begins, on one line.
    String excerpt() {
        String line = body.strip().replaceAll("\\s+", " ");
        List<String> parts = new ArrayList<>();
        parts.add(Integer.toString(status));
        if (!line.isEmpty()) {
            parts.add(
                    line.length() <= EXCERPT_CHARS_MAX
                            ? line
                            : line.substring(0, EXCERPT_CHARS_MAX) + "…");
        }
        return String.join(" ", parts);
    }
}
