package dev.ringwall.model;

import dev.ringwall.model.Change.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who may call what: each gain and each loss of one caller and one operation.
final class AccessDifference {

    private final Blueprint before;
    private final Blueprint after;
    private final List<Change> changes;

    AccessDifference(Blueprint before, Blueprint after, List<Change> changes) {
        this.before = before;
        this.after = after;
        this.changes = changes;
    }

    void find() {
        Map<String, Map<OperationName, Line>> old = callers(before);
        Map<String, Map<OperationName, Line>> young = callers(after);
        Set<String> all = new TreeSet<>(old.keySet());
        all.addAll(young.keySet());
        for (String caller : all) {
            compare(
                    caller,
                    old.getOrDefault(caller, Map.of()),
                    young.getOrDefault(caller, Map.of()));
        }
    }

    private void compare(
            String caller, Map<OperationName, Line> old, Map<OperationName, Line> young) {
        boolean service =
                after.declaration().services().containsKey(caller)
                        || before.declaration().services().containsKey(caller);
        young.forEach((name, line) -> {
            if (!old.containsKey(name)) {
                add(Direction.LOOSER, name, gains(caller, name, service), line);
            }
        });
        old.forEach((name, line) -> {
            if (!young.containsKey(name)) {
                String sentence =
                        service ? caller + " no longer calls " + name : caller + " loses " + name;
                add(Direction.TIGHTER, name, sentence, line);
            }
        });
    }

    private String gains(String caller, OperationName name, boolean service) {
        String sentence = caller + (service ? " now calls " : " gains ") + name;
        List<String> data = new ArrayList<>();
        after.operation(name)
                .ifPresent(operation -> {
                    if (!operation.returns().isEmpty()) {
                        data.add("returns " + String.join(", ", operation.returns().keySet()));
                    }
                    if (!operation.accepts().isEmpty()) {
                        data.add("accepts " + String.join(", ", operation.accepts().keySet()));
                    }
                });
        return data.isEmpty() ? sentence : sentence + ", which " + String.join(" and ", data);
    }

    private static Map<String, Map<OperationName, Line>> callers(Blueprint blueprint) {
        Map<String, Map<OperationName, Line>> callers = new TreeMap<>();
        blueprint
                .operations()
                .forEach((name, operation) -> {
                    switch (operation.allow()) {
                        case Allow.Nobody() -> {}
                        case Allow.Anyone(Line line) -> put(callers, "anyone", name, line);
                        case Allow.Roles(Map<String, Line> roles) ->
                                roles.forEach((role, line) -> put(callers, role, name, line));
                    }
                });
        blueprint
                .services()
                .forEach(service ->
                        service.calls()
                                .forEach((name, line) -> put(callers, service.name(), name, line)));
        return callers;
    }

    private static void put(
            Map<String, Map<OperationName, Line>> callers,
            String caller,
            OperationName name,
            Line line) {
        callers.computeIfAbsent(caller, _ -> new TreeMap<>()).put(name, line);
    }

    private void add(Direction direction, OperationName name, String sentence, Line line) {
        changes.add(new Change(direction, name.toString(), sentence, line));
    }
}
