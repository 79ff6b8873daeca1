package dev.ringwall.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What conditions may see of a request. It is asked only for operations that have a condition.
public interface RequestView {

    /// `GET`.
    String method();

    /// The path as it came, without the query, decoded.
    String path();

    /// The path's parameters by the names of the route.
    Map<String, String> params();

    /// The query's parameters, decoded.
    Map<String, List<String>> query();

    /// The headers by their names in lower case; several of one name joined by `, `.
    Map<String, String> headers();

    /// The client's address.
    String address();

    /// When it arrived.
    Instant time();
}
