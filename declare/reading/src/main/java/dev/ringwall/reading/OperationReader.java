package dev.ringwall.reading;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Condition;
import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.Limit;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.RequestShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads one operation: `{ http: GET /products, allow: anyone, returns: [product], limit: 300/min per address }`, or one that speaks gRPC or
/// WebSocket instead.
final class OperationReader {

    static final List<String> KEYS =
            List.of(
                    "http",
                    "grpc",
                    "websocket",
                    "allow",
                    "accepts",
                    "returns",
                    "when",
                    "requires",
                    "limit");

    /// The keys that say how an operation is reached; it has one of them.
    private static final List<String> WAYS_IN = List.of("http", "grpc", "websocket");

    static final List<String> ADMINISTRATION_KEYS = List.of("allow", "when", "limit");

    static final List<String> THIRD_PARTY_KEYS = List.of("http", "accepts", "returns", "limit");

    private final Problems problems;

    OperationReader(Problems problems) {
        this.problems = problems;
    }

    /// An operation of a service of the system. Its request shape comes from the document, when there is one.
    Optional<Operation> ofService(
            Yaml.Text service, Yaml.Entry entry, Optional<OpenApiDocument> document) {
        return Section.of(entry.value(), "an operation", KEYS, problems)
                .flatMap(section -> {
                    Optional<HttpRoute> route = oneOf(section);
                    route.ifPresent(good -> notReserved(section, good));
                    Optional<RequestShape> shape =
                            document.flatMap(known ->
                                    route.filter(good -> good.protocol() == HttpRoute.Protocol.HTTP)
                                            .flatMap(good ->
                                                    known.shape(good, section.lineOf("http"))));
                    return operation(service, entry.key(), section, route, shape);
                });
    }

    /// An operation of somebody outside: nobody is allowed in by it, services list it in their calls.
    Optional<Operation> ofThirdParty(Yaml.Text party, Yaml.Entry entry) {
        return Section.of(
                        entry.value(), "an operation of a third party", THIRD_PARTY_KEYS, problems)
                .flatMap(section ->
                        operation(party, entry.key(), section, route(section), Optional.empty()));
    }

    /// An operation that the control plane answers itself: the file says who may, all else is built in.
    Optional<Operation> ofAdministration(
            Yaml.Text service, Yaml.Entry entry, Administration.BuiltIn known, Yaml value) {
        return Section.of(value, "an operation of `administration`", ADMINISTRATION_KEYS, problems)
                .map(section -> {
                    Allow allow = allow(section);
                    if (allow instanceof Allow.Anyone(Line line)) {
                        problems.error(
                                "administration-to-anyone",
                                line,
                                "`anyone` may "
                                        + entry.key().value()
                                        + " (expected: roles of those who administer)",
                                "name a role");
                    }
                    return new Operation(
                            new OperationName(service.value(), known.verb()),
                            known.route(),
                            allow,
                            at(known.accepts(), entry.key().line()),
                            at(known.returns(), entry.key().line()),
                            section.has("when")
                                    ? section.text("when")
                                            .flatMap(text -> Conditions.read(text, problems))
                                    : Optional.empty(),
                            Optional.empty(),
                            Limits.read(section.oneOrMore("limit"), Limit.Key.OPERATION, problems),
                            known.shape(),
                            entry.key().line());
                });
    }

    private static Map<String, Line> at(Set<String> names, Line line) {
        Map<String, Line> placed = new LinkedHashMap<>();
        names.forEach(name -> placed.put(name, line));
        return placed;
    }

    private Optional<HttpRoute> oneOf(Section section) {
        List<String> ways = WAYS_IN.stream().filter(section::has).toList();
        if (ways.size() > 1) {
            problems.error(
                    "two-routes",
                    section.lineOf(ways.get(1)),
                    "`" + ways.getFirst() + "` and `" + ways.get(1) + "` (expected: one of them)",
                    "write an operation for each");
        }
        if (section.has("grpc")) {
            return section.text("grpc").flatMap(text -> Routes.grpc(text, problems));
        }
        return section.has("websocket")
                ? section.text("websocket").flatMap(text -> Routes.websocket(text, problems))
                : route(section);
    }

