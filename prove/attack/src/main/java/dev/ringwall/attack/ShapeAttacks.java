package dev.ringwall.attack;

import dev.ringwall.model.Allow;
import dev.ringwall.model.HttpRoute.Protocol;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.RequestShape;
import dev.ringwall.model.Role;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Requests of somebody who may make them, but of another shape than the service's OpenAPI document declares.
final class ShapeAttacks {

    /// Deeper than anything that is read.
    private static final int DEEP_LEVELS = 500;

    /// Longer than any string that is read, and short enough for a whole body.
    private static final int LONG_CHARS = 300_000;

    private ShapeAttacks() {}

    static void derive(Derivation to) {
        for (Operation operation : to.own()) {
            boolean open = operation.allow() instanceof Allow.Anyone;
            Optional<Role> holder = to.holders(operation).stream().findFirst();
            boolean refusedBefore =
                    operation.when().filter(condition -> !condition.onResponse()).isPresent();
            if (operation.shape().isPresent()
                    && operation.route().protocol() == Protocol.HTTP
                    && (open || holder.isPresent())
                    && !refusedBefore) {
                derive(to, operation, operation.shape().get(), holder);
            }
        }
    }

    private static void derive(
            Derivation to, Operation operation, RequestShape shape, Optional<Role> holder) {
        add(
                to,
                operation,
                holder,
                "query-undeclared",
                "a query parameter that nobody declared",
                Reason.REQUEST_NOT_VALID,
                call ->
                        call.withTarget(
                                call.target()
                                        + (call.target().contains("?") ? '&' : '?')
                                        + "ringwall-unknown=1"));
        Optional<ShapeSample> sample = ShapeSample.of(shape);
        if (sample.isEmpty()) {
            return;
        }
        body(
                to,
                operation,
                holder,
                "body-unknown-member",
                "a member that nobody declared",
                sample.get().with("ringwall-unknown", "true"));
        body(
                to,
                operation,
                holder,
                "body-wrong-type",
                "a list where an object is declared",
                "[" + sample.get().text() + "]");
        body(
                to,
                operation,
                holder,
                "body-name-twice",
                "a member twice, which two programs read differently",
                sample.get().firstTwice());
        body(
                to,
                operation,
                holder,
                "body-too-deep",
                DEEP_LEVELS + " lists inside each other",
                sample.get().withFirst("[".repeat(DEEP_LEVELS) + "]".repeat(DEEP_LEVELS)));
        body(
                to,
                operation,
                holder,
                "body-string-too-long",
                "a string of " + LONG_CHARS + " characters",
                sample.get().withFirst("\"" + "a".repeat(LONG_CHARS) + "\""));
        add(
                to,
                operation,
                holder,
                "body-media-type",
                "a body of another media type",
                Reason.MEDIA_TYPE_NOT_DECLARED,
                call ->
                        new Call(
                                        call.method(),
                                        call.target(),
                                        call.headers().stream()
                                                .filter(header ->
                                                        !header.name()
                                                                .equalsIgnoreCase("content-type"))
                                                .toList(),
                                        "<order/>")
                                .with("Content-Type", "text/xml"));
    }

    private static void body(
            Derivation to,
            Operation operation,
            Optional<Role> holder,
            String kind,
            String what,
            String body) {
        add(
                to,
                operation,
                holder,
                kind,
                what,
                Reason.REQUEST_NOT_VALID,
                call -> call.withBody(body));
    }

    private static void add(
            Derivation to,
            Operation operation,
            Optional<Role> holder,
            String kind,
            String what,
            Reason reason,
            UnaryOperator<Call> misshapen) {
        String who = holder.map(role -> "a " + role.name()).orElse("a stranger");
        to.add(
                operation.name() + "/" + kind,
                Family.SHAPES,
                who + " sends " + operation.name() + " " + what,
                operation.line(),
                Expectation.stopped(reason),
                scene -> {
                    Call call = misshapen.apply(new Requests(scene.stage()).plain(operation));
                    if (holder.isPresent()) {
                        call = call.bearer(scene.bearer(holder.get().name(), Accounts.MISSHAPEN));
                    }
                    Seen seen = scene.atDoor(call);
                    if (call.body().length() > LONG_CHARS) {
                        scene.note(call.withBody("…").curl(scene.door().origin()) + "   # " + what);
                    }
                    return seen;
                });
    }
}
