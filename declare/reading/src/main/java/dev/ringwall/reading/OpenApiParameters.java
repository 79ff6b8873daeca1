package dev.ringwall.reading;

import dev.ringwall.model.RequestShape.Form;
import dev.ringwall.model.RequestShape.In;
import dev.ringwall.model.RequestShape.Parameter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads one parameter: where it stands, how it is written, and its schema.
final class OpenApiParameters {

    /// Header parameters of these names mean nothing (OpenAPI 3.1.1 §4.8.12.1).
    private static final Set<String> IGNORED_HEADERS =
            Set.of("accept", "content-type", "authorization");

    private static final Map<String, In> PLACES =
            Map.of("path", In.PATH, "query", In.QUERY, "header", In.HEADER);

    private final OpenApiReferences references;
    private final OpenApiSchemas schemas;
    private final Problems problems;

    OpenApiParameters(OpenApiReferences references, OpenApiSchemas schemas, Problems problems) {
        this.references = references;
        this.schemas = schemas;
        this.problems = problems;
    }

    Optional<Parameter> read(Yaml.Mapping described) {
        String name = word(described, "name");
        In in = PLACES.get(word(described, "in"));
        if (in == In.HEADER && IGNORED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        Optional<Yaml> schema = described.at("schema");
        if (name.isEmpty() || in == null || schema.isEmpty()) {
            problems.error(
                    "openapi-form",
                    described.line(),
                    "a parameter that cannot be checked (expected: `name`, `in: path|query|header` and `schema`)",
                    "describe it so; parameters in cookies or with `content` are not enforced");
            return Optional.empty();
        }
        Form form = form(described, in, schema.get());
        return schemas.text(schema.get())
                .map(text ->
                        new Parameter(
                                name,
                                in,
                                form,
                                in == In.PATH || OpenApiOperations.flag(described, "required"),
                                text,
                                schemas.examples()
                                        .given(described)
                                        .or(() -> schemas.examples().of(schema.get()))
                                        .filter(example -> example.isValueNode())
                                        .map(example -> example.asString())));
    }

    private Form form(Yaml.Mapping described, In in, Yaml schema) {
        usualStyle(described, in);
        boolean query = in == In.QUERY;
        boolean explode =
                described.at("explode").isPresent()
                        ? OpenApiOperations.flag(described, "explode")
                        : query;
        Yaml.Mapping at =
                references.resolved(schema).orElse(schema) instanceof Yaml.Mapping mapping
                        ? mapping
                        : described;
        return switch (word(at, "type")) {
            case "array" -> query && explode ? Form.REPEATED : Form.LIST;
            case "object" -> {
                if (!explode) {
                    yield Form.PAIRS;
                }
                if (query) {
                    named(at);
                }
                yield query ? Form.FIELDS : Form.ASSIGNMENTS;
            }
            default -> Form.PLAIN;
        };
    }

    /// An object whose members are parameters of their own must name them all, or any parameter would be one of them.
    private void named(Yaml.Mapping schema) {
        if (!(schema.at("properties").orElse(null) instanceof Yaml.Mapping)) {
            problems.error(
                    "openapi-not-enforced",
                    schema.line(),
                    "an object in the query whose members are not named (expected: `properties`)",
                    "name them, or describe each as a parameter");
        }
    }

    /// Other ways to write lists and objects into a URL are not read, so they cannot be checked.
    private void usualStyle(Yaml.Mapping described, In in) {
        String usual = in == In.QUERY ? "form" : "simple";
        described
                .at("style")
                .filter(style -> !(style instanceof Yaml.Text text && text.value().equals(usual)))
                .ifPresent(style ->
                        problems.unexpected(
                                "openapi-not-enforced",
                                style,
                                usual + ", the usual style",
                                "use plain parameters"));
    }

    static String word(Yaml.Mapping at, String key) {
        return at.at(key).orElse(null) instanceof Yaml.Text text ? text.value() : "";
    }
}
