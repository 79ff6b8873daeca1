package dev.ringwall.reading;

import dev.ringwall.model.HttpRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/// A service as its OpenAPI document describes it, ready to be declared with every operation closed.
///
/// @param lines one line of the declaration for each operation, or a comment for one that cannot be declared
record DescribedService(String file, String name, List<String> lines) {

    /// Operations that are written at most.
    static final int OPERATIONS_MAX = 500;

    static Optional<DescribedService> of(String file, Yaml root, Problems problems) {
        if (!(root instanceof Yaml.Mapping document)
                || !(document.at("paths").orElse(null) instanceof Yaml.Mapping paths)) {
            problems.unexpected(
                    "wrong-type",
                    root,
                    "an OpenAPI document with `paths`",
                    "name an OpenAPI 3.0 or 3.1 document");
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        TreeSet<String> taken = new TreeSet<>();
        paths.entries()
                .forEach((path, item) -> {
                    if (item.value() instanceof Yaml.Mapping methods) {
                        methods.entries()
                                .forEach((method, operation) -> {
                                    if (HttpRoute.METHODS.contains(method.toUpperCase(Locale.ROOT))
                                            && lines.size() < OPERATIONS_MAX) {
                                        lines.add(
                                                line(
                                                        method.toUpperCase(Locale.ROOT),
                                                        path,
                                                        operation.value(),
                                                        taken));
                                    }
                                });
                    }
                });
        String service =
                Init.name(
                        title(document).replaceAll("(?i)\\b(api|service|rest)\\b", ""), "service");
        return Optional.of(
                new DescribedService(
                        file,
                        ServiceReader.TAKEN.contains(service) ? service + "-service" : service,
                        lines));
    }

    String declaration(String system) {
        StringBuilder text = new StringBuilder();
        text.append("# yaml-language-server: $schema=https://ringwall.dev/schema/ringwall-1.json\n")
                .append("ringwall: 1\nsystem: ")
                .append(system)
                .append(
                        "\n\ndata: {}      # what could leak: `order: { class: internal, keep: 7y }`\n")
                .append(
                        "\nroles: {}     # everyone outside: `shopper: { login: password }`\n\nservices:\n  ")
                .append(name)
                .append(":\n    url: http://127.0.0.1:8080   # or `run: java -jar ")
                .append(name)
                .append(".jar`, then Ringwall starts it\n    openapi: \"")
                .append(file.replace("\\", "/").replace("\"", ""))
                .append("\"\n");
        if (lines.stream().allMatch(line -> line.strip().startsWith("#"))) {
            text.append("    operations: {}\n");
        } else {
            text.append(
                    "    operations:   # all closed: open one with `allow: anyone` or `allow: [a-role]`\n");
        }
        lines.forEach(line -> text.append("      ").append(line).append('\n'));
        return text.toString();
    }

    private static String line(String method, String path, Yaml operation, TreeSet<String> taken) {
        Yaml.Text written = new Yaml.Text(method + " " + path, Yaml.Kind.STRING, operation.line());
        Problems unfit = new Problems();
        Optional<HttpRoute> route = Routes.read(written, unfit);
        if (route.isEmpty()) {
            return "# "
                    + Init.comment(
                            written.value()
                                    + " is left out: "
                                    + unfit.inReadingOrder().getFirst().message());
        }
        String verb = Init.free(verb(method, route.get(), operation), taken);
        taken.add(verb);
        return verb + ": { http: \"" + route.get() + "\" }";
    }

    private static String verb(String method, HttpRoute route, Yaml operation) {
        if (operation instanceof Yaml.Mapping described
                && described.at("operationId").orElse(null) instanceof Yaml.Text id) {
            return Init.name(id.value(), usual(method, route));
        }
        return usual(method, route);
    }

    private static String usual(String method, HttpRoute route) {
        boolean one =
                !route.segments().isEmpty()
                        && route.segments().getLast() instanceof HttpRoute.Segment.Parameter;
        String verb =
                switch (method) {
                    case "GET" -> one ? "read" : "list";
                    case "HEAD" -> "look";
                    case "POST" -> "create";
                    case "PUT" -> "replace";
                    case "PATCH" -> "change";
                    default -> "remove";
                };
        List<String> words =
                route.segments().stream()
                        .filter(HttpRoute.Segment.Literal.class::isInstance)
                        .map(segment -> ((HttpRoute.Segment.Literal) segment).text())
                        .toList();
        return words.isEmpty() ? verb : Init.name(verb + "-" + words.getLast(), verb);
    }

    private static String title(Yaml.Mapping document) {
        return document.at("info").orElse(null) instanceof Yaml.Mapping info
                        && info.at("title").orElse(null) instanceof Yaml.Text title
                ? title.value()
                : "service";
    }
}
