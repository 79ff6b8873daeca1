package dev.ringwall.model;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Who may call what, read naively from the blueprint, one question at a time.
///
/// It is written to be obviously right rather than fast: commands answer from it, attacks are derived from it, and the compiled
/// decision table is held against it in a property test.
public final class Grants {

    private final Blueprint blueprint;

    /// Answers questions about that system.
    public Grants(Blueprint blueprint) {
        this.blueprint = blueprint;
    }

    /// The line that lets holders of the role call the operation from outside; empty when none does.
    public Optional<Line> role(String role, OperationName name) {
        return blueprint
                .operation(name)
                .filter(operation -> !blueprint.isThirdParty(name))
                .flatMap(operation ->
                        switch (operation.allow()) {
                            case Allow.Nobody() -> Optional.empty();
                            case Allow.Anyone(Line line) -> Optional.of(line);
                            case Allow.Roles(var roles) -> Optional.ofNullable(roles.get(role));
                        });
    }

    /// The line that lets callers without a token call the operation from outside; empty when none does.
    public Optional<Line> stranger(OperationName name) {
        return blueprint
                .operation(name)
                .flatMap(operation ->
                        operation.allow() instanceof Allow.Anyone(Line line)
                                ? Optional.of(line)
                                : Optional.empty());
    }

    /// The line that lets the service call the operation; empty when none does.
    public Optional<Line> service(String service, OperationName name) {
        Service caller = blueprint.declaration().services().get(service);
        return caller == null ? Optional.empty() : Optional.ofNullable(caller.calls().get(name));
    }

    /// Every operation that holders of the role may call: the scopes of their tokens.
    public Set<OperationName> operationsOf(String role) {
        Set<OperationName> names = new TreeSet<>();
        for (OperationName name : blueprint.operations().keySet()) {
            if (role(role, name).isPresent()) {
                names.add(name);
            }
        }
        return names;
    }
}
