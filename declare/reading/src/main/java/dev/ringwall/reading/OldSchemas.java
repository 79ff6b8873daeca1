package dev.ringwall.reading;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Where schemas of OpenAPI 3.0 differ from JSON Schema 2020-12 (OpenAPI 3.0.4 §4.7.24).
final class OldSchemas {

    private OldSchemas() {}

    /// `nullable` becomes a type of its own, and the exclusive bounds become numbers.
    static void bringUpToDate(Yaml.Mapping schema, ObjectNode rewritten) {
        JsonNode type = rewritten.get("type");
        if (OpenApiOperations.flag(schema, "nullable") && type != null) {
            ArrayNode types = rewritten.putArray("type");
            types.add(type).add("null");
            if (rewritten.get("enum") instanceof ArrayNode values) {
                values.addNull();
            }
        }
        bound(rewritten, "exclusiveMinimum", "minimum");
        bound(rewritten, "exclusiveMaximum", "maximum");
    }

    private static void bound(ObjectNode rewritten, String exclusive, String inclusive) {
        JsonNode flag = rewritten.get(exclusive);
        if (flag == null || !flag.isBoolean()) {
            return;
        }
        rewritten.remove(exclusive);
        JsonNode value = rewritten.get(inclusive);
        if (flag.booleanValue() && value != null) {
            rewritten.remove(inclusive);
            rewritten.set(exclusive, value);
        }
    }
}
