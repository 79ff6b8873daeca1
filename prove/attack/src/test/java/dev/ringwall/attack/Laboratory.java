package dev.ringwall.attack;

import dev.ringwall.model.Blueprint;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/// A door on port 0 that lacks whatever it is told to lack, for attacks that the tiny system has no operation for. Everybody who comes has a
/// token that it knows.
final class Laboratory implements AutoCloseable {

    private final Blueprint blueprint;
    private final TinyAuthority authority = new TinyAuthority();
    private final TinyHttp door;

    /// @param spoken the only version of TLS that it speaks
    Laboratory(Blueprint blueprint, String spoken, TinyHttp.Handler behind) throws IOException {
        this.blueprint = blueprint;
        SSLServerSocket socket =
                (SSLServerSocket)
                        authority
                                .server(authority.issue("spiffe://laboratory/gateway"), true, true)
                                .getServerSocketFactory()
                                .createServerSocket();
        socket.setEnabledProtocols(new String[] {spoken});
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {Streams.WORD, "http/1.1"});
        socket.setSSLParameters(parameters);
        this.door = new TinyHttp(socket, Set.of(), behind);
    }

    /// Plays one attack on it.
    Verdict play(String attack) {
        return play(attack, blueprint, door.port(), authority.certificate());
    }

    /// Plays it on another door of this machine, whose certificate that authority vouches for.
    static Verdict play(String attack, Blueprint blueprint, int port, X509Certificate authority) {
        URI at = URI.create("https://localhost:" + port);
        Report report =
                new Prover(InstantSource.system())
                        .run(target(blueprint, at, authority), attack::equals, (_, _, _) -> {});
        return report.results().getFirst().verdict();
    }

    private static Target target(Blueprint blueprint, URI at, X509Certificate authority) {
        return new Target(
                blueprint,
                at,
                authority,
                at.resolve("/auth"),
                Optional.empty(),
                Map.of(),
                Set.of(),
                (_, _) -> Optional.of(new Credential.Token("known")),
                Optional.empty());
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
