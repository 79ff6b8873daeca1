package dev.ringwall.reading;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Finds schemas that need themselves to say whether a value fits, without a step into the value. Such never come to an answer.
final class SchemaCircles {

    private static final String PREFIX = "#/$defs/";

    private static final List<String> ONE = List.of("not", "if", "then", "else");
    private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf");

    private final ObjectNode definitions;
    private final Set<String> open = new HashSet<>();
    private final Set<String> ended = new HashSet<>();

    SchemaCircles(ObjectNode definitions) {
        this.definitions = definitions;
    }

    /// The name of a definition that leads back to itself.
    Optional<String> find() {
        return definitions.propertyNames().stream().filter(this::circle).findFirst();
    }

    private boolean circle(String name) {
        if (ended.contains(name)) {
            return false;
        }
        if (!open.add(name)) {
            return true;
        }
        boolean found = inside(definitions.path(name));
        open.remove(name);
        ended.add(name);
        return found;
    }

    private boolean inside(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        if (reference.startsWith(PREFIX) && circle(reference.substring(PREFIX.length()))) {
            return true;
        }
        for (String word : ONE) {
            if (schema.has(word) && inside(schema.path(word))) {
                return true;
            }
        }
        for (String word : LISTS) {
            for (JsonNode part : schema.path(word)) {
                if (inside(part)) {
                    return true;
                }
            }
        }
        for (JsonNode part : schema.path("dependentSchemas")) {
            if (inside(part)) {
                return true;
            }
        }
        return false;
    }
}
