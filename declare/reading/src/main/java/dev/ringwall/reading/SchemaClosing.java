package dev.ringwall.reading;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Closes what says nothing of additional members: what is not declared is refused in requests and dropped in answers.
final class SchemaClosing {

    private static final Set<String> PARTS =
            Set.of("$ref", "allOf", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas");

    private static final Set<String> MEMBERS = Set.of("properties", "patternProperties");

    private static final Set<String> SAYS_IT =
            Set.of("additionalProperties", "unevaluatedProperties");

    private SchemaClosing() {}

    /// @param written   the schema as it stands in the document
    /// @param rewritten what is made of it
    static void close(Yaml.Mapping written, ObjectNode rewritten, Problems problems) {
        Set<String> words = written.entries().keySet();
        if (words.stream().anyMatch(SAYS_IT::contains)) {
            return;
        }
        if (words.stream().anyMatch(PARTS::contains)) {
            rewritten.put("unevaluatedProperties", false);
        } else if (words.stream().anyMatch(MEMBERS::contains)) {
            rewritten.put("additionalProperties", false);
        } else if (object(written) && !words.contains("enum") && !words.contains("const")) {
            rewritten.put("additionalProperties", false);
            if (!"0".equals(number(written))) {
                problems.error(
                        "openapi-form",
                        written.line(),
                        "an object of which nothing is said (expected: `properties` or `additionalProperties`)",
                        "describe its properties; `additionalProperties: true` lets everything in");
            }
        }
    }

    /// With `maxProperties: 0` the author has said that it is empty.
    private static String number(Yaml.Mapping written) {
        return written.at("maxProperties").orElse(null) instanceof Yaml.Text text
                ? text.value()
                : "";
    }

    private static boolean object(Yaml.Mapping written) {
        return switch (written.at("type").orElse(null)) {
            case Yaml.Text text -> text.value().equals("object");
            case Yaml.Items(List<Yaml> items, _) ->
                    items.stream()
                            .anyMatch(item ->
                                    item instanceof Yaml.Text text
                                            && text.value().equals("object"));
            case null, default -> false;
        };
    }
}
