package dev.ringwall.node;

import com.sun.management.ThreadMXBean;
import dev.ringwall.audit.Shipment;
import dev.ringwall.audit.Spool;
import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.Header;
import dev.ringwall.events.Ids;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.gateway.DataPlane;
import dev.ringwall.keys.CertificateAuthority;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.Lifetimes;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.Profile;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.keys.TrustRoot;
import dev.ringwall.keys.UnlockSecret;
import dev.ringwall.keys.Vault;
import dev.ringwall.link.EventLines;
import dev.ringwall.link.Messages;
import dev.ringwall.link.MutualTls;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// What an event costs its node on the way from the spool to the control plane: processor time of all threads of this process, and bytes on
/// the heap. The control plane is a [ShippingSink] in another process. Beside it the same events by the JDK's HTTP client, with an array for each.
final class Shipping {

    private static final String SYSTEM = "shop";
    private static final int EVENTS = 50_000;
    private static final int DETAIL_CHARS = 560;
    private static final int WARM_ROUNDS = 8;
    private static final int ROUNDS = 6;

    private final Path folder;
    private final CertificateAuthority authority;
    private final Identity own;
    private final URI sink;

    private Shipping(Path folder, CertificateAuthority authority, URI sink) {
        this.folder = folder;
        this.authority = authority;
        this.own = authority.issue(workload("gateway"));
        this.sink = sink;
    }

    /// Prints lines of a name, nanoseconds of an event, those of the compiler, and bytes of an event, with tabs between.
    ///
    /// @param arguments none, or the folder to work in, on the disk that a spool would lie on
    public static void main(String[] arguments) throws Exception {
        Path folder =
                arguments.length > 0
                        ? Files.createTempDirectory(Path.of(arguments[0]), "shipping")
                        : Files.createTempDirectory("shipping");
        CertificateAuthority authority =
                ((CertificateAuthority.Opened.Ready)
                                CertificateAuthority.open(
                                        folder.resolve("ca"),
                                        SYSTEM,
                                        Vault.under(UnlockSecret.of("known to this run only")),
                                        InstantSource.system(),
                                        Lifetimes.DEFAULT))
                        .authority();
        authority.issue(workload("control")).save(folder.resolve("control.pem"));
        Files.writeString(folder.resolve("root.pem"), authority.root().pem());
        Process other = ShippingSink.start(folder);
        try (var lines = other.inputReader()) {
            int port = Integer.parseInt(lines.readLine());
            new Shipping(folder, authority, URI.create("https://localhost:" + port)).compare();
        } finally {
            other.destroy();
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }

    private void compare() throws Exception {
        TrustRoot root = authority.root();
        try (DataPlane plane =
                        DataPlane.start(
                                dev.ringwall.gateway.NodeSettings.of(root),
                                _ -> {
                                    throw new IllegalStateException("nothing is decided here");
                                },
                                InstantSource.system());
                HttpClient http =
                        HttpClient.newBuilder()
                                .sslContext(
                                        MutualTls.toControl(
                                                () -> own,
                                                new PeerVerifier(root, InstantSource.system())))
                                .version(HttpClient.Version.HTTP_1_1)
                                .build()) {
            Handover handover =
                    new Handover(sink, SpiffeId.control(SYSTEM), () -> own, plane::deliver);
            for (int round = -WARM_ROUNDS; round < ROUNDS; round++) {
                ship(round, "the JDK's client", shipment -> byJdk(http, shipment));
                ship(round, "the data plane", handover::events);
            }
        }
    }

    private ControlLink.Reply<Messages.Ack> byJdk(HttpClient http, Shipment shipment) {
        byte[] lines = new byte[shipment.lines().remaining()];
        shipment.lines().get(0, lines);
        List<byte[]> events = new ArrayList<>(EventLines.split(lines));
        URI to =
                sink.resolve(
                        Messages.EVENTS
                                + "?spool="
                                + shipment.spool()
                                + "&first="
                                + shipment.first());
        try {
            HttpResponse<byte[]> answer =
                    http.send(
                            HttpRequest.newBuilder(to)
                                    .timeout(ControlLink.ANSWER_WITHIN)
                                    .header("Content-Type", EventLines.MEDIA_TYPE)
                                    .POST(
                                            HttpRequest.BodyPublishers.ofByteArray(
                                                    EventLines.join(events)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            return ControlLink.understood(answer.statusCode(), answer.body(), Messages.Ack.class);
        } catch (IOException broken) {
            return new ControlLink.Reply.Unavailable<>(String.valueOf(broken.getMessage()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new ControlLink.Reply.Unavailable<>("interrupted");
        }
    }

    private void ship(
            int round, String name, Function<Shipment, ControlLink.Reply<Messages.Ack>> control)
            throws Exception {
        try (Spool spool =
                ((Spool.Opening.Opened)
                                Spool.open(
                                        Files.createTempDirectory(folder, "spool"),
                                        Spool.BYTES_MAX_DEFAULT,
                                        InstantSource.system()))
                        .spool()) {
            fill(spool);
            ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
            long bytes = threads.getTotalThreadAllocatedBytes();
            ThreadCosts before = ThreadCosts.now();
            Shipper shipper = new Shipper(spool, control);
            Thread shipping =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    while (shipper.shipped() < EVENTS && shipper.run()) {
                                        // until all have arrived
                                    }
                                } catch (InterruptedException stopping) {
                                    Thread.currentThread().interrupt();
                                }
                            });
            shipping.join();
            ThreadCosts spent = ThreadCosts.now().since(before);
            bytes = threads.getTotalThreadAllocatedBytes() - bytes;
            if (shipper.shipped() < EVENTS) {
                throw new IllegalStateException("only " + shipper.shipped() + " were taken");
            }
            System.out.println(
                    (round < 0 ? "warming: " : "")
                            + name
                            + "\t"
                            + spent.work() / EVENTS
                            + "\t"
                            + spent.compiling() / EVENTS
                            + "\t"
                            + bytes / EVENTS);
        }
    }

    private static void fill(Spool spool) {
        Ids ids = new Ids(InstantSource.system());
        for (int i = 0; i < EVENTS; i++) {
            Header header =
                    new Header(
                            ids.next(),
                            InstantSource.system().instant(),
                            SYSTEM,
                            "gateway",
                            Optional.empty(),
                            Optional.empty());
            var kept =
                    spool.record(
                            new SecurityEvent.Administered(
                                    header,
                                    AdminAct.NODE_JOINED,
                                    Actor.system(),
                                    "event " + i,
                                    Map.of("about", "x".repeat(DETAIL_CHARS))));
            if (i == EVENTS - 1) {
                kept.toCompletableFuture().join();
            }
        }
    }

    private static Profile workload(String name) {
        return new Profile.Workload(new SpiffeId(SYSTEM, name), Set.of());
    }
}
