package dev.ringwall.model;

import dev.ringwall.model.Change.Direction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What operations carry, on what condition, how often, and by which route.
final class OperationDifference {

    private final Blueprint before;
    private final Blueprint after;
    private final List<Change> changes;

    OperationDifference(Blueprint before, Blueprint after, List<Change> changes) {
        this.before = before;
        this.after = after;
        this.changes = changes;
    }

    void find() {
        after.operations()
                .forEach((name, young) ->
                        before.operation(name)
                                .ifPresentOrElse(
                                        old -> compare(old, young),
                                        () ->
                                                add(
                                                        Direction.OTHER,
                                                        young,
                                                        name
                                                                + " is a new operation, "
                                                                + young.route())));
        before.operations()
                .forEach((name, old) -> {
                    if (after.operation(name).isEmpty()) {
                        add(Direction.TIGHTER, old, name + " is gone");
                    }
                });
    }

    private void compare(Operation old, Operation young) {
        OperationName name = young.name();
        if (!old.route().equals(young.route())) {
            add(
                    Direction.OTHER,
                    young,
                    name + " is now " + young.route() + " instead of " + old.route());
        }
        data(young, "returns", old.returns(), young.returns());
        data(young, "accepts", old.accepts(), young.accepts());
        condition(young, old.when(), young.when());
        required(young, read(old), read(young));
        LimitDifference.find(name.toString(), young.line(), old.limits(), young.limits(), changes);
        if (!old.shape().equals(young.shape())) {
            Direction direction =
                    old.shape().isEmpty()
                            ? Direction.TIGHTER
                            : young.shape().isEmpty() ? Direction.LOOSER : Direction.OTHER;
            String sentence =
                    switch (direction) {
                        case TIGHTER ->
                                "requests to " + name + " are now checked against a document";
                        case LOOSER ->
                                "requests to " + name + " are no longer checked against a document";
                        case OTHER -> "requests to " + name + " or its answers have another shape";
                    };
            add(direction, young, sentence);
        }
    }

    private static String read(Operation operation) {
        return operation.requires().map(required -> required.read().toString()).orElse("");
    }

    private void required(Operation operation, String then, String now) {
        if (then.equals(now)) {
            return;
        }
        String name = operation.name().toString();
        if (then.isEmpty()) {
            add(Direction.TIGHTER, operation, name + " now requires " + now);
        } else if (now.isEmpty()) {
            add(Direction.LOOSER, operation, name + " no longer requires " + then);
        } else {
            add(Direction.OTHER, operation, name + " requires " + now + " instead of " + then);
        }
    }

    private void data(
            Operation operation, String verb, Map<String, Line> old, Map<String, Line> young) {
        young.forEach((data, line) -> {
            if (!old.containsKey(data)) {
                changes.add(
                        new Change(
                                Direction.LOOSER,
                                operation.name().toString(),
                                operation.name() + " now " + verb + " " + data,
                                line));
            }
        });
        for (String data : new TreeSet<>(old.keySet())) {
            if (!young.containsKey(data)) {
                add(
                        Direction.TIGHTER,
                        operation,
                        operation.name() + " no longer " + verb + " " + data);
            }
        }
    }

    private void condition(
            Operation operation, Optional<Condition> old, Optional<Condition> young) {
        String now = young.map(Condition::expression).orElse("");
        String then = old.map(Condition::expression).orElse("");
        if (now.equals(then)) {
            return;
        }
        if (old.isEmpty()) {
            add(Direction.TIGHTER, operation, operation.name() + " now needs " + now);
        } else if (young.isEmpty()) {
            add(Direction.LOOSER, operation, operation.name() + " no longer needs " + then);
        } else {
            add(
                    Direction.OTHER,
                    operation,
                    operation.name() + " needs " + now + " instead of " + then);
        }
    }

    private void add(Direction direction, Operation operation, String sentence) {
        changes.add(new Change(direction, operation.name().toString(), sentence, operation.line()));
    }
}
