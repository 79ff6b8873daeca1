package dev.ringwall.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the public door does that not every door does.
///
/// @param oldestTls the oldest version of TLS that is spoken
/// @param origins   the origins whose pages may call operations from browsers (`https://app.example.com`), each with its line
/// @param headers   headers that answers get, name in small letters → value
public record Door(Tls oldestTls, Map<String, Line> origins, Map<String, String> headers) {

    /// Nothing but what every door does.
    public static final Door PLAIN = new Door(Tls.TLS_1_3, Map.of(), Map.of());

    /// The headers of which a declaration may say what is in them: those that tell browsers to be careful.
    public static final List<String> HEADERS =
            List.of(
                    "content-security-policy",
                    "content-security-policy-report-only",
                    "cross-origin-embedder-policy",
                    "cross-origin-opener-policy",
                    "cross-origin-resource-policy",
                    "permissions-policy",
                    "referrer-policy",
                    "reporting-endpoints",
                    "strict-transport-security",
                    "x-frame-options");

    public Door {
        origins = Collections.unmodifiableMap(new TreeMap<>(origins));
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /// A version of TLS.
    public enum Tls {
        TLS_1_2("tls1.2"),
        TLS_1_3("tls1.3");

        private final String word;

        Tls(String word) {
            this.word = word;
        }

        /// The word in the declaration.
        public String word() {
            return word;
        }
    }
}
