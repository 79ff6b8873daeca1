package dev.ringwall.reading;

import dev.ringwall.model.Nearest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Rewrites one schema of an OpenAPI document into JSON Schema 2020-12, keyword by keyword.
///
/// A keyword that is not in these lists would be skipped by whoever checks requests, so it is refused here instead.
/// A property that is `readOnly` may not be sent: it becomes a property that nothing fits.
final class SchemaRewriting {

    private static final Set<String> ONE =
            Set.of(
                    "items",
                    "additionalProperties",
                    "not",
                    "if",
                    "then",
                    "else",
                    "contains",
                    "propertyNames",
                    "unevaluatedItems",
                    "unevaluatedProperties");

    private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");

    private static final Set<String> MAPS =
            Set.of("properties", "patternProperties", "dependentSchemas");

    private static final Set<String> COPIED =
            Set.of(
                    "type",
                    "enum",
                    "const",
                    "multipleOf",
                    "maximum",
                    "minimum",
                    "exclusiveMaximum",
                    "exclusiveMinimum",
                    "maxLength",
                    "minLength",
                    "pattern",
                    "maxItems",
                    "minItems",
                    "uniqueItems",
                    "maxContains",
                    "minContains",
                    "maxProperties",
                    "minProperties",
                    "required",
                    "dependentRequired",
                    "format");

    private static final Set<String> SAY_NOTHING =
            Set.of(
                    "title",
                    "description",
                    "default",
                    "example",
                    "examples",
                    "deprecated",
                    "readOnly",
                    "writeOnly",
                    "externalDocs",
                    "xml",
                    "discriminator",
                    "nullable",
                    "$comment");

    private final boolean old;
    private final Problems problems;
    private final Function<Yaml.Text, String> references;

    /// @param old whether the document is of OpenAPI 3.0, where some keywords mean something else
    SchemaRewriting(boolean old, Problems problems, Function<Yaml.Text, String> references) {
        this.old = old;
        this.problems = problems;
        this.references = references;
    }

    JsonNode schema(Yaml schema) {
        if (schema instanceof Yaml.Text text && text.kind() == Yaml.Kind.BOOLEAN) {
            return Json.of(text);
        }
        if (!(schema instanceof Yaml.Mapping mapping)) {
            problems.unexpected(
                    "openapi-form", schema, "a schema, which is a map", "write `{ type: … }`");
            return JsonNodeFactory.instance.booleanNode(false);
        }
        ObjectNode rewritten = JsonNodeFactory.instance.objectNode();
        if (OpenApiReferences.in(mapping).isPresent()) {
            rewritten.put("$ref", references.apply(OpenApiReferences.in(mapping).get()));
            if (old) {
                return rewritten;
            }
        }
        mapping.entries().values().forEach(entry -> keyword(entry, rewritten));
        if (old) {
            OldSchemas.bringUpToDate(mapping, rewritten);
        }
        neverSent(mapping, rewritten);
        return rewritten;
    }

    private void keyword(Yaml.Entry entry, ObjectNode into) {
        String word = entry.key().value();
        if (ONE.contains(word)) {
            into.set(word, schema(entry.value()));
        } else if (LISTS.contains(word)
                && entry.value() instanceof Yaml.Items(List<Yaml> items, _)) {
            ArrayNode list = into.putArray(word);
            items.forEach(item -> list.add(schema(item)));
        } else if (MAPS.contains(word) && entry.value() instanceof Yaml.Mapping named) {
            ObjectNode map = into.putObject(word);
            named.entries().forEach((name, property) -> map.set(name, schema(property.value())));
        } else if (COPIED.contains(word)) {
            patternIsOne(entry);
            into.set(word, Json.of(entry.value()));
        } else if (!SAY_NOTHING.contains(word) && !word.equals("$ref") && !word.startsWith("x-")) {
            Set<String> known = new TreeSet<>(COPIED);
            known.addAll(ONE);
            known.addAll(LISTS);
            known.addAll(MAPS);
            problems.unexpected(
                    "openapi-not-enforced",
                    entry.key(),
                    "a keyword of JSON Schema that can be checked",
                    Nearest.hint(
                            word, known, "take it out, or begin it with x- if it only informs"));
        }
    }

    private void patternIsOne(Yaml.Entry entry) {
        if (!entry.key().value().equals("pattern") || !(entry.value() instanceof Yaml.Text text)) {
            return;
        }
        try {
            Pattern.compile(text.value());
        } catch (PatternSyntaxException broken) {
            problems.unexpected(
                    "openapi-form",
                    text,
                    "a regular expression",
                    "mend it: " + broken.getDescription());
        }
    }

    private void neverSent(Yaml.Mapping schema, ObjectNode rewritten) {
        if (!(schema.at("properties").orElse(null) instanceof Yaml.Mapping properties)) {
            return;
        }
        properties
                .entries()
                .forEach((name, property) -> {
                    if (property.value() instanceof Yaml.Mapping described
                            && OpenApiOperations.flag(described, "readOnly")) {
                        if (rewritten.get("properties") instanceof ObjectNode map) {
                            map.put(name, false);
                        }
                        if (rewritten.get("required") instanceof ArrayNode required) {
                            required.removeIf(item -> item.asString().equals(name));
                        }
                    }
                });
    }
}
