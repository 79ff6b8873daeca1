package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.keys.CertificateAuthority;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.Profile;
import dev.ringwall.keys.SpiffeId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/// A node that hands something over, and what it is handed to.
final class Deliveries implements AutoCloseable {

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    static final Duration WITHIN = Duration.ofSeconds(20);

    final List<String> heads = new CopyOnWriteArrayList<>();
    final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    World world;
    MutualServer server;

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
        world.close();
    }

    void begin(NodeSettings.TlsLibrary tls) throws Exception {
        world =
                new World(
                        Map.of("ringwall.yaml", Shop.YAML),
                        with -> with.with(tls),
                        Rings::standard);
    }

    void begin(MutualServer.Speaker speaker) throws Exception {
        begin(NodeSettings.TlsLibrary.QUICKEST);
        serve(world.issue("control"), speaker);
    }

    void serve(Identity identity, MutualServer.Speaker speaker) throws Exception {
        server = new MutualServer(identity, verifier(), speaker);
    }

    private PeerVerifier verifier() {
        return new PeerVerifier(world.authority.root(), Clock.systemUTC());
    }

    /// Reads everything and says that all is well.
    void take(SSLSocket connection) throws IOException {
        InputStream in = connection.getInputStream();
        for (String head = MutualServer.head(in); !head.isEmpty(); head = MutualServer.head(in)) {
            heads.add(head);
            bodies.add(MutualServer.body(head, in));
            MutualServer.answer(connection, OK);
        }
    }

    Delivery.Outcome deliver(byte[] body) throws Exception {
        return deliver(
                server.at("/v1/events?first=1"), world.identity("gateway").get(), body, WITHIN);
    }

    Delivery.Outcome deliver(URI to, Identity as, byte[] body, Duration within) throws Exception {
        ByteBuffer direct = ByteBuffer.allocateDirect(body.length).put(body).flip();
        SpiffeId control = SpiffeId.control(world.authority.root().system());
        Delivery.Outcome outcome =
                world.plane
                        .deliver(
                                new Delivery(
                                        to, control, as, "application/x-ndjson", direct, within))
                        .toCompletableFuture()
                        .get(1, TimeUnit.MINUTES);
        assertThat(direct.remaining()).isEqualTo(body.length);
        return outcome;
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static void assertGood(Delivery.Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Delivery.Outcome.Answered.class,
                        answered -> {
                            assertThat(answered.status()).isEqualTo(200);
                            assertThat(answered.body()).asString().isEqualTo("{}");
                        });
    }

    static void assertUnanswered(Delivery.Outcome outcome, String why) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Delivery.Outcome.Unanswered.class,
                        unanswered -> assertThat(unanswered.why()).contains(why));
    }

    /// An identity of a system of the same name that nobody here knows.
    Identity stranger(String name) {
        String system = world.authority.root().system();
        CertificateAuthority other = World.another(system);
        return other.issue(new Profile.Workload(new SpiffeId(system, name), Set.of()));
    }
}