    private Optional<HttpRoute> route(Section section) {
        return section.requiredText("http", "GET /…").flatMap(text -> Routes.read(text, problems));
    }

    private void notReserved(Section section, HttpRoute route) {
        String path = route.path();
        if (path.equals("/auth")
                || path.startsWith("/auth/")
                || path.startsWith("/.well-known/openid-configuration")
                || path.startsWith("/.well-known/oauth-authorization-server")) {
            problems.error(
                    "reserved-path",
                    WAYS_IN.stream()
                            .flatMap(way -> section.value(way).stream())
                            .findFirst()
                            .map(Yaml::line)
                            .orElse(section.line()),
                    Problems.quote(path)
                            + " (expected: a path that the identity provider does not use)",
                    "choose another path; /auth and its documents under /.well-known are taken");
        }
    }

    private Optional<Operation> operation(
            Yaml.Text owner,
            Yaml.Text verb,
            Section section,
            Optional<HttpRoute> route,
            Optional<RequestShape> shape) {
        Allow allow = allow(section);
        Map<String, Line> accepts = names(section, "accepts");
        Map<String, Line> returns = names(section, "returns");
        Optional<Condition> when =
                section.has("when")
                        ? section.text("when").flatMap(text -> Conditions.read(text, problems))
                        : Optional.empty();
        Optional<Operation.Required> requires =
                section.text("requires").flatMap(text -> required(text));
        List<Limit> limits = Limits.read(section.oneOrMore("limit"), Limit.Key.OPERATION, problems);
        return route.map(good ->
                new Operation(
                        new OperationName(owner.value(), verb.value()),
                        good,
                        allow,
                        accepts,
                        returns,
                        when,
                        requires,
                        limits,
                        shape,
                        verb.line()));
    }

    private Allow allow(Section section) {
        List<Yaml.Text> texts = section.oneOrMore("allow");
        Map<String, Line> roles = new LinkedHashMap<>();
        for (Yaml.Text text : texts) {
            if (text.value().equals("anyone") && texts.size() == 1) {
                return new Allow.Anyone(text.line());
            }
            if (RoleReader.TAKEN.contains(text.value())) {
                problems.unexpected(
                        "bad-allow",
                        text,
                        "anyone alone, one role, or a list of roles",
                        text.value().equals("nobody")
                                ? "leave `allow` out: what nobody is allowed is closed"
                                : "write `allow: anyone`, or name the roles only");
            } else if (Named.isName(text, problems)) {
                roles.put(text.value(), text.line());
            }
        }
        if (section.value("allow").orElse(null) instanceof Yaml.Items(var items, _)
                && items.isEmpty()) {
            problems.error(
                    "bad-allow",
                    section.lineOf("allow"),
                    "an empty list (expected: at least one role)",
                    "leave `allow` out: what nobody is allowed is closed");
        }
        return roles.isEmpty() ? new Allow.Nobody() : new Allow.Roles(roles);
    }

    private Optional<Operation.Required> required(Yaml.Text text) {
        return OperationName.parse(text.value())
                .map(name -> new Operation.Required(name, text.line()))
                .or(() -> {
                    problems.unexpected(
                            "bad-name",
                            text,
                            "an operation: a service, a dot and a verb",
                            "write it like `orders.read`");
                    return Optional.empty();
                });
    }

    private Map<String, Line> names(Section section, String key) {
        Map<String, Line> names = new LinkedHashMap<>();
        for (Yaml.Text text : section.texts(key)) {
            if (Named.isName(text, problems)) {
                names.put(text.value(), text.line());
            }
        }
        return names;
    }
}
