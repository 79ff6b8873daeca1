package dev.ringwall.reading;

import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.Line;
import dev.ringwall.model.Nearest;
import dev.ringwall.model.RequestShape;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The OpenAPI document of a service (3.0 or 3.1, YAML or JSON), asked for one declared operation at a time.
///
/// Both ends agree or it does not load: an operation that the document has not, or has with other parameters, is a problem.
final class OpenApiDocument {

    private final FilePath path;
    private final Yaml.Mapping root;
    private final OpenApiOperations operations;
    private final Problems problems;

    private OpenApiDocument(
            FilePath path, Yaml.Mapping root, OpenApiOperations operations, Problems problems) {
        this.path = path;
        this.root = root;
        this.operations = operations;
        this.problems = problems;
    }

    /// Reads the document; empty when it is none, which is then among the problems. `named` is the place that asks for it.
    static Optional<OpenApiDocument> read(
            FilePath path, Yaml.Text named, Sources sources, Problems problems) {
        Optional<Yaml> yaml = OpenApiReferences.parse(path, sources, problems, named);
        if (yaml.isEmpty()) {
            return Optional.empty();
        }
        if (!(yaml.get() instanceof Yaml.Mapping root) || version(root).isEmpty()) {
            problems.error(
                    "openapi-version",
                    yaml.get().line(),
                    "not a document of OpenAPI 3.0 or 3.1 (expected: `openapi: 3.1.0`)",
                    "convert older documents; Swagger 2.0 is not read");
            return Optional.empty();
        }
        boolean old = version(root).get().startsWith("3.0");
        OpenApiReferences references = new OpenApiReferences(path, root, sources, problems);
        OpenApiSchemas schemas = new OpenApiSchemas(references, old, problems);
        return Optional.of(
                new OpenApiDocument(
                        path,
                        root,
                        new OpenApiOperations(references, schemas, problems),
                        problems));
    }

    private static Optional<String> version(Yaml.Mapping root) {
        return root.at("openapi")
                .filter(value ->
                        value instanceof Yaml.Text text
                                && text.kind() == Yaml.Kind.STRING
                                && text.value().matches("3\\.[01]\\.[0-9]+"))
                .map(value -> ((Yaml.Text) value).value());
    }

    FilePath path() {
        return path;
    }

    /// What requests to the route must look like; empty when the document does not say so, which is then among the problems.
    Optional<RequestShape> shape(HttpRoute route, Line declared) {
        if (!(root.at("paths").orElse(null) instanceof Yaml.Mapping known)) {
            problems.error(
                    "openapi-mismatch",
                    root.line(),
                    "a document without `paths` (expected: " + route + ")",
                    "describe the operation there");
            return Optional.empty();
        }
        Yaml.Entry item = known.entries().get(route.path());
        if (item == null) {
            notDescribed(route, declared, known);
            return Optional.empty();
        }
        return operations.shape(route, item, declared, path);
    }

    private void notDescribed(HttpRoute route, Line declared, Yaml.Mapping known) {
        Set<String> paths = new TreeSet<>(known.entries().keySet());
        String shape = route.shape();
        Optional<String> sameShape =
                paths.stream()
                        .filter(other -> other.replaceAll("\\{[^/{}]*\\}", "{}").equals(shape))
                        .findFirst();
        String remedy =
                sameShape
                        .map(other ->
                                "name the parameters alike: `http: \""
                                        + route.method()
                                        + " "
                                        + other
                                        + "\"`")
                        .orElseGet(() ->
                                Nearest.hint(
                                        route.path(),
                                        paths,
                                        "describe `"
                                                + route.method().toLowerCase(Locale.ROOT)
                                                + "` under `"
                                                + route.path()
                                                + "`"));
        problems.error(
                "openapi-mismatch",
                declared,
                path + " has no path `" + route.path() + "` (expected: the document describes it)",
                remedy);
    }
}
