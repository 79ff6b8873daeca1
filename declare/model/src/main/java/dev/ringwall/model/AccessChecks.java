package dev.ringwall.model;

import dev.ringwall.model.DataType.Sensitivity;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Who is let in, and what that could cost.
final class AccessChecks {

    private final Declaration declaration;
    private final Findings findings;
    private final DataFlow flow;
    private final Set<OperationName> called = new TreeSet<>();

    AccessChecks(Declaration declaration, Findings findings) {
        this.declaration = declaration;
        this.findings = findings;
        this.flow = new DataFlow(declaration);
        declaration.services().values().forEach(service -> called.addAll(service.calls().keySet()));
    }

    void run() {
        Set<String> allowed = new TreeSet<>();
        for (Service service : declaration.services().values()) {
            if (service.runs().isEmpty()) {
                findings.warning(
                        "not-run",
                        service.name(),
                        service.line(),
                        "nothing starts `" + service.name() + "` and nothing says where it is",
                        "say how it runs with `run:`, or where it is with `url:`");
            }
            for (Operation operation : service.operations().values()) {
                check(operation);
                if (operation.allow() instanceof Allow.Roles(Map<String, Line> roles)) {
                    allowed.addAll(roles.keySet());
                }
            }
        }
        declaration.roles().values().forEach(role -> check(role, allowed.contains(role.name())));
    }

    private void check(Role role, boolean used) {
        if (!used) {
            findings.note(
                    "unused-role",
                    role.line(),
                    "`" + role.name() + "` may do nothing",
                    "name it in an `allow`, or take it out");
        } else if (role.login() == Role.Login.API_KEY && role.limits().isEmpty()) {
            findings.note(
                    "key-without-limit",
                    role.line(),
                    "a stolen key of `" + role.name() + "` could be used without bound",
                    "add `limit: 5000/day`");
        }
    }

    private void check(Operation operation) {
        String name = operation.name().toString();
        operation
                .when()
                .filter(Condition::onResponse)
                .filter(_ -> !operation.route().safe())
                .ifPresent(when ->
                        findings.error(
                                "condition-too-late",
                                when.line(),
                                operation.route().protocol() == HttpRoute.Protocol.HTTP
                                        ? "`%s` looks at `response`, but `%s` has already changed something by then"
                                                .formatted(name, operation.route().method())
                                        : "`%s` looks at `response`, but by `%s` there is more than one"
                                                .formatted(
                                                        name, operation.route().protocol().word()),
                                "use `caller` and `request` only; `response` is for GET and HEAD"));
        Collection<String> sensitive = flow.atLeast(Sensitivity.PERSONAL, operation.accepts());
        if (!sensitive.isEmpty() && operation.route().safe()) {
            findings.warning(
                    "data-in-url",
                    name,
                    operation.line(),
                    "`%s` takes `%s` by %s, where it stands in the URL and so in logs and histories"
                            .formatted(
                                    name,
                                    String.join("`, `", sensitive),
                                    operation.route().method()),
                    "take it in the body of a POST");
        }
        switch (operation.allow()) {
            case Allow.Anyone(Line line) -> anyone(operation, line);
            case Allow.Roles(Map<String, Line> roles) -> somebodyElses(operation, roles);
            case Allow.Nobody() -> reachable(operation);
        }
    }

    private void anyone(Operation operation, Line line) {
        String name = operation.name().toString();
        for (String data : flow.atLeast(Sensitivity.INTERNAL, operation.returns())) {
            Line place = operation.returns().getOrDefault(data, line);
            if (flow.sensitivity(data).firm()) {
                findings.error(
                        "personal-to-anyone",
                        place,
                        "`%s` gives `%s`, which is %s, to anyone"
                                .formatted(name, data, flow.sensitivity(data).word()),
                        "allow roles only, or do not return it");
            } else {
                findings.risk(
                        "public-disclosure",
                        Problem.Severity.ERROR,
                        name,
                        place,
                        "`%s` gives `%s`, which is internal, to anyone".formatted(name, data),
                        "allow roles only, or make the data `class: public`");
            }
        }
        if (operation.limits().stream().noneMatch(limit -> limit.unit() == Limit.Unit.CALLS)) {
            findings.warning(
                    "anyone-without-limit",
                    name,
                    line,
                    "anyone may call `" + name + "` as often as they like",
                    "add `limit: 300/min per address`");
        }
        if (!operation.route().safe()) {
            findings.warning(
                    "anyone-may-change",
                    name,
                    line,
                    "anyone may change something by `" + name + "`",
                    "allow roles only");
        }
    }

    /// Broken object level authorization, the first of the OWASP API risks: the right role and the wrong id.
    private void somebodyElses(Operation operation, Map<String, Line> roles) {
        Collection<String> data = flow.atLeast(Sensitivity.PERSONAL, operation.returns());
        boolean person =
                roles.keySet().stream()
                        .map(declaration.roles()::get)
                        .anyMatch(role -> role != null && role.login().forPeople());
        if (person
                && !operation.name().owner().equals(Service.BUILT_IN) // it is there to do that
                && !data.isEmpty()
                && operation.route().safe()
                && operation.when().isEmpty()
                && !operation.route().parameters().isEmpty()) {
            findings.warning(
                    "somebody-elses",
                    operation.name().toString(),
                    operation.line(),
                    "everyone with the role may read `%s` of everybody by trying other values of `{%s}`"
                            .formatted(
                                    String.join("`, `", data),
                                    operation.route().parameters().getLast()),
                    "add `when: \"response.owner == caller.id\"`");
        }
    }

    private void reachable(Operation operation) {
        if (!called.contains(operation.name())) {
            findings.warning(
                    "closed-operation",
                    operation.name().toString(),
                    operation.line(),
                    "nobody may call `" + operation.name() + "`",
                    "add `allow:`, or list it in the `calls` of a service");
        }
    }
}
