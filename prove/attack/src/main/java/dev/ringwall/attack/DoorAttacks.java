package dev.ringwall.attack;

import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Service;
import java.util.List;
import java.util.Optional;

/// Talking to the door, and to each sidecar, in a way that is too weak.
final class DoorAttacks {

    private DoorAttacks() {}

    static void derive(Derivation to) {
        Line line = to.blueprint().declaration().line();
        to.add(
                "gateway/tls-1.2",
                Family.DOOR,
                "somebody talks TLS 1.2 to the door",
                line,
                Expectation.dropped(),
                scene -> {
                    Road.Hello old =
                            new Road.Hello(
                                    Pki.trusting(scene.stage().target().authority()),
                                    List.of("TLSv1.2"),
                                    false);
                    return scene.at(scene.door().greeting(Optional.of(old)), Call.get("/"));
                });
        to.add(
                "gateway/plain-http",
                Family.DOOR,
                "somebody talks plain HTTP to the door",
                line,
                Expectation.dropped(Reason.BAD_REQUEST),
                scene -> scene.at(scene.door().greeting(Optional.empty()), Call.get("/")));
        for (Service service : to.blueprint().services()) {
            Optional<Operation> operation = service.operations().values().stream().findFirst();
            if (operation.isPresent()) {
                oldPeer(to, service, operation.get());
            }
        }
    }

    private static void oldPeer(Derivation to, Service service, Operation operation) {
        to.add(
                service.name() + "/tls-1.2",
                Family.DOOR,
                "somebody talks TLS 1.2 to the sidecar of " + service.name(),
                service.line(),
                Expectation.dropped(),
                scene -> {
                    Road.Hello old =
                            new Road.Hello(
                                    Pki.careless(Optional.empty()), List.of("TLSv1.2"), false);
                    return scene.at(
                            Road.secure(scene.stage().inbound(service.name()), old),
                            new Requests(scene.stage()).plain(operation));
                });
    }
}
