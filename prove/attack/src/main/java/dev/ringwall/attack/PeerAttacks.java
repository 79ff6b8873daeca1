package dev.ringwall.attack;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Service;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Knocking at each sidecar with no identity, a forged one, or a true one that says wrong things.
final class PeerAttacks {

    private static final String GATEWAY = "gateway";

    private PeerAttacks() {}

    static void derive(Derivation to) {
        for (Service service : to.blueprint().services()) {
            if (service.operations().isEmpty()) {
                continue;
            }
            Knock knock = Knock.at(to, service);
            strangers(to, service, knock);
            insiders(to, service, knock);
        }
    }

    /// Where is knocked: an operation of the service, and who rightly calls it.
    ///
    /// @param insider a service that may call the operation, or the gateway; empty when nobody may
    /// @param other   yet another service
    private record Knock(Operation operation, Optional<String> insider, Optional<String> other) {

        static Knock at(Derivation to, Service service) {
            List<String> others =
                    to.blueprint().services().stream()
                            .map(Service::name)
                            .filter(name -> !name.equals(service.name()))
                            .toList();
            for (Operation operation : service.operations().values()) {
                for (String caller : others) {
                    if (to.grants().service(caller, operation.name()).isPresent()) {
                        return new Knock(
                                operation,
                                Optional.of(caller),
                                others.stream().filter(name -> !name.equals(caller)).findFirst());
                    }
                }
            }
            Optional<Operation> fromOutside =
                    service.operations().values().stream()
                            .filter(operation -> !(operation.allow() instanceof Allow.Nobody))
                            .findFirst();
            return new Knock(
                    fromOutside.orElse(service.operations().values().iterator().next()),
                    fromOutside.map(_ -> GATEWAY),
                    others.stream().findFirst());
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
                                        truthful(scene, GATEWAY, knock.operation().name())
                                                .signed(identity.get()));
                    }
                    return scene.at(sidecar(scene, service.name(), identity), call);
                });
    }

    /// What the insider puts into the call.
    @FunctionalInterface
    private interface Saying {
        Optional<String> token(Scene scene, Pki.Identity own, OperationName operation)
                throws IOException, NotPlayable;
    }

    private static void insiders(Derivation to, Service service, Knock knock) {
        if (knock.insider().isEmpty()) {
            return;
        }
        String insider = knock.insider().get();
        String system = to.blueprint().system();
        says(
                to,
                service,
                knock,
                "txn-missing",
                "without a transaction token",
                (_, _, _) -> Optional.empty());
        says(
                to,
                service,
                knock,
                "txn-foreign-key",
                "with a transaction token that another key signed",
                (scene, own, operation) ->
                        Optional.of(
                                truthful(scene, insider, operation)
                                        .signed(
                                                scene.stage()
                                                        .pki()
                                                        .foreign(
                                                                "spiffe://"
                                                                        + system
                                                                        + "/"
                                                                        + insider),
                                                own)));
        says(
                to,
                service,
                knock,
                "txn-foreign-chain",
                "with a transaction token that brings another authority's certificate",
                (scene, _, operation) ->
                        Optional.of(
                                truthful(scene, insider, operation)
                                        .signed(
                                                scene.stage()
                                                        .pki()
                                                        .foreign(
                                                                "spiffe://"
                                                                        + system
                                                                        + "/"
                                                                        + insider))));
        says(
                to,
                service,
                knock,
                "txn-alg-none",
                "with a transaction token that nobody signed",
                (scene, own, operation) ->
                        Optional.of(truthful(scene, insider, operation).unsigned(own)));
        says(
                to,
                service,
                knock,
                "txn-expired",
                "with a transaction token from a minute ago",
                (scene, own, operation) -> {
                    long now = scene.stage().clock().instant().getEpochSecond();
                    return Optional.of(
                            truthful(scene, insider, operation)
                                    .claims(Map.of("iat", now - 90, "exp", now - 60))
                                    .signed(own));
                });
        says(
                to,
                service,
                knock,
                "txn-tampered",
                "with a transaction token that was changed after it was signed",
                (scene, own, operation) ->
                        Optional.of(
                                truthful(scene, insider, operation)
                                        .tampered(own, Map.of("sub", "admin"))));
        says(
                to,
                service,
                knock,
                "txn-wrong-audience",
                "with a transaction token for another service",
                (scene, own, operation) ->
                        Optional.of(
                                truthful(scene, insider, operation)
                                        .claims(Map.of("aud", "spiffe://" + system + "/elsewhere"))
                                        .signed(own)));
        says(
                to,
                service,
                knock,
                "txn-other-operation",
                "with a transaction token for another operation",
                (scene, own, operation) ->
                        Optional.of(
                                truthful(scene, insider, operation)
                                        .claims(
                                                Map.of(
                                                        "scope",
                                                        operation.owner() + ".something-else"))
                                        .signed(own)));
        if (!insider.equals(GATEWAY)) {
            says(
                    to,
                    service,
                    knock,
                    "txn-as-gateway",
                    "with a transaction token that it signed in the gateway's name",
                    (scene, own, operation) ->
                            Optional.of(
                                    truthful(scene, GATEWAY, operation)
                                            .claims(Map.of("sub", "admin"))
                                            .signed(own)));
        }
        knock.other()
                .ifPresent(other ->
                        says(
                                to,
                                service,
                                knock,
                                "txn-replayed-by-peer",
                                "with a transaction token that it took from " + other,
                                (scene, _, operation) ->
                                        Optional.of(
                                                truthful(scene, other, operation)
                                                        .signed(
                                                                Pki.of(
                                                                        scene.stage()
                                                                                .insider(
                                                                                        other))))));
    }

    private static void says(
            Derivation to, Service service, Knock knock, String name, String how, Saying saying) {
        String insider = knock.insider().orElseThrow();
        Expectation expected =
                Expectation.stopped(
                        name.equals("txn-missing")
                                ? Reason.TXN_TOKEN_MISSING
                                : Reason.TXN_TOKEN_INVALID);
        to.add(
                service.name() + "/" + name,
                Family.SERVICES,
                "a broken-into " + insider + " calls " + knock.operation().name() + " " + how,
                service.line(),
                expected,
                scene -> {
                    Pki.Identity own = Pki.of(scene.stage().insider(insider));
                    Call call = new Requests(scene.stage()).plain(knock.operation());
                    Optional<String> token = saying.token(scene, own, knock.operation().name());
                    if (token.isPresent()) {
                        call = call.with("Txn-Token", token.get());
                    }
                    return scene.at(sidecar(scene, service.name(), Optional.of(own)), call);
                });
    }

    private static TransactionToken truthful(Scene scene, String service, OperationName operation) {
        return TransactionToken.of(
                scene.stage().clock(), scene.stage().blueprint().system(), service, operation);
    }
}
