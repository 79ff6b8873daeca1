package dev.ringwall.gateway;

import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds the operation of a method and path. A literal segment is preferred to a parameter, whatever stands after it, so there is never
/// more than one way through; the time depends on the path's length, not on the number of operations.
final class RouteTable {

    private final Node root = new Node();

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private @Nullable Node parameter;
        private final Map<String, Operation> operations = new HashMap<>();

        private Node parameter() {
            if (parameter == null) {
                parameter = new Node();
            }
            return parameter;
        }
    }

    /// Where a request leads.
    sealed interface Match {
        /// To this operation.
        ///
        /// @param parameters the values of the path's parameters, by name
        record Found(Operation operation, Map<String, String> parameters) implements Match {}

        /// To a path that answers other methods.
        record OtherMethod(String allowed) implements Match {}

        /// Nowhere.
        record Nothing() implements Match {}
    }

    RouteTable(Collection<Operation> operations) {
        for (Operation operation : operations) {
            Node at = root;
            for (HttpRoute.Segment segment : operation.route().segments()) {
                at =
                        switch (segment) {
                            case HttpRoute.Segment.Literal(String text) ->
                                    at.literals.computeIfAbsent(text, _ -> new Node());
                            case HttpRoute.Segment.Parameter _ -> at.parameter();
                        };
            }
            at.operations.put(operation.route().method(), operation);
        }
    }

    /// Looks up decoded path segments. `HEAD` leads where `GET` does, unless it is declared itself.
    Match find(String method, List<String> segments) {
        List<String> values = new ArrayList<>();
        Node at = root;
        for (String segment : segments) {
            Node literal = at.literals.get(segment);
            if (literal != null) {
                at = literal;
            } else if (at.parameter != null) {
                values.add(segment);
                at = at.parameter;
            } else {
                return new Match.Nothing();
            }
        }
        if (at.operations.isEmpty()) {
            return new Match.Nothing();
        }
        Operation operation = at.operations.get(method);
        if (operation == null && method.equals("HEAD")) {
            operation = at.operations.get("GET");
        }
        return operation == null
                ? new Match.OtherMethod(String.join(", ", new TreeSet<>(at.operations.keySet())))
                : new Match.Found(operation, named(operation.route().parameters(), values));
    }

    private static Map<String, String> named(List<String> names, List<String> values) {
        if (names.isEmpty()) {
            return Map.of();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            parameters.put(names.get(i), values.get(i));
        }
        return Collections.unmodifiableMap(parameters);
    }
}
