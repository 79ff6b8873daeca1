package dev.ringwall.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What requests to one operation must look like, and its answers, taken from the service's OpenAPI document.
///
/// Schemas are JSON texts that stand for themselves: what they refer to is inside them.
///
/// @param bodies       media type, in small letters → schema of the body
/// @param opaque       media types, or ranges of them (`image/*`), of bodies that pass as they are; where there are neither, a body is refused
/// @param bodyRequired whether a request without a body is refused
/// @param exampleBody  a body that the document gives as an example, as JSON
/// @param answers      what comes back
public record RequestShape(
        List<Parameter> parameters,
        Map<String, String> bodies,
        Set<String> opaque,
        boolean bodyRequired,
        Optional<String> exampleBody,
        AnswerShape answers) {

    public RequestShape {
        parameters = List.copyOf(parameters);
        bodies = Map.copyOf(bodies);
        opaque = Set.copyOf(opaque);
    }

    /// Where a parameter stands.
    public enum In {
        PATH,
        QUERY,
        HEADER
    }

    /// How a parameter is written (OpenAPI 3.1.1 §4.8.12.3: `simple` in paths and headers, `form` in queries).
    public enum Form {
        /// One text.
        PLAIN,
        /// A list with commas: `a,b`.
        LIST,
        /// A list by repetition: `tag=a&tag=b`.
        REPEATED,
        /// An object as names and values with commas: `r,100,g,200`.
        PAIRS,
        /// An object with equals signs and commas: `r=100,g=200`.
        ASSIGNMENTS,
        /// An object, each member a parameter of its own: `r=100&g=200`.
        FIELDS
    }

    /// One parameter of the path, the query or the headers, with its JSON schema.
    public record Parameter(
            String name,
            In in,
            Form form,
            boolean required,
            String schema,
            Optional<String> example) {}
}
