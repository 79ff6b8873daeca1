package dev.ringwall.attack;

import dev.ringwall.attack.Call.Header;
import dev.ringwall.model.Door;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Service;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Talking to the door, and to each sidecar, in a way that is too weak.
final class DoorAttacks {

    /// CBC, and key exchange without forward secrecy as far as this JDK can still say it (RFC 9325 §4.1).
    private static final List<String> WEAK_CIPHERS =
            List.of(
                    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                    "TLS_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_RSA_WITH_AES_128_CBC_SHA");

    private static final String FOREIGN_HOST = "elsewhere.example";

    private DoorAttacks() {}

    static void derive(Derivation to) {
        Line line = to.blueprint().declaration().line();
        Call call = FloodAttacks.ordinary(to);
        if (to.blueprint().declaration().door().oldestTls() == Door.Tls.TLS_1_2) {
            renegotiation(to, line, call);
        } else {
            to.add(
                    "gateway/tls-1.2",
                    Family.DOOR,
                    "somebody talks TLS 1.2 to the door",
                    line,
                    Expectation.dropped(),
                    scene -> scene.at(scene.door().greeting(Optional.of(old(scene))), call));
        }
        to.add(
                "gateway/tls-weak-ciphers",
                Family.DOOR,
                "somebody offers the door only ciphers of TLS 1.2 that nobody should use any more",
                line,
                Expectation.dropped(),
                scene -> {
                    Road.Hello weak = old(scene).offering(WEAK_CIPHERS);
                    return scene.at(scene.door().greeting(Optional.of(weak)), call);
                });
        to.add(
                "gateway/plain-http",
                Family.DOOR,
                "somebody talks plain HTTP to the door",
                line,
                Expectation.dropped(Reason.BAD_REQUEST),
                scene -> scene.at(scene.door().greeting(Optional.empty()), call));
        hosts(to, line, call);
        AcmeAttacks.derive(to, line);
        for (Service service : to.blueprint().services()) {
            Optional<Operation> operation = service.operations().values().stream().findFirst();
            if (operation.isPresent()) {
                oldPeer(to, service, operation.get());
            }
        }
    }

    /// A name that somebody made point here, or that was meant for another system behind the same address (RFC 9110 §7.4).
    private static void hosts(Derivation to, Line line, Call call) {
        to.add(
                "gateway/host-foreign",
                Family.DOOR,
                "somebody asks the door for a host that it does not answer for",
                line,
                Expectation.stopped(Reason.MISDIRECTED),
                scene -> scene.atDoor(call.with("Host", FOREIGN_HOST)));
        to.add(
                "gateway/h2-authority-foreign",
                Family.DOOR,
                "somebody asks the door for a host that it does not answer for, over HTTP/2",
                line,
                Expectation.stopped(Reason.MISDIRECTED),
                scene -> {
                    scene.note("curl --http2 " + scene.door().origin() + "   # " + FOREIGN_HOST);
                    try (Streams streams = Streams.open(scene.door())) {
                        List<Header> headers =
                                streams.headers(call).stream()
                                        .map(header ->
                                                header.name().equals(":authority")
                                                        ? new Header(":authority", FOREIGN_HOST)
                                                        : header)
                                        .toList();
                        return Streams.seen(
                                streams.putHeaders(1, HeaderBlock.of(headers), true).answer(1));
                    } catch (IOException ended) {
                        return Scene.seen(ended);
                    }
                });
    }

    private static Road.Hello old(Scene scene) {
        return new Road.Hello(
                Pki.trusting(scene.stage().target().authority()), List.of("TLSv1.2"), false);
    }

    /// Handshakes cost the door more than the caller, so one connection must not have many (RFC 5746 §5, RFC 9325 §3.5).
    private static void renegotiation(Derivation to, Line line, Call call) {
        to.add(
                "gateway/tls-renegotiation",
                Family.DOOR,
                "somebody shakes hands again on a connection that is open",
                line,
                Expectation.dropped(),
                scene -> {
                    Road road = scene.door().greeting(Optional.of(old(scene)));
                    scene.note("openssl s_client -tls1_2 -connect " + road.host() + "   # R");
                    try (Connection connection = road.open()) {
                        connection.shakeAgain();
                        connection.send(call.bytes(road.host()));
                        return Scene.seen(connection.receive(call.method()));
                    } catch (IOException refused) {
                        return Scene.seen(refused);
                    }
                });
    }

    private static void oldPeer(Derivation to, Service service, Operation operation) {
        to.add(
                service.name() + "/tls-1.2",
                Family.DOOR,
                "somebody talks TLS 1.2 to the sidecar of " + service.name(),
                service.line(),
                Expectation.dropped(),
                scene -> {
                    Pki.Identity shown = Pki.of(scene.stage().insider(Knock.GATEWAY));
                    Road.Hello old =
                            new Road.Hello(
                                    Pki.careless(Optional.of(shown)), List.of("TLSv1.2"), false);
                    return scene.at(
                            Road.secure(scene.stage().inbound(service.name()), old),
                            new Requests(scene.stage()).plain(operation));
                });
    }
}
