package dev.ringwall.attack;

import dev.ringwall.model.Allow;
import dev.ringwall.model.HttpRoute.Protocol;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;

/// An operation over HTTP, and somebody outside who may call it.
///
/// @param holder empty when anybody may
record Reach(Operation operation, Optional<Role> holder) {

    /// Empty where nobody outside may, or where a condition on the request may rightly say no.
    static Optional<Reach> of(Derivation to, Operation operation) {
        boolean open = operation.allow() instanceof Allow.Anyone;
        Optional<Role> holder = to.holders(operation).stream().findFirst();
        boolean refusedBefore =
                operation.when().filter(condition -> !condition.onResponse()).isPresent();
        return operation.route().protocol() == Protocol.HTTP
                        && !refusedBefore
                        && (open || holder.isPresent())
                ? Optional.of(new Reach(operation, holder))
                : Optional.empty();
    }

    /// The `GET` that needs least; what is open to everybody comes first.
    static Optional<Reach> easiest(Derivation to) {
        return to.own().stream()
                .filter(operation -> operation.route().method().equals("GET"))
                .flatMap(operation -> of(to, operation).stream())
                .min(Comparator.comparing(reach -> reach.holder().isPresent()));
    }

    /// The call, for something of the caller's own where such can be made.
    Call call(Scene scene) throws IOException, NotPlayable {
        return call(scene, Accounts.ORDINARY);
    }

    /// The same by the holder of that number.
    Call call(Scene scene, int number) throws IOException, NotPlayable {
        Requests requests = new Requests(scene.stage());
        if (holder.isEmpty()) {
            return requests.plain(operation);
        }
        String role = holder.get().name();
        return requests.of(scene, operation, role, number).bearer(scene.bearer(role, number));
    }

    /// The good answer to it.
    Reply answer(Scene scene, Call call) throws IOException, NotPlayable {
        Reply reply = scene.patient(scene.door(), call);
        if (Scene.refusal(reply).isPresent() || reply.status() >= 300) {
            throw new NotPlayable(operation.name() + " has no good answer: " + reply.excerpt());
        }
        return reply;
    }
}
