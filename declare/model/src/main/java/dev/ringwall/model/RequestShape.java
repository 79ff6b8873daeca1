package dev.ringwall.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What requests to one operation must look like, taken from the service's OpenAPI document.
///
/// Schemas are JSON texts that stand for themselves: what they refer to is inside them.
///
/// @param bodies       media type → schema of the body; empty means that a body is refused
/// @param bodyRequired whether a request without a body is refused
/// @param exampleBody  a body that the document gives as an example, as JSON
public record RequestShape(
        List<Parameter> parameters,
        Map<String, String> bodies,
        boolean bodyRequired,
        Optional<String> exampleBody) {

    public RequestShape {
        parameters = List.copyOf(parameters);
        bodies = Map.copyOf(bodies);
    }

    /// Where a parameter stands.
    public enum In {
        PATH,
        QUERY,
        HEADER
    }

    /// One parameter of the path, the query or the headers, with its JSON schema.
    public record Parameter(
            String name, In in, boolean required, String schema, Optional<String> example) {}
}
