package dev.ringwall.model;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Answers "may WHO do OPERATION?" with the line that decides, or the line to add.
///
/// WHO is a role, a service, or `anyone` for callers without a token. Where a role and a service share a name, `role:x` and `service:x`
/// tell them apart; the plain name means the role.
public final class Can {

    private final Blueprint blueprint;
    private final Grants grants;

    /// Answers questions about that system.
    public Can(Blueprint blueprint) {
        this.blueprint = blueprint;
        this.grants = new Grants(blueprint);
    }

    /// The answer to one question.
    public sealed interface Answer {
        /// A sentence for people.
        String sentence();

        /// It may, by that line, and on that condition where there is one.
        record Yes(String who, OperationName operation, Line because, Optional<Condition> when)
                implements Answer {
            @Override
            public String sentence() {
                return who
                        + " may "
                        + operation
                        + when.map(condition -> " when " + condition.expression()).orElse("");
            }
        }

        /// It may not.
        ///
        /// @param where  the operation or the service, where a line could be added
        /// @param remedy what to add, and where, if it should be so
        record No(String who, OperationName operation, Line where, String remedy)
                implements Answer {
            @Override
            public String sentence() {
                return who + " may not " + operation;
            }
        }

        /// The question names somebody or something that is not declared.
        record Unknown(String name, String remedy) implements Answer {
            @Override
            public String sentence() {
                return "`" + name + "` is not declared";
            }
        }
    }

    /// Whether they may, and why.
    public Answer may(String who, String operation) {
        Set<String> known = new TreeSet<>();
        blueprint.operations().keySet().forEach(name -> known.add(name.toString()));
        Optional<Operation> found = OperationName.parse(operation).flatMap(blueprint::operation);
        if (found.isEmpty()) {
            return new Answer.Unknown(
                    operation,
                    Nearest.hint(operation, known, "operations are " + String.join(", ", known)));
        }
        Declaration declaration = blueprint.declaration();
        String plain = who.replaceFirst("^(role|service):", "");
        if (plain.equals("anyone")) {
            return role(plain, found.get(), grants.stranger(found.get().name()));
        }
        if (!who.startsWith("service:") && declaration.roles().containsKey(plain)) {
            return role(plain, found.get(), grants.role(plain, found.get().name()));
        }
        if (!who.startsWith("role:") && declaration.services().containsKey(plain)) {
            return service(declaration.services(), plain, found.get());
        }
        Set<String> callers = new TreeSet<>(declaration.roles().keySet());
        callers.addAll(declaration.services().keySet());
        callers.add("anyone");
        return new Answer.Unknown(
                who, Nearest.hint(plain, callers, "callers are " + String.join(", ", callers)));
    }

    private Answer role(String role, Operation operation, Optional<Line> because) {
        if (because.isPresent()) {
            return new Answer.Yes(role, operation.name(), because.get(), operation.when());
        }
        if (blueprint.isThirdParty(operation.name())) {
            return no(role, operation, "only services call third parties; let one of them do it");
        }
        Set<String> roles = new TreeSet<>();
        if (operation.allow() instanceof Allow.Roles(Map<String, Line> allowed)
                && !role.equals("anyone")) {
            roles.addAll(allowed.keySet());
        }
        roles.add(role);
        String value = roles.size() == 1 ? role : "[" + String.join(", ", roles) + "]";
        return no(role, operation, "write `allow: " + value + "` in " + operation.line());
    }

    private Answer service(Map<String, Service> services, String name, Operation operation) {
        Optional<Line> because = grants.service(name, operation.name());
        if (because.isPresent()) {
            return new Answer.Yes(name, operation.name(), because.get(), operation.when());
        }
        Service service = services.get(name);
        Line where = service == null ? operation.line() : service.line();
        return new Answer.No(
                name,
                operation.name(),
                where,
                "add `" + operation.name() + "` to the `calls` of " + name + " in " + where);
    }

    private static Answer no(String who, Operation operation, String remedy) {
        return new Answer.No(who, operation.name(), operation.line(), remedy);
    }
}
