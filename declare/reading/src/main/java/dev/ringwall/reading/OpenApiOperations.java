package dev.ringwall.reading;

import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.Line;
import dev.ringwall.model.RequestShape;
import dev.ringwall.model.RequestShape.In;
import dev.ringwall.model.RequestShape.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Turns one described operation into the shape of its requests.
final class OpenApiOperations {

    /// Header parameters of these names mean nothing (OpenAPI 3.1.1 §4.8.12.1).
    private static final Set<String> IGNORED_HEADERS =
            Set.of("accept", "content-type", "authorization");

    private static final Map<String, In> PLACES =
            Map.of("path", In.PATH, "query", In.QUERY, "header", In.HEADER);

    private final OpenApiReferences references;
    private final OpenApiSchemas schemas;
    private final OpenApiBodies bodies;
    private final Problems problems;

    OpenApiOperations(OpenApiReferences references, OpenApiSchemas schemas, Problems problems) {
        this.references = references;
        this.schemas = schemas;
        this.bodies = new OpenApiBodies(references, schemas, problems);
        this.problems = problems;
    }

    Optional<RequestShape> shape(HttpRoute route, Yaml.Entry item, Line declared, FilePath path) {
        Optional<Yaml.Mapping> described = mapping(item.value());
        Optional<Yaml.Mapping> operation =
                described
                        .flatMap(at -> at.at(route.method().toLowerCase(Locale.ROOT)))
                        .flatMap(this::mapping);
        if (described.isEmpty() || operation.isEmpty()) {
            problems.error(
                    "openapi-mismatch",
                    declared,
                    path
                            + " has `"
                            + route.path()
                            + "` without `"
                            + route.method().toLowerCase(Locale.ROOT)
                            + "` (expected: the document describes it)",
                    "describe it in " + item.key().line() + ", or mend the method");
            return Optional.empty();
        }
        Map<String, Yaml.Mapping> found = new LinkedHashMap<>();
        collect(described.get(), found);
        collect(operation.get(), found);
        List<Parameter> parameters = new ArrayList<>();
        found.values().forEach(at -> parameter(at).ifPresent(parameters::add));
        pathParametersAgree(route, parameters, operation.get().line());
        return Optional.of(bodies.shape(operation.get(), parameters));
    }

    private Optional<Yaml.Mapping> mapping(Yaml value) {
        return references
                .resolved(value)
                .flatMap(resolved -> {
                    if (resolved instanceof Yaml.Mapping mapping) {
                        return Optional.of(mapping);
                    }
                    problems.unexpected(
                            "openapi-form", resolved, "a map", "write what OpenAPI asks for here");
                    return Optional.empty();
                });
    }

    /// The parameters of a path or an operation; one of the operation takes the place of the path's of the same name and place.
    private void collect(Yaml.Mapping at, Map<String, Yaml.Mapping> found) {
        switch (at.at("parameters").orElse(null)) {
            case null -> {}
            case Yaml.Items(List<Yaml> items, _) ->
                    items.forEach(item ->
                            mapping(item)
                                    .ifPresent(parameter ->
                                            found.put(
                                                    word(parameter, "in")
                                                            + " "
                                                            + word(parameter, "name"),
                                                    parameter)));
            case Yaml other ->
                    problems.unexpected(
                            "openapi-form",
                            other,
                            "a list of parameters",
                            "write `parameters: […]`");
        }
    }

    private Optional<Parameter> parameter(Yaml.Mapping described) {
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
        plainStyle(described, in);
        return schemas.text(schema.get())
                .map(text ->
                        new Parameter(
                                name,
                                in,
                                in == In.PATH || flag(described, "required"),
                                text,
                                schemas.examples()
                                        .given(described)
                                        .or(() -> schemas.examples().of(schema.get()))
                                        .filter(example -> example.isValueNode())
                                        .map(example -> example.asString())));
    }

    /// Other ways to write lists and objects into a URL are not read, so they cannot be checked.
    private void plainStyle(Yaml.Mapping described, In in) {
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

    private void pathParametersAgree(HttpRoute route, List<Parameter> parameters, Line line) {
        List<String> described =
                parameters.stream()
                        .filter(parameter -> parameter.in() == In.PATH)
                        .map(Parameter::name)
                        .toList();
        for (String name : route.parameters()) {
            if (!described.contains(name)) {
                mismatch(line, route, "does not describe the parameter `" + name + "`");
            }
        }
        for (String name : described) {
            if (!route.parameters().contains(name)) {
                mismatch(line, route, "describes a parameter `" + name + "` that the path has not");
            }
        }
    }

    private void mismatch(Line line, HttpRoute route, String what) {
        problems.error(
                "openapi-mismatch",
                line,
                "the operation "
                        + what
                        + " (expected: one `in: path` for each part of "
                        + route.path()
                        + ")",
                "describe " + Spoken.list(route.parameters(), "and") + ", and no other");
    }

    static boolean flag(Yaml.Mapping at, String key) {
        return at.at(key)
                .filter(value -> value instanceof Yaml.Text text && text.value().equals("true"))
                .isPresent();
    }

    private static String word(Yaml.Mapping at, String key) {
        return at.at(key).orElse(null) instanceof Yaml.Text text ? text.value() : "";
    }
}
