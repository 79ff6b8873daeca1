package dev.ringwall.gateway;

import dev.ringwall.model.HttpRoute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds the operation that a method and a path lead to. A literal segment beats a named one. The cost grows with the path, not with the
/// number of operations. Built once, then read by any thread.
final class RouteTrie<T> {

    private final Node<T> root = new Node<>();

    private static final class Node<T> {
        final Map<String, Node<T>> literals = new HashMap<>();
        @Nullable Node<T> named;
        final Map<String, Leaf<T>> methods = new HashMap<>();
    }

    private record Leaf<T>(T value, List<HttpRoute.Segment> segments) {}

    /// What a request leads to.
    sealed interface Found<T> {
        /// This, with the path's parameters by name.
        record Hit<T>(T value, Map<String, String> parameters) implements Found<T> {}

        /// The path is known, the method is not.
        record OtherMethod<T>(Set<String> methods) implements Found<T> {}

        /// Nothing.
        record Nothing<T>() implements Found<T> {}
    }

    /// Adds a route. A `GET` answers `HEAD` as well, unless that is a route of its own.
    void add(HttpRoute route, T value) {
        Node<T> node = root;
        for (HttpRoute.Segment segment : route.segments()) {
            Node<T> here = node;
            node =
                    switch (segment) {
                        case HttpRoute.Segment.Literal(String text) ->
                                here.literals.computeIfAbsent(text, _ -> new Node<>());
                        case HttpRoute.Segment.Parameter _ -> {
                            Node<T> named = here.named == null ? new Node<>() : here.named;
                            here.named = named;
                            yield named;
                        }
                    };
        }
        Leaf<T> leaf = new Leaf<>(value, route.segments());
        node.methods.put(route.method(), leaf);
        if (route.method().equals("GET")) {
            node.methods.putIfAbsent("HEAD", leaf);
        }
    }

    Found<T> find(String method, List<String> segments) {
        Leaf<T> leaf = find(root, method, segments, 0, null);
        if (leaf != null) {
            return new Found.Hit<>(leaf.value(), parameters(leaf, segments));
        }
        Set<String> others = new TreeSet<>();
        find(root, method, segments, 0, others);
        return others.isEmpty() ? new Found.Nothing<>() : new Found.OtherMethod<>(others);
    }

    private static <T> @Nullable Leaf<T> find(
            Node<T> node,
            String method,
            List<String> segments,
            int at,
            @Nullable Set<String> others) {
        if (at == segments.size()) {
            Leaf<T> leaf = node.methods.get(method);
            if (leaf == null && others != null) {
                others.addAll(node.methods.keySet());
            }
            return leaf;
        }
        String segment = segments.get(at);
        Node<T> literal = node.literals.get(segment);
        Leaf<T> leaf = literal == null ? null : find(literal, method, segments, at + 1, others);
        Node<T> named = node.named;
        return leaf != null || named == null || segment.isEmpty()
                ? leaf
                : find(named, method, segments, at + 1, others);
    }

    private static Map<String, String> parameters(Leaf<?> leaf, List<String> segments) {
        Map<String, String> parameters = Map.of();
        for (int i = 0; i < segments.size(); i++) {
            if (leaf.segments().get(i) instanceof HttpRoute.Segment.Parameter(String name)) {
                parameters = parameters.isEmpty() ? new HashMap<>(4) : parameters;
                parameters.put(name, segments.get(i));
            }
        }
        return parameters;
    }
}
