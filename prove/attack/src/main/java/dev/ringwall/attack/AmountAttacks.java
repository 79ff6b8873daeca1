package dev.ringwall.attack;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Limit;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Limits of bytes, and of what is under way at once, of operations that somebody outside may call with a body: more bytes than they allow, or
/// more bodies that are begun and not ended. By somebody whom no other attack needs.
final class AmountAttacks {

    /// More than these are not held open at the same time.
    private static final long AT_ONCE_MAX = 200;

    /// What was sent has arrived by then.
    private static final Duration SETTLING = Duration.ofMillis(500);

    /// What was closed is over by then.
    private static final Duration OVER_WITHIN = Duration.ofSeconds(20);

    private static final int PADDING_BYTES_MAX = 256 << 10;

    private AmountAttacks() {}

    static void derive(Derivation to) {
        for (Operation operation : to.own()) {
            Optional<Reach> reach = Reach.of(to, operation);
            boolean body = Requests.WITH_BODY.contains(operation.route().method());
            if (reach.isEmpty() || !body) {
                continue;
            }
            for (Limit limit : operation.limits()) {
                switch (limit.unit()) {
                    case CALLS -> {} // see LimitAttacks
                    case BYTES ->
                            add(
                                    to,
                                    operation,
                                    limit,
                                    "bytes",
                                    scene -> bytes(scene, operation, limit));
                    case AT_ONCE ->
                            add(
                                    to,
                                    operation,
                                    limit,
                                    "at-once",
                                    scene -> atOnce(scene, operation, limit));
                }
            }
        }
    }

    private static void add(
            Derivation to, Operation operation, Limit limit, String what, Attack.Play play) {
        to.add(
                operation.name() + "/overrun-" + what + "-per-" + limit.key().word(),
                Family.LIMITS,
                "more than " + limit,
                limit.line(),
                Expectation.stopped(Reason.LIMIT_REACHED),
                play);
    }

    private static Call call(Scene scene, Operation operation, int holder)
            throws IOException, NotPlayable {
        Requests requests = new Requests(scene.stage());
        return operation.allow() instanceof Allow.Roles(var roles)
                ? mine(scene, requests, operation, roles.keySet().iterator().next(), holder)
                : requests.plain(operation);
    }

    private static Call mine(
            Scene scene, Requests requests, Operation operation, String role, int holder)
            throws IOException, NotPlayable {
        return requests.of(scene, operation, role, holder).bearer(scene.bearer(role, holder));
    }

    private static Seen bytes(Scene scene, Operation operation, Limit limit)
            throws IOException, NotPlayable {
        Call bare = call(scene, operation, Accounts.SENDING);
        int padding = Math.toIntExact(Math.min(PADDING_BYTES_MAX, limit.count() / 4 + 1));
        Call call = bare.withBody(bare.body() + " ".repeat(padding));
        fewEnough(operation, limit.count() / padding + 2);
        scene.note(
                bare.curl(scene.door().origin()) + "   # with blanks behind it, again and again");
        long begun = System.nanoTime();
        long each = call.body().length();
        long passed = 0;
        while (passed <= allowed(limit, begun) + each) {
            Reply reply = scene.exchange(scene.door(), call);
            if (Scene.refusal(reply).filter(Reason.LIMIT_REACHED::equals).isPresent()) {
                return new Seen.Thwarted(
                        Reason.LIMIT_REACHED.word() + " (limit): " + passed + " bytes passed");
            }
            if (Scene.refusal(reply).isPresent()
                    || elapsed(begun).compareTo(Overrun.TIME_MAX) > 0) {
                throw new NotPlayable("after " + passed + " bytes: " + reply.excerpt());
            }
            passed += each + reply.body().length();
        }
        return new Seen.Yielded(passed + " bytes passed, the limit is " + limit);
    }

    /// A limit of calls must not stand before it.
    private static void fewEnough(Operation operation, long calls) throws NotPlayable {
        for (Limit other : operation.limits()) {
            if (other.unit() == Limit.Unit.CALLS && other.count() < calls) {
                throw new NotPlayable(
                        "it takes " + calls + " calls, and " + other + " stands before");
            }
        }
    }

    private static double allowed(Limit limit, long begun) {
        return limit.count()
                + (double) limit.count() * elapsed(begun).toNanos() / limit.per().toNanos();
    }

    private static Duration elapsed(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static Seen atOnce(Scene scene, Operation operation, Limit limit)
            throws IOException, NotPlayable {
        if (limit.count() > AT_ONCE_MAX) {
            throw new NotPlayable("more than " + AT_ONCE_MAX + " are not held open");
        }
        fewEnough(operation, limit.count() + 1);
        Call whole = call(scene, operation, Accounts.HOLDING);
        Call begun =
                whole.with("Content-Length", Integer.toString(whole.body().length() + 1))
                        .withBody(whole.body());
        scene.note(whole.curl(scene.door().origin()) + "   # without the last byte, at once");
        Road road = scene.door();
        List<Connection> held = new ArrayList<>();
        try {
            for (int i = 0; i < limit.count(); i++) {
                Connection connection = road.open();
                held.add(connection);
                connection.send(begun.bytes(road.host()));
            }
            Scene.sleep(SETTLING);
            Reply reply = scene.exchange(road, whole);
            Optional<Reason> refused = Scene.refusal(reply);
            if (refused.filter(Reason.LIMIT_REACHED::equals).isEmpty()) {
                return Scene.seen(reply);
            }
        } finally {
            held.forEach(Connection::close);
        }
        return letInAgain(scene, road, whole)
                ? new Seen.Thwarted(Reason.LIMIT_REACHED.word() + " (limit), until they were over")
                : new Seen.Silence("refused even when nothing is under way any more");
    }

    /// A system that has much to do notices late that a connection was closed.
    private static boolean letInAgain(Scene scene, Road road, Call call) throws IOException {
        long closed = System.nanoTime();
        do {
            Scene.sleep(SETTLING);
            Reply after = scene.exchange(road, call);
            if (Scene.refusal(after).filter(Reason.LIMIT_REACHED::equals).isEmpty()) {
                return true;
            }
        } while (elapsed(closed).compareTo(OVER_WITHIN) < 0);
        return false;
    }
}
