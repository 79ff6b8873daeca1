package dev.ringwall.attack;

import dev.ringwall.model.Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/// Attacks in the name of clients that prove themselves by a TLS certificate (RFC 8705 §2), by somebody who has another or none.
final class CertificateAttacks {

    private CertificateAttacks() {}

    static void derive(Derivation to) {
        NamedClient.first(to, client -> client.proof() == Client.Proof.CERTIFICATE)
                .ifPresent(client -> {
                    client.add(
                            "certificate-missing",
                            "somebody asks in the name of "
                                    + client.name()
                                    + ", without its certificate",
                            scene -> {
                                LoginFlow flow = ProviderAttacks.flow(scene);
                                return NamedClient.seen(
                                        flow.browser().send(client.asks(flow, Map.of())));
                            });
                    to.blueprint()
                            .declaration()
                            .door()
                            .mutualTls()
                            .ifPresent(host ->
                                    client.add(
                                            "certificate-foreign",
                                            "somebody asks in the name of "
                                                    + client.name()
                                                    + ", with a certificate of their own making",
                                            scene -> foreign(scene, client, host)));
                });
    }

    private static Seen foreign(Scene scene, NamedClient client, String host)
            throws IOException, NotPlayable {
        Road door = scene.door();
        InetSocketAddress there =
                new InetSocketAddress(
                        InetAddress.getByAddress(host, door.to().getAddress().getAddress()),
                        door.to().getPort());
        Pki.Identity own = scene.stage().pki().selfSigned("spiffe://" + client.name() + "/own");
        Road road =
                Road.secure(there, Road.Hello.modern(Pki.careless(Optional.of(own)), false))
                        .from(door.from());
        Reply reply = scene.patient(road, client.asks(ProviderAttacks.flow(scene), Map.of()));
        if (reply.status() / 100 != 2 && reply.status() != 400 && reply.status() != 401) {
            throw new NotPlayable(host + " answers " + reply.excerpt());
        }
        return NamedClient.seen(reply);
    }
}
