package dev.ringwall.attack;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Limit;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import dev.ringwall.model.Service;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Each declared limit is overrun: more calls than it allows, over a few kept connections, by somebody whom no other attack needs.
final class LimitAttacks {

    private LimitAttacks() {}

    static void derive(Derivation to) {
        int[] spent = {Accounts.SPENT};
        for (Operation operation : to.blueprint().operations().values()) {
            for (Limit limit : calls(operation.limits())) {
                operation(to, operation, limit, spent);
            }
        }
        for (Role role : to.roles()) {
            for (Limit limit : calls(role.limits())) {
                role(to, role, limit, spent[0]);
                spent[0] += 2;
            }
        }
    }

    private static List<Limit> calls(List<Limit> limits) {
        return limits.stream().filter(limit -> limit.unit() == Limit.Unit.CALLS).toList();
    }

    private static void operation(Derivation to, Operation operation, Limit limit, int[] spent) {
        if (!(operation.allow() instanceof Allow.Nobody)) {
            int holder = spent[0];
            spent[0] += 2; // the second one where a role has it together
            String name = operation.name() + "/overrun-per-" + limit.key().word();
            add(
                    to,
                    name,
                    limit,
                    limit.line(),
                    scene -> {
                        Overrun.Calls plain = calls(scene, operation, limit, holder);
                        return Overrun.play(scene, scene.door(), limit, atOnce(operation), plain);
                    });
            if (limit.key() == Limit.Key.ADDRESS) {
                add(
                        to,
                        name + "-pretending",
                        limit,
                        limit.line(),
                        scene -> {
                            Overrun.Calls plain = calls(scene, operation, limit, holder);
                            return Overrun.play(
                                    scene,
                                    scene.door(),
                                    limit,
                                    atOnce(operation),
                                    number -> pretending(plain.call(number), number));
                        });
            }
            return;
        }
        for (Service caller : to.blueprint().programs()) {
            if (to.grants().service(caller.name(), operation.name()).isPresent()) {
                add(
                        to,
                        operation.name()
                                + "/overrun-per-"
                                + limit.key().word()
                                + "-by-"
                                + caller.name(),
                        limit,
                        limit.line(),
                        scene -> inside(scene, caller.name(), operation, limit));
            }
        }
    }

    private static void role(Derivation to, Role role, Limit limit, int holder) {
        Optional<Operation> operation =
                to.guarded().stream()
                        .filter(one -> to.grants().role(role.name(), one.name()).isPresent())
                        .min(java.util.Comparator.comparingInt(one -> one.limits().size()));
        if (operation.isEmpty()) {
            return;
        }
        add(
                to,
                operation.get().name() + "/overrun-as-" + role.name(),
                limit,
                limit.line(),
                scene -> {
                    Call call = new Requests(scene.stage()).plain(operation.get());
                    return Overrun.play(
                            scene,
                            scene.door(),
                            limit,
                            atOnce(operation.get()),
                            by(scene, call, role.name(), limit, holder));
                });
    }

    private static long atOnce(Operation operation) {
        return operation.limits().stream()
                .filter(limit -> limit.unit() == Limit.Unit.AT_ONCE)
                .mapToLong(Limit::count)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static void add(Derivation to, String name, Limit limit, Line line, Attack.Play play) {
        to.add(
                name,
                Family.LIMITS,
                "more than " + limit,
                line,
                Expectation.stopped(Reason.LIMIT_REACHED),
                play);
    }

    /// What is sent again and again. Addresses are counted before anybody proves who they are, so no token is needed for them.
    private static Overrun.Calls calls(Scene scene, Operation operation, Limit limit, int holder)
            throws IOException, NotPlayable {
        Call call = new Requests(scene.stage()).plain(operation);
        if (limit.key() == Limit.Key.ADDRESS || operation.allow() instanceof Allow.Anyone) {
            return _ -> call;
        }
        if (operation.allow() instanceof Allow.Roles(Map<String, Line> roles)) {
            return by(scene, call, roles.keySet().iterator().next(), limit, holder);
        }
        return _ -> call;
    }

    /// Where a role has the limit together, two of its holders spend it.
    private static Overrun.Calls by(Scene scene, Call call, String role, Limit limit, int holder)
            throws IOException, NotPlayable {
        Call mine = call.bearer(scene.bearer(role, holder));
        if (limit.key() != Limit.Key.ROLE) {
            return _ -> mine;
        }
        Call theirs = call.bearer(scene.bearer(role, holder + 1));
        return number -> number % 2 == 0 ? mine : theirs;
    }

    private static Call pretending(Call call, int number) {
        String address = "198.51.100." + (1 + number % 250);
        return call.with("X-Forwarded-For", address)
                .with("X-Real-IP", address)
                .with("Forwarded", "for=" + address);
    }

    private static Seen inside(Scene scene, String caller, Operation operation, Limit limit)
            throws IOException, NotPlayable {
        String callee = operation.name().owner();
        if (scene.stage().blueprint().isThirdParty(operation.name())
                && !scene.stage().target().standIns().contains(callee)) {
            throw new NotPlayable(callee + " is real and is not called");
        }
        Road way =
                Road.plain(
                        scene.stage()
                                .outbound(caller, callee)
                                .orElseThrow(() ->
                                        new NotPlayable(
                                                "the way from "
                                                        + caller
                                                        + " to "
                                                        + callee
                                                        + " is not known")));
        Call call = new Requests(scene.stage()).plain(operation);
        return Overrun.play(scene, way, limit, atOnce(operation), _ -> call);
    }
}
