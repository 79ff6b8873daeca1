package dev.ringwall.policy;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Condition;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What to write in the declaration for a refused call to be allowed. A remedy is an answer to "how", not to "whether".
final class Remedies {

    private final Blueprint blueprint;

    Remedies(Blueprint blueprint) {
        this.blueprint = blueprint;
    }

    String notDeclared(Call call) {
        OperationName name = call.operation();
        return "declare " + name + " under services: " + name.owner() + ": operations:";
    }

    String notAllowed(Call call) {
        Operation operation = blueprint.operations().get(call.operation());
        if (operation == null || blueprint.isThirdParty(call.operation())) {
            return "third parties are called by services alone: list "
                    + call.operation()
                    + " in the calls of one";
        }
        Set<String> allowed = new TreeSet<>();
        if (operation.allow() instanceof Allow.Roles(var roles)) {
            allowed.addAll(roles.keySet());
        }
        return switch (call.caller()) {
            case Caller.Stranger() when allowed.isEmpty() ->
                    operation.line()
                            + ": nobody calls "
                            + operation.name()
                            + " from outside; name a role in its allow, and send a token of it";
            case Caller.Stranger() -> "send a token or key of " + String.join(" or ", allowed);
            case Caller.Person(var _, Set<String> roles, var _, var _) ->
                    allow(operation, allowed, roles);
            case Caller.Client(var _, Set<String> roles, var _) -> allow(operation, allowed, roles);
            case Caller.Key(var _, String role) -> allow(operation, allowed, Set.of(role));
            case Caller.Workload(String service, var _) -> callNotDeclared(call, service);
        };
    }

    private static String allow(Operation operation, Set<String> allowed, Collection<String> held) {
        if (held.isEmpty()) {
            return "give the caller one of the roles " + allowed;
        }
        Set<String> wanted = new TreeSet<>(allowed);
        wanted.add(new TreeSet<>(held).first());
        return operation.line() + ": " + operation.name() + ": allow: " + wanted;
    }

    String scopeMissing(Call call) {
        return "ask for the scope " + call.operation() + " when getting the token";
    }

    /// Where the service says what it calls.
    List<Line> serviceLine(String service) {
        Service caller = blueprint.declaration().services().get(service);
        return caller == null ? List.of() : List.of(caller.line());
    }

    String callNotDeclared(Call call, String service) {
        Service caller = blueprint.declaration().services().get(service);
        if (caller == null) {
            return "declare the service " + service + " with calls: [" + call.operation() + "]";
        }
        List<OperationName> calls = new ArrayList<>(caller.calls().keySet());
        calls.add(call.operation());
        return caller.line() + ": " + service + ": calls: " + calls;
    }

    static String conditionFailed(Condition condition, String why) {
        return condition.line() + ": when: " + condition.expression() + " (" + why + ")";
    }
}
