package dev.ringwall.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The HTTP request line that an operation answers: a method and a path of literal and named segments.
///
/// `GET /orders/{id}` matches `/orders/17` and neither `/orders` nor `/orders/17/lines`. A `GET` route also answers `HEAD`.
/// A named segment matches one whole, non-empty segment.
public record HttpRoute(String method, List<Segment> segments) {

    /// The methods that a declaration may name.
    public static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    /// Methods that change nothing (RFC 9110 §9.2.1); only these may have a condition on the response.
    public static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

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

    /// Whether the method changes nothing.
    public boolean safe() {
        return SAFE_METHODS.contains(method);
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
        return method + " " + path();
    }
}
