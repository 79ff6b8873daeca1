package dev.ringwall.model;

import dev.ringwall.model.DataType.Keep;
import dev.ringwall.model.DataType.Sensitivity;
import java.util.Set;
import java.util.TreeSet;

/// Data comes from somewhere, goes where it may, and is kept where it may be kept.
final class DataChecks {

    private final Declaration declaration;
    private final Findings findings;
    private final DataFlow flow;

    DataChecks(Declaration declaration, Findings findings) {
        this.declaration = declaration;
        this.findings = findings;
        this.flow = new DataFlow(declaration);
    }

    void run() {
        Set<String> used = new TreeSet<>();
        for (Service service : declaration.services().values()) {
            Set<String> had = flow.had(service);
            used.addAll(had);
            service.operations()
                    .values()
                    .forEach(operation -> used.addAll(operation.returns().keySet()));
            service.calls().forEach((call, line) -> sentDataWasHad(service, call, line, had));
            service.operations().values().forEach(operation -> returnedDataWasHad(operation, had));
            service.operations().values().forEach(this::maskable);
            service.stores()
                    .values()
                    .forEach(data -> data.forEach((name, line) -> stored(service, name, line)));
        }
        for (ThirdParty party : declaration.thirdParties().values()) {
            party.operations()
                    .values()
                    .forEach(operation -> {
                        used.addAll(operation.accepts().keySet());
                        used.addAll(operation.returns().keySet());
                    });
        }
        declaration.data().values().stream()
                .filter(type -> !used.contains(type.name()))
                .forEach(type ->
                        findings.note(
                                "unused-data",
                                type.line(),
                                "`" + type.name() + "` is neither stored nor passed on by anybody",
                                "take it out, or name it where it goes"));
        declaration.data().values().forEach(this::purpose);
    }

    private void sentDataWasHad(Service service, OperationName call, Line line, Set<String> had) {
        flow.operation(call)
                .ifPresent(called -> {
                    for (String name : called.accepts().keySet()) {
                        if (!had.contains(name)) {
                            findings.error(
                                    "data-never-had",
                                    line,
                                    "`%s` takes `%s`, which `%s` never had (expected: it stores it, accepts it, or gets it from a call)"
                                            .formatted(call, name, service.name()),
                                    "add `"
                                            + name
                                            + "` to what an operation of `"
                                            + service.name()
                                            + "` accepts, or take it from `accepts` of `"
                                            + call
                                            + "`");
                        }
                    }
                });
    }

    /// Only answers in JSON are looked into.
    private void maskable(Operation operation) {
        operation
                .returns()
                .forEach((name, line) -> {
                    DataType type = declaration.data().get(name);
                    if (type != null
                            && type.show().isPresent()
                            && operation.route().protocol() != HttpRoute.Protocol.HTTP) {
                        findings.error(
                                "not-masked",
                                line,
                                "`%s` returns `%s` by %s, where its fields cannot be masked (%s)"
                                        .formatted(
                                                operation.name(),
                                                name,
                                                operation.route().protocol().word(),
                                                type.line()),
                                "return it by HTTP, or take `show` out");
                    }
                });
    }

    private void returnedDataWasHad(Operation operation, Set<String> had) {
        operation
                .returns()
                .forEach((name, line) -> {
                    if (!had.contains(name)) {
                        findings.warning(
                                "returned-from-nowhere",
                                operation.name().toString(),
                                line,
                                "`%s` returns `%s`, which `%s` neither stores nor gets from anybody"
                                        .formatted(
                                                operation.name(), name, operation.name().owner()),
                                "name the store that it comes from");
                    }
                });
    }

    private void stored(Service service, String name, Line line) {
        DataType type = declaration.data().get(name);
        if (type == null || service.builtIn()) {
            return;
        }
        if (type.keep() instanceof Keep.Never) {
            findings.error(
                    "kept-though-never",
                    line,
                    "`%s` stores `%s`, which is `keep: never` (%s)"
                            .formatted(service.name(), name, type.line()),
                    "take it out of the store");
        } else if (type.sensitivity() == Sensitivity.CARDHOLDER) {
            findings.warning(
                    "cardholder-kept",
                    service.name(),
                    line,
                    "`%s` stores `%s`, which is cardholder data".formatted(service.name(), name),
                    "pass it to the payment provider only, and write `keep: never`");
        } else if (type.keep() instanceof Keep.Unstated && type.sensitivity().firm()) {
            findings.note(
                    "kept-for-ever",
                    line,
                    "`%s` stores `%s`, and nobody says for how long"
                            .formatted(service.name(), name),
                    "say it with `keep:`");
        }
        if (!passedOn(service, name)) {
            findings.note(
                    "stored-only",
                    line,
                    "`%s` stores `%s` and neither takes nor gives it by any operation"
                            .formatted(service.name(), name),
                    "name it in `accepts` or `returns`, or take it out of the store");
        }
    }

    private boolean passedOn(Service service, String name) {
        return service.operations().values().stream()
                        .anyMatch(operation ->
                                operation.accepts().containsKey(name)
                                        || operation.returns().containsKey(name))
                || service.calls().keySet().stream()
                        .flatMap(call -> flow.operation(call).stream())
                        .anyMatch(called ->
                                called.accepts().containsKey(name)
                                        || called.returns().containsKey(name));
    }

    private void purpose(DataType type) {
        boolean gdpr =
                declaration.standards().stream().anyMatch(standard -> standard.startsWith("gdpr"));
        boolean personal =
                type.sensitivity() == Sensitivity.PERSONAL
                        || type.sensitivity() == Sensitivity.HEALTH;
        if (gdpr && personal && type.purpose().isEmpty()) {
            findings.note(
                    "no-purpose",
                    type.line(),
                    "`"
                            + type.name()
                            + "` is about people and says no purpose (GDPR Article 5(1)(b))",
                    "say it with `purpose:`");
        }
    }
}
