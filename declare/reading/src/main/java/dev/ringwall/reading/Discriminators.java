package dev.ringwall.reading;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads `discriminator` (OpenAPI 3.1.1 §4.8.25): which value of a property stands for which of the schemas beside it.
final class Discriminators {

    private final OpenApiReferences references;
    private final Problems problems;

    Discriminators(OpenApiReferences references, Problems problems) {
        this.references = references;
        this.problems = problems;
    }

    /// `{ propertyName, mapping }` with each value and where its schema is; empty when it cannot be enforced, which is then among the
    /// problems.
    ///
    /// @param schema that has the discriminator
    /// @param named  gives the name under which the target of a reference is defined
    Optional<ObjectNode> read(Yaml.Mapping schema, Function<Yaml.Text, String> named) {
        Yaml discriminator = schema.at("discriminator").orElseThrow();
        if (!(discriminator instanceof Yaml.Mapping at)
                || !(at.at("propertyName").orElse(null) instanceof Yaml.Text property)) {
            problems.unexpected(
                    "openapi-form",
                    discriminator,
                    "a discriminator with `propertyName`",
                    "write `discriminator: { propertyName: kind }`");
            return Optional.empty();
        }
        Optional<Map<String, Yaml.Text>> choices = choices(schema, at);
        if (choices.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode read = JsonNodeFactory.instance.objectNode();
        read.put("propertyName", property.value());
        ObjectNode mapping = read.putObject("mapping");
        choices.get().forEach((value, reference) -> mapping.put(value, named.apply(reference)));
        explicit(at, choices.get(), named, mapping);
        return Optional.of(read);
    }

    /// The schemas to choose from, each by the last part of its reference, which is its implicit value.
    private Optional<Map<String, Yaml.Text>> choices(Yaml.Mapping schema, Yaml.Mapping at) {
        Yaml list = schema.at("oneOf").or(() -> schema.at("anyOf")).orElse(null);
        if (!(list instanceof Yaml.Items(List<Yaml> items, _))) {
            problems.error(
                    "openapi-not-enforced",
                    at.line(),
                    "a discriminator without schemas to choose from (expected: `oneOf` or `anyOf` beside it)",
                    "write `oneOf` with a reference to each schema");
            return Optional.empty();
        }
        Map<String, Yaml.Text> choices = new LinkedHashMap<>();
        for (Yaml item : items) {
            Optional<Yaml.Text> reference = OpenApiReferences.in(item);
            if (reference.isEmpty()) {
                problems.error(
                        "openapi-form",
                        item.line(),
                        "a schema that no value of the discriminator can name (expected: a `$ref`)",
                        "put the schema into `components` and refer to it");
                return Optional.empty();
            }
            String written = reference.get().value();
            choices.put(written.substring(written.lastIndexOf('/') + 1), reference.get());
        }
        return Optional.of(choices);
    }

    private void explicit(
            Yaml.Mapping at,
            Map<String, Yaml.Text> choices,
            Function<Yaml.Text, String> named,
            ObjectNode mapping) {
        if (!(at.at("mapping").orElse(null) instanceof Yaml.Mapping written)) {
            return;
        }
        written.entries()
                .forEach((value, entry) -> {
                    Optional<Yaml.Text> choice =
                            entry.value() instanceof Yaml.Text text
                                    ? choice(text, choices)
                                    : Optional.empty();
                    if (choice.isEmpty()) {
                        problems.unexpected(
                                "openapi-reference",
                                entry.value(),
                                "one of the schemas beside the discriminator",
                                "name one of " + Spoken.list(List.copyOf(choices.keySet()), "or"));
                        return;
                    }
                    mapping.put(value, named.apply(choice.get()));
                });
    }

    private Optional<Yaml.Text> choice(Yaml.Text text, Map<String, Yaml.Text> choices) {
        if (choices.containsKey(text.value())) {
            return Optional.ofNullable(choices.get(text.value()));
        }
        if (!text.value().contains("#") && !text.value().contains(".")) {
            return Optional.empty();
        }
        Optional<OpenApiReferences.Target> place = references.place(text);
        return choices.values().stream()
                .filter(choice -> references.place(choice).equals(place))
                .findFirst();
    }
}
