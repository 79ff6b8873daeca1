package dev.ringwall.attack;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Condition;
import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import java.util.Optional;
import java.util.Set;

/// Who may do what from outside: each role and a stranger against each operation, the allowed and the refused side.
final class MatrixAttacks {

    private static final Set<Reason> NO_WAY_IN =
            Set.of(Reason.NOT_DECLARED, Reason.METHOD_NOT_DECLARED, Reason.NOT_ALLOWED);

    private MatrixAttacks() {}

    static void derive(Derivation to) {
        for (Operation operation : to.own()) {
            stranger(to, operation);
            for (Role role : to.roles()) {
                role(to, operation, role);
            }
        }
    }

    private static void stranger(Derivation to, Operation operation) {
        Attack.Play play = scene -> scene.atDoor(new Requests(scene.stage()).plain(operation));
        String name = operation.name().toString();
        switch (operation.allow()) {
            case Allow.Anyone(Line line) ->
                    to.add(
                            name + "/as-stranger",
                            Family.WHO_MAY,
                            "anyone calls " + name,
                            line,
                            ownOrCondition(operation, "", false),
                            play);
            case Allow.Roles _ ->
                    to.add(
                            name + "/no-token",
                            Family.WHO_MAY,
                            "a stranger calls " + name,
                            operation.line(),
                            Expectation.stopped(Reason.NO_TOKEN),
                            play);
            case Allow.Nobody _ ->
                    to.add(
                            name + "/from-outside",
                            Family.WHO_MAY,
                            "a stranger calls " + name + ", which is for services only",
                            operation.line(),
                            Expectation.stopped(NO_WAY_IN),
                            play);
        }
    }

    private static void role(Derivation to, Operation operation, Role role) {
        Optional<Line> granted = to.grants().role(role.name(), operation.name());
        boolean internal = operation.allow() instanceof Allow.Nobody;
        Expectation expected;
        if (granted.isPresent()) {
            expected = ownOrCondition(operation, role.name(), creates(to, operation, role));
        } else if (internal) {
            expected = Expectation.stopped(NO_WAY_IN);
        } else {
            expected = Expectation.stopped(Reason.NOT_ALLOWED, Reason.SCOPE_MISSING);
        }
        to.add(
                operation.name() + "/as-" + role.name(),
                Family.WHO_MAY,
                "a " + role.name() + " calls " + operation.name(),
                granted.orElse(operation.line()),
                expected,
                scene -> {
                    Requests requests = new Requests(scene.stage());
                    Call call =
                            granted.isPresent()
                                    ? requests.of(scene, operation, role.name(), Accounts.ORDINARY)
                                    : requests.asGoodAs(scene, operation, role.name());
                    return scene.atDoor(call.bearer(scene.bearer(role.name(), Accounts.ORDINARY)));
                });
    }

    /// Whether what the holder asks for is its own.
    private static boolean creates(Derivation to, Operation operation, Role role) {
        return Requests.creator(to.own(), operation)
                .flatMap(creator -> to.grants().role(role.name(), creator.name()))
                .isPresent();
    }

    /// Where a condition may rightly say no, its refusal shows that the caller was let in; for one's own things it must not.
    private static Expectation ownOrCondition(Operation operation, String role, boolean own) {
        if (operation.route().protocol() == HttpRoute.Protocol.GRPC) {
            return ProtocolAttacks.LET_IN_AS_GRPC;
        }
        if (Administering.givesRoles(operation.name())) {
            return Expectation.passes(Reason.GIVES_WHAT_IT_LACKS);
        }
        if (operation.requires().isPresent() && !own) {
            return Expectation.passes(Reason.REQUIRED_READ_REFUSED, Reason.CONDITION_FAILED);
        }
        Optional<Condition> when = operation.when();
        if (when.isEmpty()
                || (when.get().onResponse() && own)
                || when.get().expression().contains("has('" + role + "')")) {
            return Expectation.passes();
        }
        return Expectation.passes(Reason.CONDITION_FAILED, Reason.ANSWER_WITHHELD);
    }
}
