package dev.ringwall.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What conditions may see of an answer that is held back.
///
/// @param headers by their names in lower case
public record ResponseView(int status, Map<String, String> headers, Body body) {

    public ResponseView {
        headers = Map.copyOf(headers);
    }

    /// What is in it.
    public sealed interface Body {
        /// JSON as plain values: maps with text keys, lists, text, numbers, booleans, null.
        record Json(@Nullable Object value) implements Body {}

        /// Nothing, or something that is not JSON. Conditions that look at the body are not met.
        record Opaque() implements Body {}
    }
}
