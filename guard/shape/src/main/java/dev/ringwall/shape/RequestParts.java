package dev.ringwall.shape;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What of a request's head is held against its shape.
///
/// @param target  as it came, still encoded: tells whether a comma was one
/// @param path    the parameters of the path, decoded
/// @param query   the parameters of the query, decoded, in order
/// @param headers the values of a header by its name, in any case
public record RequestParts(
        String target,
        Map<String, String> path,
        Map<String, List<String>> query,
        Function<String, List<String>> headers) {}
