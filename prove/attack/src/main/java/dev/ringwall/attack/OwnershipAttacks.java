package dev.ringwall.attack;

import dev.ringwall.model.Condition;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import java.io.IOException;

/// What one account made, another of the same role tries to get, wherever a condition looks at the answer.
///
/// It is derived where the role can make such a thing itself and the condition does not name the role as one that sees everything.
final class OwnershipAttacks {

    private static final Expectation WITHHELD =
            Expectation.stopped(Reason.ANSWER_WITHHELD, Reason.CONDITION_FAILED);

    private OwnershipAttacks() {}

    /// Dresses the other's request.
    @FunctionalInterface
    private interface Dress {
        Call on(Call call, Scene scene, String role) throws IOException, NotPlayable;
    }

    static void derive(Derivation to) {
        for (Operation operation : to.guarded()) {
            operation
                    .requires()
                    .map(required -> to.blueprint().operations().get(required.read()))
                    .ifPresent(read -> changes(to, operation, read));
            if (operation.when().filter(Condition::onResponse).isEmpty()) {
                continue;
            }
            for (Role role : to.holders(operation)) {
                if (makes(to, operation, role)
                        && !seesEverything(operation.when().orElseThrow(), role)) {
                    derive(to, operation, role);
                }
            }
        }
    }

    /// What must be read before it may be changed, another changes (OWASP API1).
    private static void changes(Derivation to, Operation operation, Operation read) {
        for (Role role : to.holders(operation)) {
            boolean owns =
                    read.when()
                            .filter(Condition::onResponse)
                            .filter(when -> !seesEverything(when, role))
                            .isPresent();
            if (owns && makes(to, read, role)) {
                add(
                        to,
                        operation,
                        operation.requires().orElseThrow().line(),
                        role,
                        "changes-somebody-elses-as-" + role.name(),
                        "a " + role.name() + " changes what another made",
                        Expectation.stopped(Reason.REQUIRED_READ_REFUSED),
                        (call, _, _) -> call);
            }
        }
    }

    private static boolean makes(Derivation to, Operation operation, Role role) {
        return Requests.creator(to.own(), operation)
                .flatMap(creator -> to.grants().role(role.name(), creator.name()))
                .isPresent();
    }

    private static boolean seesEverything(Condition when, Role role) {
        return when.expression().contains("has('" + role.name() + "')")
                || when.expression().contains("has(\"" + role.name() + "\")");
    }

    private static void derive(Derivation to, Operation operation, Role role) {
        String who = role.name();
        add(
                to,
                operation,
                role,
                "somebody-elses-as-" + who,
                "a " + who + " asks for what another made",
                (call, _, _) -> call);
        add(
                to,
                operation,
                role,
                "somebody-elses-as-" + who + "-with-forged-caller",
                "a " + who + " asks for what another made and says it is the other",
                (call, scene, name) ->
                        call.with("Ringwall-Caller", subject(scene, name))
                                .with("X-User-Id", subject(scene, name)));
        add(
                to,
                operation,
                role,
                "somebody-elses-as-" + who + "-compressed",
                "a "
                        + who
                        + " asks for what another made, compressed so that it is harder to look into",
                (call, _, _) -> call.with("Accept-Encoding", "gzip, deflate, br"));
        add(
                to,
                operation,
                role,
                "somebody-elses-as-" + who + "-in-part",
                "a " + who + " asks for a part of what another made",
                (call, _, _) -> call.with("Range", "bytes=0-40"));
    }

    private static void add(
            Derivation to, Operation operation, Role role, String name, String story, Dress dress) {
        Line line = operation.when().map(Condition::line).orElse(operation.line());
        add(to, operation, line, role, name, story, WITHHELD, dress);
    }

    private static void add(
            Derivation to,
            Operation operation,
            Line line,
            Role role,
            String name,
            String story,
            Expectation expected,
            Dress dress) {
        to.add(
                operation.name() + "/" + name,
                Family.OWNERSHIP,
                story + " (" + operation.name() + ")",
                line,
                expected,
                scene -> {
                    Requests requests = new Requests(scene.stage());
                    Operation creator = requests.creator(operation).orElseThrow();
                    String id =
                            scene.stage().created(scene, creator, role.name(), Accounts.ORDINARY);
                    Call call = requests.about(operation, id);
                    return scene.atDoor(
                            dress.on(call, scene, role.name())
                                    .bearer(scene.bearer(role.name(), Accounts.OTHER)));
                });
    }

    private static String subject(Scene scene, String role) throws IOException, NotPlayable {
        return String.valueOf(
                Jws.parse(scene.bearer(role, Accounts.ORDINARY))
                        .claims()
                        .getOrDefault("sub", "somebody"));
    }
}
