package dev.ringwall.gateway;

import java.util.Locale;

/// What kind of content a `Content-Type` speaks of.
final class MediaTypes {

    private MediaTypes() {}

    /// Whether it is JSON (RFC 8259), also under a name of its own (RFC 6839 §3.1).
    static boolean json(String contentType) {
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end))
                        .strip()
                        .toLowerCase(Locale.ROOT);
        return type.equals("application/json") || type.endsWith("+json");
    }
}
