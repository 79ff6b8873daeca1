package dev.ringwall.attack;

import dev.ringwall.model.Reason;
import dev.ringwall.model.Service;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A broken-into service, or gateway, knocks at a sidecar with its true identity and says something wrong in its transaction token.
final class TransactionAttacks {

    private TransactionAttacks() {}

    static void derive(Derivation to) {
        for (Service service : to.blueprint().services()) {
            if (!service.operations().isEmpty()) {
                insiders(to, service, Knock.at(to, service));
            }
        }
    }

    /// What the insider puts into the call.
    @FunctionalInterface
    interface Saying {
        Optional<String> token(Scene scene, Pki.Identity own) throws IOException, NotPlayable;
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
                (_, _) -> Optional.empty());
        says(
                to,
                service,
                knock,
                "txn-foreign-key",
                "with a transaction token that another key signed",
                (scene, own) ->
                        Optional.of(
                                knock.truthful(scene, insider)
                                        .signed(foreign(scene, insider), own)));
        says(
                to,
                service,
                knock,
                "txn-foreign-chain",
                "with a transaction token that brings another authority's certificate",
                (scene, _) -> {
                    Pki.Identity foreign = foreign(scene, insider);
                    return Optional.of(
                            knock.truthful(scene, insider)
                                    .headed(
                                            foreign,
                                            foreign,
                                            Map.of("x5c", CertificateText.x5c(foreign))));
                });
        brings(to, service, knock, "x5c", CertificateText::x5c);
        brings(to, service, knock, "jwk", CertificateText::jwk);
        says(
                to,
                service,
                knock,
                "txn-other-thumbprint",
                "with a transaction token that names another's certificate",
                (scene, own) ->
                        Optional.of(
                                knock.truthful(scene, insider)
                                        .headed(
                                                own,
                                                own,
                                                Map.of(
                                                        "x5t#S256",
                                                        CertificateText.thumbprint(
                                                                foreign(scene, Knock.GATEWAY))))));
        says(
                to,
                service,
                knock,
                "txn-alg-none",
                "with a transaction token that nobody signed",
                (scene, own) -> Optional.of(knock.truthful(scene, insider).unsigned(own)));
        says(
                to,
                service,
                knock,
                "txn-expired",
                "with a transaction token from a minute ago",
                (scene, own) -> {
                    long now = scene.stage().clock().instant().getEpochSecond();
                    return Optional.of(
                            knock.truthful(scene, insider)
                                    .claims(Map.of("iat", now - 90, "exp", now - 60))
                                    .signed(own));
                });
        says(
                to,
                service,
                knock,
                "txn-tampered",
                "with a transaction token that was changed after it was signed",
                (scene, own) ->
                        Optional.of(
                                knock.truthful(scene, insider)
                                        .tampered(own, Map.of("sub", "admin"))));
        says(
                to,
                service,
                knock,
                "txn-wrong-audience",
                "with a transaction token for another service",
                (scene, own) ->
                        Optional.of(
                                knock.truthful(scene, insider)
                                        .claims(Map.of("aud", "spiffe://" + system + "/elsewhere"))
                                        .signed(own)));
        says(
                to,
                service,
                knock,
                "txn-other-operation",
                "with a transaction token for another operation",
                (scene, own) ->
                        Optional.of(
                                knock.truthful(scene, insider)
                                        .claims(Map.of("scope", service.name() + ".something-else"))
                                        .signed(own)));
        if (!insider.equals(Knock.GATEWAY)) {
            says(
                    to,
                    service,
                    knock,
                    "txn-as-gateway",
                    "with a transaction token that it signed in the gateway's name",
                    (scene, own) ->
                            Optional.of(
                                    knock.truthful(scene, Knock.GATEWAY)
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
                                (scene, _) ->
                                        Optional.of(
                                                knock.truthful(scene, other)
                                                        .signed(
                                                                Pki.of(
                                                                        scene.stage()
                                                                                .insider(
                                                                                        other))))));
    }

    /// The token names the certificate of who sends it, and brings the key that it was signed with.
    private static void brings(
            Derivation to,
            Service service,
            Knock knock,
            String member,
            Function<Pki.Identity, Object> brought) {
        String insider = knock.insider().orElseThrow();
        says(
                to,
                service,
                knock,
                "txn-brings-" + member,
                "with a transaction token that brings its own key along (" + member + ")",
                (scene, own) -> {
                    Pki.Identity foreign = foreign(scene, insider);
                    return Optional.of(
                            knock.truthful(scene, insider)
                                    .headed(foreign, own, Map.of(member, brought.apply(foreign))));
                });
    }

    /// An identity of that name that no authority of the system knows.
    static Pki.Identity foreign(Scene scene, String name) {
        String system = scene.stage().blueprint().system();
        return scene.stage().pki().foreign("spiffe://" + system + "/" + name);
    }

    static void says(
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
                    Optional<String> token = saying.token(scene, own);
                    if (token.isPresent()) {
                        call = call.with("Txn-Token", token.get());
                    }
                    return scene.at(
                            PeerAttacks.sidecar(scene, service.name(), Optional.of(own)), call);
                });
    }
}
