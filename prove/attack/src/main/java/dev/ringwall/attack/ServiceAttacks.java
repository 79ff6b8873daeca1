package dev.ringwall.attack;

import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Service;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Which service may call what: each service against each operation of the others and of third parties.
///
/// An allowed call goes the way that the sidecar gives. A call that is not declared goes that way too where the service has one to the
/// same callee; where it has none, a broken-into service goes straight to the callee's sidecar with its own identity.
final class ServiceAttacks {

    private static final Set<Reason> NO_WAY =
            Set.of(
                    Reason.NOT_DECLARED,
                    Reason.METHOD_NOT_DECLARED,
                    Reason.CALL_NOT_DECLARED,
                    Reason.PEER_NOT_TRUSTED);

    private ServiceAttacks() {}

    static void derive(Derivation to) {
        for (Operation operation : to.blueprint().operations().values()) {
            for (Service caller : to.blueprint().programs()) {
                if (!caller.name().equals(operation.name().owner())) {
                    derive(to, operation, caller);
                }
            }
        }
    }

    private static void derive(Derivation to, Operation operation, Service caller) {
        String callee = operation.name().owner();
        boolean foreign = to.blueprint().isThirdParty(operation.name());
        Optional<Line> granted = to.grants().service(caller.name(), operation.name());
        boolean hasWay =
                caller.calls().keySet().stream().map(OperationName::owner).anyMatch(callee::equals);
        String name = operation.name() + "/by-" + caller.name();
        if (granted.isPresent()) {
            to.add(
                    name,
                    Family.SERVICES,
                    caller.name() + " calls " + operation.name(),
                    granted.get(),
                    letIn(operation),
                    scene -> {
                        harmless(scene, operation, foreign);
                        return through(scene, caller.name(), operation);
                    });
            return;
        }
        if (!hasWay && foreign && caller.calls().isEmpty()) {
            return;
        }
        String story = caller.name() + " calls " + operation.name() + ", which it does not declare";
        Attack.Play play;
        if (hasWay) {
            play = scene -> through(scene, caller.name(), operation);
        } else if (foreign) {
            play = scene -> besides(scene, caller, operation);
        } else {
            play = scene -> straight(scene, caller.name(), operation);
        }
        to.add(name, Family.SERVICES, story, caller.line(), Expectation.stopped(NO_WAY), play);
    }

    private static Expectation letIn(Operation operation) {
        if (operation.route().protocol() == HttpRoute.Protocol.GRPC) {
            return ProtocolAttacks.LET_IN_AS_GRPC;
        }
        return operation.when().isEmpty()
                ? Expectation.passes()
                : Expectation.passes(Reason.CONDITION_FAILED, Reason.ANSWER_WITHHELD);
    }

    /// A real third party is not called for a proof: that would be a real payment.
    static void harmless(Scene scene, Operation operation, boolean foreign) throws NotPlayable {
        String owner = operation.name().owner();
        if (foreign && !scene.stage().target().standIns().contains(owner)) {
            throw new NotPlayable(owner + " is real and is not called");
        }
    }

    /// The way out that the sidecar gives to the service.
    static Seen through(Scene scene, String caller, Operation operation)
            throws IOException, NotPlayable {
        return through(scene, caller, operation, call -> call);
    }

    /// The same, with what the service says besides.
    static Seen through(Scene scene, String caller, Operation operation, UnaryOperator<Call> saying)
            throws IOException, NotPlayable {
        String callee = operation.name().owner();
        URI way =
                scene.stage()
                        .outbound(caller, callee)
                        .orElseThrow(() ->
                                new NotPlayable(
                                        "the way from "
                                                + caller
                                                + " to "
                                                + callee
                                                + " is not known"));
        return scene.at(
                Road.plain(way), saying.apply(new Requests(scene.stage()).plain(operation)));
    }

    /// A way out to somebody else, asked for the one that the service has no way to.
    private static Seen besides(Scene scene, Service caller, Operation operation)
            throws IOException, NotPlayable {
        URI way =
                scene.stage().place(caller.name()).outbound().values().stream()
                        .sorted()
                        .findFirst()
                        .orElseThrow(() ->
                                new NotPlayable("no way out of " + caller.name() + " is known"));
        String host = operation.name().owner();
        URI party =
                scene.stage().blueprint().declaration().thirdParties().get(host) == null
                        ? way
                        : scene.stage().blueprint().declaration().thirdParties().get(host).url();
        Call call = new Requests(scene.stage()).plain(operation);
        return scene.at(Road.plain(way), call.with("Host", party.getAuthority()));
    }

    /// The callee's sidecar, with the service's own identity and a truthful transaction token.
    private static Seen straight(Scene scene, String caller, Operation operation)
            throws IOException, NotPlayable {
        Pki.Identity identity = Pki.of(scene.stage().insider(caller));
        String token =
                TransactionToken.of(
                                scene.stage().clock(),
                                scene.stage().blueprint().system(),
                                caller,
                                operation.name())
                        .signed(identity);
        Call call = new Requests(scene.stage()).plain(operation).with("Txn-Token", token);
        return scene.at(
                PeerAttacks.sidecar(scene, operation.name().owner(), Optional.of(identity)), call);
    }
}
