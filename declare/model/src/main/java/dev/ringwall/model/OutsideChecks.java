package dev.ringwall.model;

import dev.ringwall.model.DataType.Sensitivity;
import java.util.Set;
import java.util.TreeSet;

/// What leaves the system, and to whom.
final class OutsideChecks {

    private final Declaration declaration;
    private final Findings findings;
    private final DataFlow flow;

    OutsideChecks(Declaration declaration, Findings findings) {
        this.declaration = declaration;
        this.findings = findings;
        this.flow = new DataFlow(declaration);
    }

    void run() {
        Set<OperationName> called = new TreeSet<>();
        declaration.services().values().forEach(service -> called.addAll(service.calls().keySet()));
        for (ThirdParty party : declaration.thirdParties().values()) {
            boolean personal = false;
            for (Operation operation : party.operations().values()) {
                personal |= !flow.atLeast(Sensitivity.PERSONAL, operation.accepts()).isEmpty();
                check(operation, called.contains(operation.name()));
            }
            check(party, personal);
        }
    }

    private void check(ThirdParty party, boolean personal) {
        if (personal && party.contract().isEmpty()) {
            findings.warning(
                    "no-contract",
                    party.name(),
                    party.line(),
                    "`"
                            + party.name()
                            + "` gets data about people, and no contract says what it may do with it",
                    "add `contract: { role: processor, … }`");
        }
        if ("http".equals(party.url().getScheme())) {
            findings.note(
                    "stand-in",
                    party.line(),
                    "`" + party.name() + "` is on this machine and without TLS: a stand-in",
                    "name the real one before the system is used in earnest");
        }
    }

    private void check(Operation operation, boolean called) {
        if (!called) {
            findings.warning(
                    "closed-operation",
                    operation.name().toString(),
                    operation.line(),
                    "nobody may call `" + operation.name() + "`",
                    "list it in the `calls` of a service, or take it out");
        }
        for (Limit limit : operation.limits()) {
            if (limit.key() == Limit.Key.ADDRESS || limit.key() == Limit.Key.ROLE) {
                String per = "`per " + limit.key().word() + "`";
                findings.error(
                        "limit-without-meaning",
                        limit.line(),
                        per + " on the way out (expected: per operation or per caller)",
                        "leave " + per + " out; only services make this call");
            }
        }
    }
}
