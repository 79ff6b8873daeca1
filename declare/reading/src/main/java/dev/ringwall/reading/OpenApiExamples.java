package dev.ringwall.reading;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Finds the example that a document gives, or puts one together from the examples of its parts.
final class OpenApiExamples {

    /// Schemas inside each other that are followed.
    static final int DEPTH_MAX = 16;

    /// Schemas looked at for one example; past that there is none.
    static final int VISITS_MAX = 2_000;

    private final OpenApiReferences references;
    private final Set<Yaml> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int visits;

    OpenApiExamples(OpenApiReferences references) {
        this.references = references;
    }

    /// The example that stands beside a schema: `example`, or the first of `examples`.
    Optional<JsonNode> given(Yaml.Mapping described) {
        Optional<JsonNode> one = described.at("example").map(Json::of);
        return one.or(() ->
                switch (described.at("examples").orElse(null)) {
                    case Yaml.Items(List<Yaml> items, _) when !items.isEmpty() ->
                            Optional.of(Json.of(items.getFirst()));
                    case Yaml.Mapping named when !named.entries().isEmpty() ->
                            references
                                    .resolved(named.entries().values().iterator().next().value())
                                    .filter(Yaml.Mapping.class::isInstance)
                                    .flatMap(example -> ((Yaml.Mapping) example).at("value"))
                                    .map(Json::of);
                    case null, default -> Optional.empty();
                });
    }

    /// An example of what the schema describes; empty when it gives too few.
    Optional<JsonNode> of(Yaml schema) {
        visits = 0;
        return of(schema, 0);
    }

    private Optional<JsonNode> of(Yaml schema, int depth) {
        if (depth > DEPTH_MAX
                || ++visits > VISITS_MAX
                || !(references.resolved(schema).orElse(null) instanceof Yaml.Mapping at)
                || !open.add(at)) {
            return Optional.empty();
        }
        Optional<JsonNode> example =
                given(at)
                        .or(() -> at.at("const").map(Json::of))
                        .or(() -> first(at, "enum"))
                        .or(() -> at.at("default").map(Json::of))
                        .or(() -> parts(at, depth))
                        .or(() -> items(at, depth));
        open.remove(at);
        return example;
    }

    private static Optional<JsonNode> first(Yaml.Mapping at, String key) {
        return at.at(key).orElse(null) instanceof Yaml.Items(List<Yaml> items, _)
                        && !items.isEmpty()
                ? Optional.of(Json.of(items.getFirst()))
                : Optional.empty();
    }

    private Optional<JsonNode> items(Yaml.Mapping at, int depth) {
        return at.at("items")
                .flatMap(item -> of(item, depth + 1))
                .map(item -> JsonNodeFactory.instance.arrayNode().add(item));
    }

    /// An object of all properties that have an example; empty when a required one has none.
    private Optional<JsonNode> parts(Yaml.Mapping at, int depth) {
        if (!(at.at("properties").orElse(null) instanceof Yaml.Mapping properties)) {
            return Optional.empty();
        }
        Set<String> required = new HashSet<>();
        if (at.at("required").orElse(null) instanceof Yaml.Items(List<Yaml> names, _)) {
            names.forEach(name -> required.add(name instanceof Yaml.Text text ? text.value() : ""));
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, Yaml.Entry> property : properties.entries().entrySet()) {
            Yaml described = property.getValue().value();
            if (described instanceof Yaml.Mapping mapping
                    && OpenApiOperations.flag(mapping, "readOnly")) {
                continue;
            }
            Optional<JsonNode> value = of(described, depth + 1);
            value.ifPresent(good -> object.set(property.getKey(), good));
            if (value.isEmpty() && required.contains(property.getKey())) {
                return Optional.empty();
            }
        }
        return Optional.of(object);
    }
}
