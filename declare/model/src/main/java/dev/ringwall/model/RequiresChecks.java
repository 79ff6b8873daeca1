package dev.ringwall.model;

import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;

/// What must be read first can be read: by a GET, with what the path says, by everybody who is let in.
final class RequiresChecks {

    private final Declaration declaration;
    private final Findings findings;
    private final DataFlow flow;

    RequiresChecks(Declaration declaration, Findings findings) {
        this.declaration = declaration;
        this.findings = findings;
        this.flow = new DataFlow(declaration);
    }

    void run() {
        for (Service service : declaration.services().values()) {
            for (Operation operation : service.operations().values()) {
                operation
                        .requires()
                        .ifPresent(required ->
                                flow.operation(required.read())
                                        .ifPresent(read -> check(operation, required, read)));
            }
        }
    }

    private void check(Operation operation, Operation.Required required, Operation read) {
        boolean ours = declaration.services().containsKey(read.name().owner());
        if (!ours || !read.route().method().equals("GET") || read.requires().isPresent()) {
            findings.error(
                    "requires-no-read",
                    required.line(),
                    "`%s` requires `%s`, which is %s (expected: a GET of a service, without `requires`)"
                            .formatted(operation.name(), read.name(), read.route()),
                    "name the operation that reads what is changed here");
            return;
        }
        Collection<String> unknown = new TreeSet<>(read.route().parameters());
        unknown.removeAll(operation.route().parameters());
        if (!unknown.isEmpty()) {
            findings.error(
                    "requires-unknown-parameter",
                    required.line(),
                    "`%s` requires `%s`, but its path has no `{%s}`"
                            .formatted(
                                    operation.name(), read.name(), String.join("}`, `{", unknown)),
                    "give the parts of both paths the same names");
        }
        allowed(operation, required, read);
    }

    private void allowed(Operation operation, Operation.Required required, Operation read) {
        switch (operation.allow()) {
            case Allow.Nobody() ->
                    findings.error(
                            "requires-without-callers",
                            required.line(),
                            "`%s` has `requires`, and nobody outside may call it"
                                    .formatted(operation.name()),
                            "take it out; services that call it are not asked to read first");
            case Allow.Anyone _ -> {
                if (!(read.allow() instanceof Allow.Anyone)) {
                    refused(operation, required, "anyone", read);
                }
            }
            case Allow.Roles(Map<String, Line> roles) -> {
                for (String role : roles.keySet()) {
                    boolean may =
                            read.allow() instanceof Allow.Anyone
                                    || (read.allow() instanceof Allow.Roles(var readers)
                                            && readers.containsKey(role));
                    if (!may) {
                        refused(operation, required, role, read);
                    }
                }
            }
        }
    }

    private void refused(
            Operation operation, Operation.Required required, String who, Operation read) {
        findings.error(
                "required-read-not-allowed",
                required.line(),
                "`%s` is open to `%s`, who may not call `%s`, which it requires"
                        .formatted(operation.name(), who, read.name()),
                "allow it in `" + read.name() + "` too, or take it from `allow` here");
    }
}
