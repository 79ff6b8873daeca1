package dev.ringwall.attack;

import dev.ringwall.model.Reason;
import dev.ringwall.model.Service;
import java.util.Optional;

/// Knocking at each sidecar with no identity or a forged one.
final class PeerAttacks {

    /// Where a sidecar tells nodes whether its service is well.
    private static final String HEALTH = "/auth/ringwall/health";

    private PeerAttacks() {}

    static void derive(Derivation to) {
        for (Service service : to.blueprint().services()) {
            if (!service.operations().isEmpty()) {
                strangers(to, service, Knock.at(to, service));
            }
        }
    }

    /// The way to a sidecar's inside door, showing that identity.
    static Road sidecar(Scene scene, String service, Optional<Pki.Identity> identity)
            throws NotPlayable {
        return Road.secure(
                scene.stage().inbound(service), Road.Hello.modern(Pki.careless(identity), false));
    }

    private static void strangers(Derivation to, Service service, Knock knock) {
        String gateway = "spiffe://" + to.blueprint().system() + "/gateway";
        knock(
                to,
                service,
                knock,
                "no-client-certificate",
                "without a certificate",
                _ -> Optional.empty());
        knock(
                to,
                service,
                knock,
                "foreign-client-certificate",
                "with a gateway's certificate of another authority",
                scene -> Optional.of(scene.stage().pki().foreign(gateway)));
        knock(
                to,
                service,
                knock,
                "lookalike-client-certificate",
                "with a gateway's certificate of an authority of the same name",
                scene ->
                        Optional.of(
                                scene.stage()
                                        .pki()
                                        .lookalike(gateway, scene.stage().target().authority())));
        knock(
                to,
                service,
                knock,
                "self-signed-client-certificate",
                "with a gateway's certificate that it signed itself",
                scene -> Optional.of(scene.stage().pki().selfSigned(gateway)));
        to.add(
                service.name() + "/health-asked-by-stranger",
                Family.SERVICES,
                "somebody without a certificate asks the sidecar of "
                        + service.name()
                        + " whether its service is well",
                service.line(),
                Expectation.dropped(Reason.PEER_NOT_TRUSTED),
                scene ->
                        scene.at(
                                sidecar(scene, service.name(), Optional.empty()),
                                Call.get(HEALTH).with("Host", service.name())));
        to.add(
                service.name() + "/plain-http",
                Family.SERVICES,
                "somebody talks plain HTTP to the sidecar of " + service.name(),
                service.line(),
                Expectation.dropped(Reason.BAD_REQUEST, Reason.PEER_NOT_TRUSTED),
                scene ->
                        scene.at(
                                Road.plain(scene.stage().inbound(service.name())),
                                new Requests(scene.stage()).plain(knock.operation())));
    }

    /// Who knocks.
    @FunctionalInterface
    private interface Shown {
        Optional<Pki.Identity> identity(Scene scene) throws NotPlayable;
    }

    private static void knock(
            Derivation to, Service service, Knock knock, String name, String how, Shown shown) {
        to.add(
                service.name() + "/" + name,
                Family.SERVICES,
                "somebody calls the sidecar of " + service.name() + " " + how,
                service.line(),
                Expectation.dropped(Reason.PEER_NOT_TRUSTED),
                scene -> {
                    Optional<Pki.Identity> identity = shown.identity(scene);
                    Call call = new Requests(scene.stage()).plain(knock.operation());
                    if (identity.isPresent()) {
                        call =
                                call.with(
                                        "Txn-Token",
                                        knock.truthful(scene, Knock.GATEWAY)
                                                .signed(identity.get()));
                    }
                    return scene.at(sidecar(scene, service.name(), identity), call);
                });
    }
}
