package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The rings of one listener, in their order. The list is put together in one place, [#standard], and nothing in the product takes one
/// out of it.
final class Rings {

    private final List<Gate> gates;
    private final BodyGate body;
    private final Authorisation authorisation;
    private final Forwarding forwarding;

    /// Where a request goes on to.
    ///
    /// @param target       the path and query that are sent on
    /// @param holdsRequest whether a ring must see the whole body first
    /// @param holdsAnswer  whether a ring must see the whole answer first
    record Onward(Upstreams.Peer peer, String target, boolean holdsRequest, boolean holdsAnswer) {}

    /// What the rings say of a request.
    sealed interface Outcome {
        record Passed(Onward onward) implements Outcome {}

        record Refused(Refusal refusal) implements Outcome {}
    }

    Rings(List<Gate> gates, BodyGate body, Authorisation authorisation, Forwarding forwarding) {
        this.gates = List.copyOf(gates);
        this.body = body;
        this.authorisation = authorisation;
        this.forwarding = forwarding;
    }

    /// The rings of that listener, complete.
    static Rings standard(Place place, RingParts parts) {
        Authorisation authorisation = new Authorisation();
        BodyGate body = new BodyGate();
        List<Gate> gates = new ArrayList<>();
        gates.add(new TransportGate());
        gates.add(new RouteGate(place));
        switch (place) {
            case Place.Door _ -> {
                gates.add(LimitGate.beforeCaller(parts.limiter(), parts.clock()));
                gates.add(new TokenGate(parts.limiter(), parts.clock(), parts.verifying()));
                gates.add(LimitGate.ofCaller(parts.limiter(), parts.clock()));
            }
            case Place.Inbound inbound -> {
                gates.add(new PeerGate(inbound.identity().get().id().orElseThrow(), parts.clock()));
                gates.add(LimitGate.atSidecar(parts.limiter(), parts.clock()));
            }
            case Place.Outbound outbound -> {
                gates.add(PeerGate.ofService(outbound.service()));
                gates.add(LimitGate.atSidecar(parts.limiter(), parts.clock()));
            }
        }
        gates.add(authorisation);
        gates.add(body);
        return new Rings(gates, body, authorisation, new Forwarding(place, parts));
    }

    /// Takes a call through the rings that need no body.
    void judge(Transit call, Consumer<Outcome> then) {
        next(call, 0, then);
    }

    private void next(Transit call, int index, Consumer<Outcome> then) {
        if (index == gates.size()) {
            then.accept(forwarding.onward(call, body.holds(call), authorisation.holdsAnswer(call)));
            return;
        }
        Gate gate = gates.get(index);
        gate.look(
                call,
                refusal -> {
                    if (refusal.isPresent()) {
                        then.accept(new Outcome.Refused(refusal.get()));
                    } else {
                        call.step(gate.ring(), true, "");
                        next(call, index + 1, then);
                    }
                });
    }

    /// Looks at the whole body.
    Optional<Refusal> inspectBody(Transit call, ByteBuf bytes) {
        return body.look(call, bytes);
    }

    /// Looks at the whole answer, when a condition on it stands.
    Optional<Refusal> judgeAnswer(Transit call, HttpResponse head, ByteBuf bytes) {
        try {
            return authorisation.release(call, head, bytes);
        } catch (RuntimeException unforeseen) {
            return Optional.of(
                    Refusal.of(Reason.ANSWER_WITHHELD, unforeseen.getClass().getSimpleName()));
        }
    }

    HttpHeaders headersOnward(Transit call, Onward onward) {
        return forwarding.headersOnward(call, onward);
    }

    void headersBack(Transit call, HttpResponse head, boolean keepOpen) {
        forwarding.headersBack(call, head, keepOpen);
    }

    /// The rings that are there, for those who hold the list against the one in the model.
    List<Ring> present() {
        return gates.stream().map(Gate::ring).toList();
    }
}
