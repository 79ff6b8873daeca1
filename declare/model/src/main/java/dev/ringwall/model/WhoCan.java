package dev.ringwall.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers "who can see DATA?": every role, service and third party that it can come to, by which operation and by which line.
public final class WhoCan {

    private final Blueprint blueprint;

    /// Answers questions about that system.
    public WhoCan(Blueprint blueprint) {
        this.blueprint = blueprint;
    }

    /// Whom the data comes to.
    public enum Kind {
        ANYONE,
        ROLE,
        SERVICE,
        THIRD_PARTY
    }

    /// One way by which the data comes to somebody.
    ///
    /// @param way  a verb for people: `gets it from`, `stores it`
    /// @param by   the operation that carries it; empty where it lies in a store
    /// @param when the condition on that operation
    public record Sight(
            Kind kind,
            String who,
            String way,
            Optional<OperationName> by,
            Optional<Condition> when,
            Line line) {

        /// `shopper gets it from orders.read when …`.
        public String sentence() {
            return who
                    + " "
                    + way
                    + by.map(name -> " " + name).orElse("")
                    + when.map(condition -> " when " + condition.expression()).orElse("");
        }
    }

    /// Every way, strangers first; empty when it comes to nobody or is not declared.
    public List<Sight> see(String data) {
        List<Sight> sights = new ArrayList<>();
        for (Operation operation : blueprint.operations().values()) {
            if (operation.returns().containsKey(data)) {
                outside(operation, sights);
            }
        }
        for (Service service : blueprint.services()) {
            inside(service, data, sights);
        }
        sights.sort(
                Comparator.comparing(Sight::kind)
                        .thenComparing(Sight::who)
                        .thenComparing(Sight::line));
        return sights;
    }

    private static void outside(Operation operation, List<Sight> sights) {
        switch (operation.allow()) {
            case Allow.Nobody() -> {}
            case Allow.Anyone(Line line) ->
                    sights.add(gets(Kind.ANYONE, "anyone", operation, line));
            case Allow.Roles(Map<String, Line> roles) ->
                    roles.forEach(
                            (role, line) -> sights.add(gets(Kind.ROLE, role, operation, line)));
        }
    }

    private void inside(Service service, String data, List<Sight> sights) {
        service.stores()
                .forEach((store, names) -> {
                    Line line = names.get(data);
                    if (line != null) {
                        sights.add(
                                new Sight(
                                        Kind.SERVICE,
                                        service.name(),
                                        "stores it in " + store,
                                        Optional.empty(),
                                        Optional.empty(),
                                        line));
                    }
                });
        service.operations()
                .values()
                .forEach(operation -> {
                    Line line = operation.accepts().get(data);
                    if (line != null) {
                        sights.add(
                                sight(
                                        Kind.SERVICE,
                                        service.name(),
                                        "takes it by",
                                        operation,
                                        line));
                    }
                });
        service.calls()
                .forEach((name, line) ->
                        blueprint
                                .operation(name)
                                .ifPresent(called -> {
                                    if (called.returns().containsKey(data)) {
                                        sights.add(
                                                gets(Kind.SERVICE, service.name(), called, line));
                                    }
                                    if (called.accepts().containsKey(data)
                                            && blueprint.isThirdParty(name)) {
                                        sights.add(
                                                sight(
                                                        Kind.THIRD_PARTY,
                                                        name.owner(),
                                                        "is sent it by "
                                                                + service.name()
                                                                + " through",
                                                        called,
                                                        line));
                                    }
                                }));
    }

    private static Sight gets(Kind kind, String who, Operation operation, Line line) {
        return sight(kind, who, "gets it from", operation, line);
    }

    private static Sight sight(Kind kind, String who, String way, Operation operation, Line line) {
        return new Sight(kind, who, way, Optional.of(operation.name()), operation.when(), line);
    }
}
