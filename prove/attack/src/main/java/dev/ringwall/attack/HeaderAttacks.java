package dev.ringwall.attack;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import java.util.Map;
import java.util.Optional;

/// Headers that only Ringwall's own nodes may set, sent from outside.
final class HeaderAttacks {

    private HeaderAttacks() {}

    static void derive(Derivation to) {
        for (Operation operation : to.own()) {
            switch (operation.allow()) {
                case Allow.Roles(var roles) -> {
                    String role = roles.keySet().iterator().next();
                    stranger(to, operation, role, Expectation.stopped(Reason.NO_TOKEN));
                    uninvited(to, operation).ifPresent(low -> holder(to, operation, low, role));
                }
                case Allow.Nobody _ ->
                        stranger(
                                to,
                                operation,
                                "",
                                Expectation.stopped(
                                        Reason.NOT_DECLARED,
                                        Reason.METHOD_NOT_DECLARED,
                                        Reason.NOT_ALLOWED));
                case Allow.Anyone _ -> {}
            }
        }
    }

    private static void stranger(
            Derivation to, Operation operation, String role, Expectation expected) {
        to.add(
                operation.name() + "/forged-identity-headers",
                Family.HEADERS,
                "a stranger calls " + operation.name() + " and says itself who it is",
                operation.line(),
                expected,
                scene ->
                        scene.atDoor(
                                forged(
                                                scene,
                                                new Requests(scene.stage()).plain(operation),
                                                operation,
                                                role)
                                        .with(
                                                "Forwarded",
                                                "for=127.0.0.1;proto=https;host=localhost")
                                        .with("X-Forwarded-For", "127.0.0.1")));
    }

    private static void holder(Derivation to, Operation operation, Role low, String role) {
        to.add(
                operation.name() + "/forged-roles-as-" + low.name(),
                Family.HEADERS,
                "a " + low.name() + " calls " + operation.name() + " and says it is " + role,
                operation.line(),
                Expectation.stopped(Reason.NOT_ALLOWED, Reason.SCOPE_MISSING),
                scene -> {
                    Call call = new Requests(scene.stage()).plain(operation);
                    return scene.atDoor(
                            forged(scene, call, operation, role)
                                    .bearer(scene.bearer(low.name(), Accounts.ORDINARY)));
                });
    }

    private static Call forged(Scene scene, Call call, Operation operation, String role)
            throws NotPlayable {
        String system = scene.stage().blueprint().system();
        Pki.Identity gateway = scene.stage().pki().foreign("spiffe://" + system + "/gateway");
        String token =
                TransactionToken.of(scene.stage().clock(), system, "gateway", operation.name())
                        .claims(
                                Map.of(
                                        "rctx",
                                        Map.of("roles", new String[] {role}, "kind", "person")))
                        .signed(gateway);
        return call.with("Ringwall-Caller", "admin")
                .with("Ringwall-Roles", role)
                .with("Ringwall-Operation", operation.name().toString())
                .with("Ringwall-Entry", "1")
                .with("Txn-Token", token);
    }

    private static Optional<Role> uninvited(Derivation to, Operation operation) {
        return to.roles().stream()
                .filter(role -> to.grants().role(role.name(), operation.name()).isEmpty())
                .findFirst();
    }
}
