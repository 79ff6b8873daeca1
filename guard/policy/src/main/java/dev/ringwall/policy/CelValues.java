package dev.ringwall.policy;

import com.google.common.collect.Lists;
import com.google.common.collect.Maps;
import dev.cel.common.values.NullValue;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Callers, requests and JSON in the shapes that CEL computes with. JSON is turned as far as the expression looks at it.
final class CelValues {

    private CelValues() {}

    static Map<String, Object> caller(Caller caller) {
        return switch (caller) {
            case Caller.Stranger() -> caller("-", "anyone", Set.of(), "", "");
            case Caller.Person(String id, Set<String> roles, var _, String client) ->
                    caller(id, "person", roles, client, "");
            case Caller.Key(String id, String role) -> caller(id, "key", Set.of(role), "", "");
            case Caller.Client(String id, Set<String> roles, var _) ->
                    caller(id, "client", roles, id, "");
            case Caller.Workload(String service, var onBehalfOf) ->
                    onBehalfOf
                            .map(origin -> {
                                Map<String, Object> seen = new HashMap<>(caller(origin));
                                seen.put("via", service);
                                return seen;
                            })
                            .orElseGet(() ->
                                    caller("service:" + service, "service", Set.of(), "", service));
        };
    }

    private static Map<String, Object> caller(
            String id, String kind, Set<String> roles, String client, String via) {
        return Map.of(
                "id", id, "kind", kind, "roles", List.copyOf(roles), "client", client, "via", via);
    }

    static Map<String, Object> request(RequestView request) {
        return Map.of(
                "method", request.method(),
                "path", request.path(),
                "params", request.params(),
                "query", once(request.query()),
                "headers", request.headers(),
                "address", request.address(),
                "time", request.time());
    }

    /// The parameters that stand there once. One that is repeated says two things, so it says nothing.
    private static Map<String, String> once(Map<String, List<String>> query) {
        Map<String, String> once = new HashMap<>();
        query.forEach((name, values) -> {
            if (values.size() == 1) {
                once.put(name, values.getFirst());
            }
        });
        return once;
    }

    static Object json(@Nullable Object value) {
        return switch (value) {
            case null -> NullValue.NULL_VALUE;
            case Map<?, ?> map -> Maps.transformValues(map, CelValues::json);
            case List<?> list -> Lists.transform(list, CelValues::json);
            case Integer number -> (long) number;
            case Long number -> number;
            case BigInteger number when number.bitLength() < Long.SIZE -> number.longValueExact();
            case Number number -> number.doubleValue();
            default -> value;
        };
    }
}
