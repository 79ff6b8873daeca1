package dev.ringwall.attack;

import dev.ringwall.model.Reason;
import dev.ringwall.model.Service;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Coming back on the ticket of a connection on which an identity was shown, without the identity (RFC 8446 §2.2): a node that was turned out
/// would go on, and what one node let in would be let in by another.
final class TicketAttacks {

    /// Tickets are kept by this name; it has no dot, so nobody is told of it.
    private static final String KEPT_AS = "node";

    private TicketAttacks() {}

    static void derive(Derivation to) {
        for (Service service : to.blueprint().services()) {
            if (service.operations().isEmpty()) {
                continue;
            }
            Knock knock = Knock.at(to, service);
            add(to, service, knock, service, "ticket", "on a ticket of its own");
            knock.other()
                    .map(to.blueprint().declaration().services()::get)
                    .filter(other -> !other.operations().isEmpty())
                    .ifPresent(other ->
                            add(
                                    to,
                                    service,
                                    knock,
                                    other,
                                    "ticket-of-another-node",
                                    "on a ticket of the sidecar of " + other.name()));
        }
    }

    private static void add(
            Derivation to, Service service, Knock knock, Service first, String kind, String how) {
        Knock before = Knock.at(to, first);
        to.add(
                service.name() + "/" + kind,
                Family.SERVICES,
                "somebody calls the sidecar of "
                        + service.name()
                        + " "
                        + how
                        + ", without a certificate",
                service.line(),
                Expectation.dropped(Reason.PEER_NOT_TRUSTED),
                scene -> {
                    Pki.Identity gateway = Pki.of(scene.stage().insider(Knock.GATEWAY));
                    Road.Hello hello =
                            Road.Hello.modern(Pki.forgetful(gateway), false).asking(KEPT_AS);
                    Seen honest = call(scene, first, before, gateway, hello);
                    if (honest instanceof Seen.Dropped(String why)) {
                        throw new NotPlayable("the gateway's own certificate was refused: " + why);
                    }
                    scene.close();
                    return call(scene, service, knock, gateway, hello);
                });
    }

    private static Seen call(
            Scene scene, Service service, Knock knock, Pki.Identity gateway, Road.Hello hello)
            throws java.io.IOException, NotPlayable {
        InetSocketAddress at = scene.stage().inbound(service.name());
        return scene.at(
                Road.plain(at).greeting(Optional.of(hello)),
                new Requests(scene.stage())
                        .plain(knock.operation())
                        .with("Txn-Token", knock.truthful(scene, Knock.GATEWAY).signed(gateway)));
    }
}
