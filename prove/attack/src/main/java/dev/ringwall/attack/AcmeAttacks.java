package dev.ringwall.attack;

import dev.ringwall.model.Line;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// Saying the word with which an authority asks whether a name is ours (RFC 8737), outside of any order: who is answered can have certificates
/// for that name from an authority, or has found a way in past what HTTP is held to.
final class AcmeAttacks {

    static final String WORD = "acme-tls/1";

    /// The extension that only a certificate for an authority has (RFC 8737 §3).
    private static final String EXTENSION = "1.3.6.1.5.5.7.1.31";

    private AcmeAttacks() {}

    static void derive(Derivation to, Line line) {
        add(
                to,
                line,
                "acme-unasked",
                "somebody says that it is an authority that asks for the door's own name",
                Optional.empty());
        add(
                to,
                line,
                "acme-foreign-name",
                "somebody says that it is an authority that asks for somebody else's name",
                Optional.of("elsewhere.example"));
    }

    private static void add(
            Derivation to, Line line, String name, String story, Optional<String> foreign) {
        to.add(
                "gateway/" + name,
                Family.DOOR,
                story,
                line,
                Expectation.dropped(),
                scene -> {
                    String own = scene.door().to().getHostString();
                    String asked =
                            foreign.or(() -> to.blueprint().declaration().domain()).orElse(own);
                    scene.note(
                            "openssl s_client -alpn acme-tls/1 -servername "
                                    + asked
                                    + " -connect "
                                    + scene.door().host());
                    Road.Hello hello =
                            new Road.Hello(
                                            Pki.careless(Optional.empty()),
                                            List.of("TLSv1.3", "TLSv1.2"),
                                            false)
                                    .speaking(WORD)
                                    .asking(asked);
                    try (Connection connection = scene.door().greeting(Optional.of(hello)).open()) {
                        return answered(connection);
                    } catch (IOException refused) {
                        return Scene.seen(refused);
                    }
                });
    }

    private static Seen answered(Connection connection) {
        if (connection.spoken().equals(WORD)) {
            return new Seen.Yielded("the door spoke " + WORD);
        }
        Optional<X509Certificate> shown = connection.certificate();
        return shown.filter(one -> one.getExtensionValue(EXTENSION) != null).isPresent()
                ? new Seen.Yielded("a certificate was shown that is meant for an authority")
                : new Seen.Thwarted("the word was not taken up, and nothing was shown for it");
    }
}
