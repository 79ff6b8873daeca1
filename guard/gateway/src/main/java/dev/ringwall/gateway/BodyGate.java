package dev.ringwall.gateway;

import dev.ringwall.model.Ring;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// Holds requests against the shape that the service's OpenAPI document gives them.
final class BodyGate implements Gate.Prompt {

    @Override
    public Ring ring() {
        return Ring.INSPECT;
    }

    @Override
    public Optional<Refusal> look(Transit call) {
        return Optional.empty();
    }

    boolean holds(Transit call) {
        return false;
    }

    Optional<Refusal> look(Transit call, ByteBuf body) {
        return Optional.empty();
    }
}
