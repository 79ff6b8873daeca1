package dev.ringwall.admin;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads JSON as everyone would: no member twice, nothing after the end, no depth without end.
final class StrictJson {

    /// The deepest JSON that is read.
    static final int DEPTH_MAX = 32;

    /// The largest body, in bytes.
    static final int BODY_BYTES_MAX = 256 << 10;

    static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private StrictJson() {}

    /// The object that a body is.
    static ObjectNode object(byte[] body) {
        if (body.length > BODY_BYTES_MAX) {
            throw Refused.unusable(
                    "the body is too large (expected: at most " + BODY_BYTES_MAX + " bytes)");
        }
        return read(body)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseThrow(() -> Refused.syntax("the body is not a JSON object"));
    }

    static Optional<JsonNode> read(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readTree(body));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }
}
