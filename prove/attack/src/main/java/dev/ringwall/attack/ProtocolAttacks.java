package dev.ringwall.attack;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Speaking something else to an operation than it speaks, and opening a WebSocket from a page of somebody else's.
final class ProtocolAttacks {

    /// The prover speaks HTTP/1.1, in which there is no gRPC: who gets as far as being told so was let in.
    static final Expectation LET_IN_AS_GRPC =
            Expectation.passes(Reason.CONDITION_FAILED, Reason.MEDIA_TYPE_NOT_DECLARED);

    private ProtocolAttacks() {}

    static void derive(Derivation to) {
        for (Operation operation : to.own()) {
            boolean open = operation.allow() instanceof Allow.Anyone;
            Optional<Role> holder = to.holders(operation).stream().findFirst();
            boolean refusedBefore =
                    operation.when().filter(condition -> !condition.onResponse()).isPresent();
            if (refusedBefore || (!open && holder.isEmpty())) {
                continue; // a condition may say no first, and rightly
            }
            derive(to, operation, holder);
        }
    }

    private static void derive(Derivation to, Operation operation, Optional<Role> holder) {
        String name = operation.name().toString();
        String who = holder.map(role -> "a " + role.name()).orElse("a stranger");
        Call good = Requests.filled(operation, Map.of());
        switch (operation.route().protocol()) {
            case HTTP -> {
                if (operation.route().method().equals("GET")) {
                    add(
                            to,
                            operation,
                            "websocket-upgrade",
                            who + " asks " + name + " for a WebSocket",
                            Reason.REQUEST_NOT_VALID,
                            by(holder, Requests.handshake(good)));
                    add(
                            to,
                            operation,
                            "h2-websocket",
                            who + " opens a WebSocket over HTTP/2 at " + name,
                            Expectation.dropped(Reason.REQUEST_NOT_VALID),
                            scene -> TunnelAttacks.webSocket(scene, shown(scene, holder, good)));
                }
            }
            case GRPC -> {
                add(
                        to,
                        operation,
                        "json-instead-of-grpc",
                        who + " sends JSON to " + name + ", which speaks gRPC",
                        Reason.MEDIA_TYPE_NOT_DECLARED,
                        by(
                                holder,
                                Call.of("POST", good.target())
                                        .with("Content-Type", "application/json")
                                        .withBody("{}")));
                add(
                        to,
                        operation,
                        "grpc-message-too-large",
                        who + " announces a message to " + name + " that nobody could hold",
                        Reason.TOO_LARGE,
                        scene ->
                                GrpcMessage.send(
                                        scene,
                                        shown(scene, holder, GrpcMessage.call(good.target())),
                                        0,
                                        GrpcMessage.TOO_LARGE));
                add(
                        to,
                        operation,
                        "grpc-message-odd",
                        who + " sends " + name + " a message of a kind that gRPC does not have",
                        Reason.BAD_REQUEST,
                        scene ->
                                GrpcMessage.send(
                                        scene,
                                        shown(scene, holder, GrpcMessage.call(good.target())),
                                        2,
                                        0));
            }
            case WEBSOCKET -> {
                add(
                        to,
                        operation,
                        "request-instead-of-websocket",
                        who + " sends a plain request to " + name,
                        Reason.REQUEST_NOT_VALID,
                        by(holder, Call.get(good.target())));
                add(
                        to,
                        operation,
                        "websocket-from-elsewhere",
                        "a page of another origin, visited by " + who + ", opens " + name,
                        Reason.ORIGIN_NOT_ALLOWED,
                        by(holder, good.with("Origin", "https://elsewhere.example")));
            }
        }
    }

    private static void add(
            Derivation to,
            Operation operation,
            String kind,
            String story,
            Reason reason,
            Attack.Play play) {
        add(to, operation, kind, story, Expectation.stopped(reason), play);
    }

    private static void add(
            Derivation to,
            Operation operation,
            String kind,
            String story,
            Expectation expected,
            Attack.Play play) {
        to.add(
                operation.name() + "/" + kind,
                Family.PROTOCOLS,
                story,
                operation.line(),
                expected,
                play);
    }

    private static Attack.Play by(Optional<Role> holder, Call call) {
        return scene -> scene.atDoor(shown(scene, holder, call));
    }

    private static Call shown(Scene scene, Optional<Role> holder, Call call)
            throws IOException, NotPlayable {
        return holder.isPresent()
                ? call.bearer(scene.bearer(holder.get().name(), Accounts.ORDINARY))
                : call;
    }
}
