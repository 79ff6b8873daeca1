package dev.ringwall.attack;

import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Service;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A broken-into service says that it acts for somebody: by a token that it was never handed, to its own sidecar or inside its own token to
/// another one.
final class HandedAttacks {

    private static final Map<String, Object> SOMEBODY =
            Map.of("kind", "person", "client", "-", "address", "127.0.0.1");

    private HandedAttacks() {}

    static void derive(Derivation to) {
        for (Service service : to.blueprint().services()) {
            if (!service.operations().isEmpty()) {
                inside(to, service, Knock.at(to, service));
            }
        }
        for (Service service : to.blueprint().programs()) {
            wayOut(to, service).ifPresent(operation -> shown(to, service, operation));
        }
    }

    /// What the gateway would have said to the service about somebody who calls it.
    private static TransactionToken somebody(Scene scene, String service) {
        String system = scene.stage().blueprint().system();
        return TransactionToken.of(
                        scene.stage().clock(),
                        system,
                        Knock.GATEWAY,
                        new OperationName(service, "anything"))
                .claims(Map.of("sub", "admin", "rctx", SOMEBODY));
    }

    private static void inside(Derivation to, Service service, Knock knock) {
        String insider = knock.insider().orElse(Knock.GATEWAY);
        if (insider.equals(Knock.GATEWAY)) {
            return;
        }
        TransactionAttacks.says(
                to,
                service,
                knock,
                "txn-prior-own-chain",
                "for somebody, by a token inside that it signed itself in the gateway's name",
                (scene, own) ->
                        Optional.of(
                                knock.truthful(scene, insider)
                                        .inside(somebody(scene, insider).signed(own), own)
                                        .signed(own)));
        TransactionAttacks.says(
                to,
                service,
                knock,
                "txn-prior-foreign-chain",
                "for somebody, by a token inside of another authority's gateway",
                (scene, own) -> {
                    Pki.Identity foreign = TransactionAttacks.foreign(scene, Knock.GATEWAY);
                    return Optional.of(
                            knock.truthful(scene, insider)
                                    .inside(somebody(scene, insider).signed(foreign), foreign)
                                    .signed(own));
                });
    }

    /// Something that the service may call, of its own system where there is such.
    private static Optional<Operation> wayOut(Derivation to, Service service) {
        return service.calls().keySet().stream()
                .map(to.blueprint().operations()::get)
                .filter(Objects::nonNull)
                .filter(operation -> operation.route().protocol() == HttpRoute.Protocol.HTTP)
                .min(
                        Comparator.<Operation, Boolean>comparing(
                                        operation -> to.blueprint().isThirdParty(operation.name()))
                                .thenComparing(Operation::name));
    }

    private static void shown(Derivation to, Service service, Operation operation) {
        boolean foreign = to.blueprint().isThirdParty(operation.name());
        to.add(
                service.name() + "/handed-unknown-signer",
                Family.SERVICES,
                service.name()
                        + " calls "
                        + operation.name()
                        + " for somebody, by a token of a gateway that never called it",
                service.line(),
                Expectation.stopped(Reason.TXN_TOKEN_INVALID),
                scene -> {
                    ServiceAttacks.harmless(scene, operation, foreign);
                    String token =
                            somebody(scene, service.name())
                                    .signed(TransactionAttacks.foreign(scene, Knock.GATEWAY));
                    return ServiceAttacks.through(
                            scene,
                            service.name(),
                            operation,
                            call -> call.with("Txn-Token", token));
                });
    }
}
