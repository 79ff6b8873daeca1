package dev.ringwall.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The HTTP request line that an operation answers: a method and a path of literal and named segments.
///
/// What follows on it may be more than one request and one answer: a gRPC call or a WebSocket begins with a request line as well.
///
/// `GET /orders/{id}` matches `/orders/17` and neither `/orders` nor `/orders/17/lines`. A `GET` route also answers `HEAD`.
/// A named segment matches one whole, non-empty segment.
public record HttpRoute(Protocol protocol, String method, List<Segment> segments) {

    /// The methods that a declaration may name.
    public static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    /// Methods that change nothing (RFC 9110 §9.2.1); only these may have a condition on the response.
    public static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

    /// What is spoken once the request is let in.
    public enum Protocol {
        /// One request, one answer.
        HTTP,
        /// A call of gRPC: messages both ways on one HTTP/2 stream, and a status at the end.
        GRPC,
        /// A WebSocket: frames both ways on a connection of its own (RFC 6455).
        WEBSOCKET;

        /// The word in a declaration.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One part of a path between slashes.
    public sealed interface Segment {
        /// Matches itself only.
        record Literal(String text) implements Segment {}

        /// Matches any one segment and gives it a name.
        record Parameter(String name) implements Segment {}
    }

    public HttpRoute {
        segments = List.copyOf(segments);
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException(method + " (expected: one of " + METHODS + ")");
        }
    }

    /// A route of plain HTTP.
    public HttpRoute(String method, List<Segment> segments) {
        this(Protocol.HTTP, method, segments);
    }

    /// Whether it is plain HTTP whose method changes nothing.
    public boolean safe() {
        return protocol == Protocol.HTTP && SAFE_METHODS.contains(method);
    }

    /// The names of the parameters, in path order.
    public List<String> parameters() {
        List<String> names = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment instanceof Segment.Parameter(String name)) {
                names.add(name);
            }
        }
        return names;
    }

    /// The path with every parameter's name left out: two routes of one method with the same shape would answer the same requests.
    public String shape() {
        StringBuilder shape = new StringBuilder();
        for (Segment segment : segments) {
            shape.append('/').append(segment instanceof Segment.Literal(String text) ? text : "{}");
        }
        return shape.isEmpty() ? "/" : shape.toString();
    }

    /// The path as declared, `/orders/{id}`.
    public String path() {
        StringBuilder path = new StringBuilder();
        for (Segment segment : segments) {
            path.append('/');
            switch (segment) {
                case Segment.Literal(String text) -> path.append(text);
                case Segment.Parameter(String name) -> path.append('{').append(name).append('}');
            }
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    @Override
    public String toString() {
        return switch (protocol) {
            case HTTP -> method + " " + path();
            case GRPC -> protocol.word() + " " + path().substring(1);
            case WEBSOCKET -> protocol.word() + " " + path();
        };
    }
}
