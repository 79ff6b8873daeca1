package dev.ringwall.attack;

import dev.ringwall.attack.Call.Header;
import dev.ringwall.model.Allow;
import dev.ringwall.model.HttpRoute.Protocol;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Requests over HTTP/2 whose body is not what their head says, by somebody who may make them; behind the door they would be two requests, or
/// a part of the next. And requests that lean on another one of the same connection.
final class StreamBodyAttacks {

    private StreamBodyAttacks() {}

    static void derive(Derivation to) {
        to.own().stream()
                .filter(one -> one.route().protocol() == Protocol.HTTP)
                .filter(one -> one.route().method().matches("POST|PUT|PATCH"))
                .filter(one -> one.when().isEmpty() && one.requires().isEmpty())
                .filter(one -> caller(to, one).isPresent() || one.allow() instanceof Allow.Anyone)
                .findFirst()
                .ifPresent(operation -> bodies(to, operation));
        to.guarded().stream()
                .filter(one -> one.route().protocol() == Protocol.HTTP)
                .filter(one -> caller(to, one).isPresent())
                .findFirst()
                .ifPresent(operation -> shared(to, operation));
    }

    private static Optional<Role> caller(Derivation to, Operation operation) {
        return to.holders(operation).stream().findFirst();
    }

    /// What is sent behind the head of a good request.
    @FunctionalInterface
    private interface Rest {
        Streams put(Streams streams, String body);
    }

    private static void bodies(Derivation to, Operation operation) {
        body(
                to,
                operation,
                "length-too-small",
                "a body longer than it says",
                "1",
                StreamBodyAttacks::whole);
        body(
                to,
                operation,
                "length-too-large",
                "a body shorter than it says",
                "100000",
                StreamBodyAttacks::whole);
        body(
                to,
                operation,
                "trailers-pseudo",
                "a path behind its body",
                "",
                (streams, body) ->
                        unended(streams, body)
                                .putHeaders(
                                        1,
                                        HeaderBlock.of(List.of(new Header(":path", "/smuggled"))),
                                        true));
        body(
                to,
                operation,
                "trailers-framing",
                "a length behind its body",
                "",
                (streams, body) ->
                        unended(streams, body)
                                .putHeaders(
                                        1,
                                        HeaderBlock.of(
                                                List.of(
                                                        new Header("transfer-encoding", "chunked"),
                                                        new Header("connection", "close"))),
                                        true));
    }

    private static Streams whole(Streams streams, String body) {
        return streams.putBody(1, body);
    }

    /// A body behind which something else comes.
    private static Streams unended(Streams streams, String body) {
        return streams.put(new Frame(Frame.DATA, 0, 1, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static void body(
            Derivation to,
            Operation operation,
            String name,
            String what,
            String length,
            Rest rest) {
        Optional<Role> caller = caller(to, operation);
        to.add(
                operation.name() + "/h2-" + name,
                Family.STREAMS,
                caller.map(role -> "a " + role.name()).orElse("a stranger")
                        + " sends "
                        + operation.name()
                        + " over HTTP/2 with "
                        + what,
                operation.line(),
                Expectation.dropped(Reason.BAD_REQUEST, Reason.REQUEST_NOT_VALID),
                scene -> {
                    Call call = called(scene, operation, caller);
                    if (!length.isEmpty()) {
                        call = call.with("content-length", length);
                    }
                    scene.note(call.curl(scene.door().origin()) + "   # over HTTP/2");
                    try (Streams streams = Streams.open(scene.door())) {
                        streams.putHeaders(1, HeaderBlock.of(streams.headers(call)), false);
                        return ParserAttacks.parsed(rest.put(streams, call.body()).answer(1));
                    } catch (IOException ended) {
                        return Scene.seen(ended);
                    }
                });
    }

    private static Call called(Scene scene, Operation operation, Optional<Role> caller)
            throws IOException, NotPlayable {
        Call call = new Requests(scene.stage()).plain(operation);
        return caller.isEmpty()
                ? call
                : call.bearer(scene.bearer(caller.get().name(), Accounts.MISSHAPEN));
    }

    private static void shared(Derivation to, Operation operation) {
        String role = caller(to, operation).orElseThrow().name();
        to.add(
                operation.name() + "/token-of-another-stream",
                Family.STREAMS,
                "somebody without a token calls "
                        + operation.name()
                        + " on a connection on which a "
                        + role
                        + " calls, too",
                operation.line(),
                Expectation.stopped(Reason.NO_TOKEN),
                scene -> {
                    Call call = new Requests(scene.stage()).plain(operation);
                    Call rightly = call.bearer(scene.bearer(role, Accounts.MISSHAPEN));
                    scene.note(call.curl(scene.door().origin()) + "   # over HTTP/2");
                    try (Streams streams = Streams.open(scene.door())) {
                        letIn(Streams.seen(streams.ask(1, rightly)));
                        return Streams.seen(streams.ask(3, call));
                    }
                });
        to.add(
                operation.name() + "/token-of-request-before",
                Family.TOKENS,
                "somebody without a token calls "
                        + operation.name()
                        + " behind a "
                        + role
                        + " on the same connection",
                operation.line(),
                Expectation.stopped(Reason.NO_TOKEN),
                scene -> {
                    Call call = new Requests(scene.stage()).plain(operation);
                    letIn(scene.atDoor(call.bearer(scene.bearer(role, Accounts.MISSHAPEN))));
                    return scene.atDoor(call);
                });
    }

    private static void letIn(Seen seen) throws NotPlayable {
        if (!(seen instanceof Seen.Answered)) {
            throw new NotPlayable("the one who may was not let in: " + seen);
        }
    }
}
