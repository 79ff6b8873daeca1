package dev.ringwall.reading;

import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.HttpRoute.Protocol;
import dev.ringwall.model.HttpRoute.Segment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Request lines as people write them: `GET /orders/{id}`. One path has one spelling only, so that no two layers can read it differently.
final class Routes {

    /// The longest path, in characters.
    static final int LENGTH_MAX = 500;

    /// Segments of one path.
    static final int SEGMENTS_MAX = 32;

    /// Methods as a sentence says them.
    static final String METHODS = "GET, HEAD, POST, PUT, PATCH or DELETE";

    /// Unreserved characters, sub-delims, `:` and `@` (RFC 3986 §3.3), without percent escapes.
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@-]+");

    private static final Pattern GRPC =
            Pattern.compile(
                    "[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*/[A-Za-z_][A-Za-z0-9_]*");

    private static final Pattern PARAMETER = Pattern.compile("\\{[A-Za-z][A-Za-z0-9_-]{0,62}\\}");

    private Routes() {}

    /// Reads the text; empty when it is no request line, which is then among the problems.
    static Optional<HttpRoute> read(Yaml.Text text, Problems problems) {
        String written = text.value();
        int space = written.indexOf(' ');
        String method = space < 0 ? written : written.substring(0, space);
        if (!HttpRoute.METHODS.contains(method) || space < 0) {
            String upper = method.toUpperCase(Locale.ROOT);
            return bad(
                    text,
                    "one of " + METHODS + ", a space and a path",
                    HttpRoute.METHODS.contains(upper) && space >= 0
                            ? "write `" + upper + written.substring(space) + "`"
                            : "write it like `GET /orders/{id}`",
                    problems);
        }
        return path(text, written.substring(space + 1), method, problems)
                .map(segments -> new HttpRoute(method, segments));
    }

    /// Reads a path on which a WebSocket is opened.
    static Optional<HttpRoute> websocket(Yaml.Text text, Problems problems) {
        return path(text, text.value(), "", problems)
                .map(segments -> new HttpRoute(Protocol.WEBSOCKET, "GET", segments));
    }

    /// Reads a path without parameters, that something is asked at: `/healthz`.
    static Optional<String> fixed(Yaml.Text text, Problems problems) {
        Optional<List<Segment>> segments = path(text, text.value(), "", problems);
        if (segments.stream()
                .flatMap(List::stream)
                .anyMatch(segment -> segment instanceof Segment.Parameter)) {
            return bad(
                    text,
                    "a path without {parameters}",
                    "write one that can be asked as it is, like `/healthz`",
                    problems);
        }
        return segments.map(_ -> text.value());
    }

    /// Reads a method of a gRPC service: `shop.v1.Orders/Place`.
    static Optional<HttpRoute> grpc(Yaml.Text text, Problems problems) {
        if (!GRPC.matcher(text.value()).matches() || text.value().length() > LENGTH_MAX) {
            return bad(
                    text,
                    "a service of gRPC with its package, / and a method, at most "
                            + LENGTH_MAX
                            + " characters",
                    "write it like `shop.v1.Orders/Place`",
                    problems);
        }
        List<Segment> segments = new ArrayList<>();
        for (String part : text.value().split("/", -1)) {
            segments.add(new Segment.Literal(part));
        }
        return Optional.of(new HttpRoute(Protocol.GRPC, "POST", segments));
    }

    private static Optional<List<Segment>> path(
            Yaml.Text text, String path, String method, Problems problems) {
        if (!path.startsWith("/") || path.length() > LENGTH_MAX) {
            return bad(
                    text,
                    "a path that begins with / and has at most " + LENGTH_MAX + " characters",
                    "write it like `" + (method + " /orders/{id}").strip() + "`",
                    problems);
        }
        if (path.equals("/")) {
            return Optional.of(List.of());
        }
        if (path.contains("?") || path.contains("#")) {
            return bad(
                    text,
                    "a path without ? and #",
                    "take the query out; an OpenAPI document says which query is good",
                    problems);
        }
        return segments(text, path, problems);
    }

    private static Optional<List<Segment>> segments(
            Yaml.Text text, String path, Problems problems) {
        List<Segment> segments = new ArrayList<>();
        Set<String> parameters = new HashSet<>();
        for (String part : path.substring(1).split("/", -1)) {
            if (part.isEmpty()) {
                return bad(
                        text,
                        "a path without // and without / at its end",
                        "take the extra slash out",
                        problems);
            }
            if (part.equals(".") || part.equals("..")) {
                return bad(text, "a path without . and ..", "write where it leads to", problems);
            }
            if (part.contains("%")) {
                return bad(
                        text,
                        "a path without percent escapes",
                        "write the characters themselves, or a {parameter}",
                        problems);
            }
            if (PARAMETER.matcher(part).matches()) {
                String name = part.substring(1, part.length() - 1);
                if (!parameters.add(name)) {
                    return bad(
                            text,
                            "each {parameter} once",
                            "name the second one otherwise",
                            problems);
                }
                segments.add(new Segment.Parameter(name));
            } else if (LITERAL.matcher(part).matches()) {
                segments.add(new Segment.Literal(part));
            } else {
                return bad(
                        text,
                        "each part of the path is plain text, or one {parameter} and nothing else",
                        "write it like `/orders/{id}`",
                        problems);
            }
        }
        if (segments.size() > SEGMENTS_MAX) {
            return bad(
                    text, "at most " + SEGMENTS_MAX + " parts", "write a shorter path", problems);
        }
        return Optional.of(segments);
    }

    private static <T> Optional<T> bad(
            Yaml.Text text, String expected, String remedy, Problems problems) {
        problems.unexpected("bad-route", text, expected, remedy);
        return Optional.empty();
    }
}
