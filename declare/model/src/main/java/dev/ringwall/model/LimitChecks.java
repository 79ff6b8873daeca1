package dev.ringwall.model;

/// A limit counts somebody who can come.
final class LimitChecks {

    private final Declaration declaration;
    private final Findings findings;

    LimitChecks(Declaration declaration, Findings findings) {
        this.declaration = declaration;
        this.findings = findings;
    }

    void run() {
        for (Service service : declaration.services().values()) {
            for (Operation operation : service.operations().values()) {
                boolean roles = operation.allow() instanceof Allow.Roles;
                operation.limits().forEach(limit -> check(operation, roles, limit));
            }
        }
    }

    private void check(Operation operation, boolean roles, Limit limit) {
        if (limit.key() == Limit.Key.ROLE && !roles) {
            findings.error(
                    "limit-without-meaning",
                    limit.line(),
                    "`per role` on `%s`, whose callers need no role (expected: per address, per caller or per operation)"
                            .formatted(operation.name()),
                    "allow roles, or count by something else");
        }
    }
}
