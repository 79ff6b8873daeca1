package dev.ringwall.reading;

import dev.ringwall.model.Nearest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Rewrites one schema of an OpenAPI document into JSON Schema 2020-12, keyword by keyword.
///
/// A keyword that is not in these lists would be skipped by whoever checks requests, so it is refused here instead.
/// A property that is `readOnly` may not be sent: it becomes a property that nothing fits. One that is `writeOnly` is as good as not
/// declared in answers.
final class SchemaRewriting {

    /// Keywords with one schema that speaks of the same value.
    private static final Set<String> PART = Set.of("then", "else");

    /// Keywords with one schema that speaks of what is inside.
    private static final Set<String> INSIDE =
            Set.of("items", "additionalProperties", "unevaluatedItems", "unevaluatedProperties");

    /// Keywords with one schema that asks.
    private static final Set<String> ASKED = Set.of("not", "if", "contains", "propertyNames");

    private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");

    private static final Set<String> MAPS =
            Set.of("properties", "patternProperties", "dependentSchemas");

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
                    "$ref",
                    "$comment");

    private final boolean old;
    private final boolean answer;
    private final Problems problems;
    private final SchemaWords words;
    private final Discriminators discriminators;
    private final BiFunction<Yaml.Text, SchemaPlace, String> references;

    /// @param old        whether the document is of OpenAPI 3.0, where some keywords mean something else
    /// @param answer     whether the schema is of an answer
    /// @param references gives the name under which the target of a reference is defined, for a place
    SchemaRewriting(
            boolean old,
            boolean answer,
            Problems problems,
            Discriminators discriminators,
            BiFunction<Yaml.Text, SchemaPlace, String> references) {
        this.old = old;
        this.answer = answer;
        this.problems = problems;
        this.words = new SchemaWords(old, problems);
        this.discriminators = discriminators;
        this.references = references;
    }

    JsonNode schema(Yaml schema, SchemaPlace place) {
        if (schema instanceof Yaml.Text text && text.kind() == Yaml.Kind.BOOLEAN) {
            return Json.of(text);
        }
        if (!(schema instanceof Yaml.Mapping mapping)) {
            problems.unexpected(
                    "openapi-form", schema, "a schema, which is a map", "write `{ type: … }`");
            return JsonNodeFactory.instance.booleanNode(false);
        }
        ObjectNode rewritten = JsonNodeFactory.instance.objectNode();
        boolean referring = OpenApiReferences.in(mapping).isPresent();
        if (referring) {
            rewritten.put(
                    "$ref", references.apply(OpenApiReferences.in(mapping).get(), place.part()));
        }
        if (!referring || !old) {
            mapping.entries().values().forEach(entry -> keyword(entry, place, rewritten));
            if (old) {
                OldSchemas.bringUpToDate(mapping, rewritten);
            }
            oneWay(mapping, rewritten);
            if (mapping.entries().containsKey("discriminator")) {
                discriminators
                        .read(mapping, reference -> references.apply(reference, place.part()))
                        .ifPresent(read -> rewritten.set("discriminator", read));
            }
        }
        if (place == SchemaPlace.WHOLE) {
            SchemaClosing.close(mapping, rewritten, problems);
        }
        return rewritten;
    }

    private void keyword(Yaml.Entry entry, SchemaPlace place, ObjectNode into) {
        String word = entry.key().value();
        Yaml value = entry.value();
        if (PART.contains(word)) {
            into.set(word, schema(value, place.part()));
        } else if (INSIDE.contains(word)) {
            into.set(word, schema(value, place.inside()));
        } else if (ASKED.contains(word)) {
            into.set(word, schema(value, SchemaPlace.ASKED));
        } else if (LISTS.contains(word)) {
            list(entry, word.equals("prefixItems") ? place.inside() : place.part(), into);
        } else if (MAPS.contains(word)) {
            map(entry, word.equals("dependentSchemas") ? place.part() : place.inside(), into);
        } else if (SchemaWords.COPIED.contains(word)) {
            into.set(word, words.value(entry));
        } else if (!SAY_NOTHING.contains(word) && !word.startsWith("x-")) {
            unknown(entry.key());
        }
    }

    private void list(Yaml.Entry entry, SchemaPlace place, ObjectNode into) {
        if (!(entry.value() instanceof Yaml.Items(List<Yaml> items, _)) || items.isEmpty()) {
            problems.unexpected(
                    "openapi-form", entry.value(), "a list of schemas", "write `[{ … }]`");
            return;
        }
        ArrayNode list = into.putArray(entry.key().value());
        items.forEach(item -> list.add(schema(item, place)));
    }

    private void map(Yaml.Entry entry, SchemaPlace place, ObjectNode into) {
        if (!(entry.value() instanceof Yaml.Mapping named)) {
            problems.unexpected(
                    "openapi-form",
                    entry.value(),
                    "a map of names to schemas",
                    "write `{ name: { … } }`");
            return;
        }
        boolean patterns = entry.key().value().equals("patternProperties");
        ObjectNode map = into.putObject(entry.key().value());
        named.entries()
                .forEach((name, member) -> {
                    if (!patterns) {
                        map.set(name, schema(member.value(), place));
                    } else if (words.pattern(member.key())) {
                        map.set(SchemaWords.translated(name), schema(member.value(), place));
                    }
                });
    }

    private void unknown(Yaml.Text word) {
        Set<String> known = new TreeSet<>(SchemaWords.COPIED);
        List.of(PART, INSIDE, ASKED, LISTS, MAPS).forEach(known::addAll);
        problems.unexpected(
                "openapi-not-enforced",
                word,
                "a keyword of JSON Schema that can be checked",
                Nearest.hint(
                        word.value(),
                        known,
                        "take it out, or begin it with x- if it only informs"));
    }

    /// Properties that go only one way.
    private void oneWay(Yaml.Mapping schema, ObjectNode rewritten) {
        if (!(schema.at("properties").orElse(null) instanceof Yaml.Mapping properties)
                || !(rewritten.get("properties") instanceof ObjectNode map)) {
            return;
        }
        String otherWay = answer ? "writeOnly" : "readOnly";
        properties
                .entries()
                .forEach((name, property) -> {
                    if (!(property.value() instanceof Yaml.Mapping described)
                            || !OpenApiOperations.flag(described, otherWay)) {
                        return;
                    }
                    if (answer) {
                        map.remove(name);
                    } else {
                        map.put(name, false);
                    }
                    if (rewritten.get("required") instanceof ArrayNode required) {
                        required.removeIf(item -> item.asString().equals(name));
                    }
                });
    }
}
