package dev.ringwall.gateway;

import dev.ringwall.events.Actor;
import dev.ringwall.model.Grants;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/// May this call happen, and which line says so?
final class Authorisation implements Gate.Prompt {

    @Override
    public Ring ring() {
        return Ring.AUTHORISE;
    }

    @Override
    public Optional<Refusal> look(Transit call) {
        if (call.isToIdentity()) {
            return Optional.empty();
        }
        Operation operation = call.operation().orElseThrow();
        Grants grants = new Grants(call.snapshot().blueprint());
        Actor caller = call.caller();
        if (caller.kind() == Actor.Kind.SERVICE) {
            Optional<Line> line =
                    grants.service(caller.id().substring("service:".length()), operation.name());
            line.ifPresent(one -> call.because(List.of(one)));
            return line.isPresent()
                    ? Optional.empty()
                    : Optional.of(Refusal.of(Reason.CALL_NOT_DECLARED, ""));
        }
        Optional<Line> open = grants.stranger(operation.name());
        Optional<Line> line =
                open.isPresent()
                        ? open
                        : caller.roles().stream()
                                .flatMap(role -> grants.role(role, operation.name()).stream())
                                .findFirst();
        line.ifPresent(one -> call.because(List.of(one)));
        return line.isPresent()
                ? Optional.empty()
                : Optional.of(Refusal.of(Reason.NOT_ALLOWED, List.of(operation.line()), ""));
    }

    boolean holdsAnswer(Transit call) {
        return false;
    }

    Optional<Refusal> release(Transit call, HttpResponse head, ByteBuf body) {
        return Optional.empty();
    }
}
