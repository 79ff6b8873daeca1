package dev.ringwall.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One thing that a service does when asked.
///
/// @param accepts the data that a request may carry, each with the line that names it
/// @param returns the data that an answer may carry, each with the line that names it
/// @param requires a read that the caller must be allowed, of the same thing, before this is done
/// @param shape   what requests must look like, when the service has an OpenAPI document
public record Operation(
        OperationName name,
        HttpRoute route,
        Allow allow,
        Map<String, Line> accepts,
        Map<String, Line> returns,
        Optional<Condition> when,
        Optional<Required> requires,
        List<Limit> limits,
        Optional<RequestShape> shape,
        Line line) {

    /// An operation that must answer well to the caller first.
    public record Required(OperationName read, Line line) {}

    public Operation {
        accepts = Collections.unmodifiableMap(new TreeMap<>(accepts));
        returns = Collections.unmodifiableMap(new TreeMap<>(returns));
        limits = List.copyOf(limits);
    }
}
