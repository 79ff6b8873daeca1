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

/// Turns one described operation into the shape of its requests.
final class OpenApiOperations {

    private final OpenApiReferences references;
    private final OpenApiParameters reader;
    private final OpenApiBodies bodies;
    private final Problems problems;

    OpenApiOperations(OpenApiReferences references, OpenApiSchemas schemas, Problems problems) {
        this.references = references;
        this.reader = new OpenApiParameters(references, schemas, problems);
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
        found.values().forEach(at -> reader.read(at).ifPresent(parameters::add));
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
                                                    OpenApiParameters.word(parameter, "in")
                                                            + " "
                                                            + OpenApiParameters.word(
                                                                    parameter, "name"),
                                                    parameter)));
            case Yaml other ->
                    problems.unexpected(
                            "openapi-form",
                            other,
                            "a list of parameters",
                            "write `parameters: […]`");
        }
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
}
