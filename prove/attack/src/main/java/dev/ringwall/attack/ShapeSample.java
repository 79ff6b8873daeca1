package dev.ringwall.attack;

import dev.ringwall.model.RequestShape;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A good body of an operation whose schema is a closed object, to be made bad in one way at a time.
///
/// @param first the name of its first member
record ShapeSample(String text, ObjectNode object, String first) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DEFINITIONS = "#/$defs/";
    private static final int REFERENCES_MAX = 16;

    /// The sample; empty where the shape has no example, or takes more than a closed object.
    static Optional<ShapeSample> of(RequestShape shape) {
        String schema = shape.bodies().get("application/json");
        if (schema == null || shape.exampleBody().isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode example = JSON.readTree(shape.exampleBody().get());
            return closedObject(JSON.readTree(schema))
                            && example instanceof ObjectNode object
                            && !object.isEmpty()
                    ? Optional.of(
                            new ShapeSample(
                                    object.toString(),
                                    object,
                                    object.propertyNames().iterator().next()))
                    : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /// The same with one more member.
    String with(String name, String json) {
        return text.substring(0, text.length() - 1)
                + ","
                + JSON.writeValueAsString(name)
                + ":"
                + json
                + "}";
    }

    /// The same with something else as its first member.
    String withFirst(String json) {
        StringBuilder body = new StringBuilder("{");
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            body.append(body.length() == 1 ? "" : ",")
                    .append(JSON.writeValueAsString(member.getKey()))
                    .append(':')
                    .append(member.getKey().equals(first) ? json : member.getValue().toString());
        }
        return body.append('}').toString();
    }

    /// The same with its first member twice.
    String firstTwice() {
        return with(first, object.path(first).toString());
    }

    /// Whether the schema, or what it refers to, is an object and takes no members but its own.
    private static boolean closedObject(JsonNode whole) {
        JsonNode at = whole;
        boolean closed = false;
        for (int i = 0; i < REFERENCES_MAX; i++) {
            JsonNode additional = at.path("additionalProperties");
            if (!additional.isMissingNode() && !additional.isBoolean()) {
                return false;
            }
            if (additional.isBoolean() && additional.booleanValue()) {
                return false;
            }
            closed |= additional.isBoolean();
            closed |=
                    at.path("unevaluatedProperties").isBoolean()
                            && !at.path("unevaluatedProperties").booleanValue();
            String reference = at.path("$ref").asString("");
            if (!reference.startsWith(DEFINITIONS)) {
                break;
            }
            at = whole.path("$defs").path(reference.substring(DEFINITIONS.length()));
        }
        return closed && at.path("type").asString("").equals("object");
    }
}
