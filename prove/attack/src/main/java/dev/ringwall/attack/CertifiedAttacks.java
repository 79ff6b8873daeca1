package dev.ringwall.attack;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Client;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// A client that proves itself by a certificate, and its tokens, in the hands of somebody who has not got the certificate's key (RFC 8705).
final class CertifiedAttacks {

    /// What gateways in front of services say about a caller's certificate (RFC 9440), and what others say it with.
    private static final String[] SAID_IN = {
        "X-Client-Cert", "X-SSL-Client-Cert", "X-SSL-Cert", "SSL-Client-Cert", "X-ARR-ClientCert"
    };

    private final Derivation to;
    private final Client client;
    private final Operation operation;

    private CertifiedAttacks(Derivation to, Client client, Operation operation) {
        this.to = to;
        this.client = client;
        this.operation = operation;
    }

    /// For the first such client that may call anything, on the operation that changes least.
    static void derive(Derivation to) {
        for (Client client : to.blueprint().declaration().clients().values()) {
            Optional<Operation> operation =
                    to.guarded().stream()
                            .filter(one ->
                                    one.allow() instanceof Allow.Roles(var roles)
                                            && roles.keySet().stream()
                                                    .anyMatch(client.roles()::containsKey))
                            .min(Comparator.comparing(one -> !one.route().method().equals("GET")));
            if (client.proof() == Client.Proof.CERTIFICATE && operation.isPresent()) {
                new CertifiedAttacks(to, client, operation.get()).derive();
                return;
            }
        }
    }

    private void derive() {
        to.add(
                "auth/certified-token",
                Family.PROVIDER,
                "`" + client.name() + "` shows its token and its certificate",
                client.line(),
                Expectation.passes(Reason.CONDITION_FAILED, Reason.ANSWER_WITHHELD),
                scene -> {
                    Certified own = Certified.of(scene, client);
                    return scene.at(own.showing(Optional.of(own.identity())), call(scene, own));
                });
        buying();
        showing();
    }

    private void buying() {
        buys(
                "certified-client-bare",
                "without a certificate",
                (scene, own, form) -> scene.exchange(own.showing(Optional.empty()), form));
        buys(
                "certified-client-namesake",
                "with a certificate of the same name that it made itself",
                (scene, own, form) ->
                        scene.exchange(own.showing(Optional.of(namesake(scene, own))), form));
        buys(
                "certified-client-forged-header",
                "without a certificate, and says in headers what the certificate is",
                (scene, own, form) ->
                        scene.exchange(own.showing(Optional.empty()), forged(form, own)));
    }

    private void showing() {
        shows(
                "certified-token-as-bearer",
                "without the certificate that it is bound to",
                Reason.CERTIFICATE_MISSING,
                (scene, own, call) -> scene.at(own.showing(Optional.empty()), call));
        shows(
                "certified-token-namesake",
                "with another certificate of the same name",
                Reason.CERTIFICATE_NOT_VALID,
                (scene, own, call) ->
                        scene.at(own.showing(Optional.of(namesake(scene, own))), call));
        shows(
                "certified-token-elsewhere",
                "at the host where nobody is asked for a certificate",
                Reason.CERTIFICATE_MISSING,
                (scene, _, call) -> scene.atDoor(call));
        shows(
                "certified-token-forged-header",
                "without the certificate, which is in headers",
                Reason.CERTIFICATE_MISSING,
                (scene, own, call) -> scene.at(own.showing(Optional.empty()), forged(call, own)));
        shows(
                "certified-token-by-ticket",
                "without the certificate, on the ticket of a connection that had shown it",
                Reason.CERTIFICATE_MISSING,
                (scene, own, call) -> {
                    SSLContext once =
                            Pki.trusting(
                                    scene.stage().target().authority(),
                                    new ShownOnce(own.identity()));
                    Road road = own.road(once);
                    Seen honest = scene.at(road, call);
                    if (honest instanceof Seen.Refused(Reason reason)
                            && reason == Reason.CERTIFICATE_MISSING) {
                        throw new NotPlayable("the client's own certificate was not seen");
                    }
                    scene.close();
                    return scene.at(road, call);
                });
    }

    /// Somebody with a token of the client, or with what it takes to buy one except for the certificate.
    @FunctionalInterface
    private interface Use<T> {
        T of(Scene scene, Certified own, Call call) throws IOException, NotPlayable;
    }

    private void buys(String kind, String how, Use<Reply> use) {
        to.add(
                "auth/" + kind,
                Family.PROVIDER,
                "somebody buys tokens as `" + client.name() + "` " + how,
                client.line(),
                Expectation.stopped(),
                scene -> {
                    Certified own = Certified.of(scene, client);
                    Reply reply = use.of(scene, own, own.purchase(scene));
                    return own.token(reply).isPresent()
                            ? new Seen.Yielded("tokens were given")
                            : new Seen.Thwarted("refused: " + reply.excerpt());
                });
    }

    private void shows(String kind, String how, Reason by, Use<Seen> use) {
        to.add(
                "auth/" + kind,
                Family.PROVIDER,
                "somebody shows a stolen token of `" + client.name() + "` " + how,
                client.line(),
                Expectation.stopped(by),
                scene -> {
                    Certified own = Certified.of(scene, client);
                    return use.of(scene, own, call(scene, own));
                });
    }

    private Call call(Scene scene, Certified own) throws IOException, NotPlayable {
        return new Requests(scene.stage()).plain(operation).bearer(own.bought(scene));
    }

    private static Pki.Identity namesake(Scene scene, Certified own) {
        return scene.stage().pki().namesake(own.identity().leaf());
    }

    private static Call forged(Call call, Certified own) throws NotPlayable {
        String der;
        try {
            der = Base64.getEncoder().encodeToString(own.identity().leaf().getEncoded());
        } catch (CertificateEncodingException unreadable) {
            throw new NotPlayable("the certificate cannot be written: " + unreadable.getMessage());
        }
        Call forged =
                call.with("Client-Cert", ":" + der + ":")
                        .with("Client-Cert-Chain", ":" + der + ":")
                        .with("X-Forwarded-Client-Cert", "Cert=\"" + der + "\"")
                        .with("X-SSL-Client-Verify", "SUCCESS");
        for (String name : SAID_IN) {
            forged = forged.with(name, der);
        }
        return forged;
    }
}
