package dev.ringwall.model;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Every name that is used is declared.
final class NameChecks {

    private final Declaration declaration;
    private final Findings findings;
    private final DataFlow flow;
    private final Set<String> operations = new TreeSet<>();

    NameChecks(Declaration declaration, Findings findings) {
        this.declaration = declaration;
        this.findings = findings;
        this.flow = new DataFlow(declaration);
        declaration.services().values().forEach(service -> add(service.operations().values()));
        declaration.thirdParties().values().forEach(party -> add(party.operations().values()));
    }

    private void add(Collection<Operation> declared) {
        declared.forEach(operation -> operations.add(operation.name().toString()));
    }

    void run() {
        for (Service service : declaration.services().values()) {
            service.stores().values().forEach(this::dataExists);
            service.operations().values().forEach(this::operation);
            service.calls().forEach((call, line) -> called(service, call, line));
            ThirdParty party = declaration.thirdParties().get(service.name());
            if (party != null) {
                findings.error(
                        "name-clash",
                        party.line(),
                        "`" + service.name() + "` is also the service in " + service.line(),
                        "give one of the two another name");
            }
        }
        declaration
                .thirdParties()
                .values()
                .forEach(party -> party.operations().values().forEach(this::operation));
        declaration.acceptedRisks().forEach(this::riskIsAboutSomething);
    }

    private void operation(Operation operation) {
        dataExists(operation.accepts());
        dataExists(operation.returns());
        operation
                .requires()
                .filter(required -> flow.operation(required.read()).isEmpty())
                .ifPresent(required ->
                        missing(
                                "unknown-operation",
                                required.read().toString(),
                                required.line(),
                                "an operation",
                                operations,
                                "operations"));
        if (operation.allow() instanceof Allow.Roles(Map<String, Line> roles)) {
            roles.forEach((role, line) -> {
                if (!declaration.roles().containsKey(role)) {
                    missing(
                            "unknown-role",
                            role,
                            line,
                            "a role",
                            declaration.roles().keySet(),
                            "roles");
                }
            });
        }
    }

    private void dataExists(Map<String, Line> names) {
        names.forEach((name, line) -> {
            if (!declaration.data().containsKey(name)) {
                missing(
                        "unknown-data",
                        name,
                        line,
                        "a kind of data",
                        declaration.data().keySet(),
                        "data");
            }
        });
    }

    private void called(Service service, OperationName call, Line line) {
        if (flow.operation(call).isEmpty()) {
            missing(
                    "unknown-operation",
                    call.toString(),
                    line,
                    "an operation",
                    operations,
                    "operations");
        } else if (call.owner().equals(service.name())) {
            findings.warning(
                    "calls-itself",
                    service.name(),
                    line,
                    "`" + service.name() + "` lists its own operation `" + call + "`",
                    "take it out; a program reaches itself without a call");
        }
    }

    private void riskIsAboutSomething(AcceptedRisk risk) {
        String subject = risk.risk().substring(0, Math.max(0, risk.risk().indexOf('/')));
        Set<String> known = new TreeSet<>(operations);
        known.addAll(Set.of("gateway", "auth")); // attacks on the door and on signing in
        known.addAll(declaration.services().keySet());
        known.addAll(declaration.thirdParties().keySet());
        known.addAll(declaration.providers().keySet());
        known.addAll(declaration.roles().keySet());
        known.addAll(declaration.clients().keySet());
        known.addAll(declaration.data().keySet());
        if (!known.contains(subject)) {
            missing("unknown-risk", subject, risk.line(), "something", known, "operations");
        }
    }

    private void missing(
            String rule,
            String name,
            Line line,
            String what,
            Collection<String> known,
            String where) {
        findings.error(
                rule,
                line,
                "`" + name + "` (expected: " + what + " that is declared)",
                Nearest.hint(name, known, "declare it under `" + where + "`, or take it out here"));
    }
}
