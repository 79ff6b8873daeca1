package dev.ringwall.audit;

import com.sun.management.OperatingSystemMXBean;
import dev.ringwall.events.Actor;
import dev.ringwall.events.EventJson;
import dev.ringwall.events.Header;
import dev.ringwall.events.Ids;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.events.Step;
import dev.ringwall.link.EventLines;
import dev.ringwall.model.DataType;
import dev.ringwall.model.Line;
import dev.ringwall.model.Ring;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What an event of a node costs the control plane from its bytes to the log, the tree and the index, in processor time: the log and the
/// index lie on a real disk, and two nodes send batches in turn, at the pace of a busy system.
final class Ingest {

    private static final int BATCH = 1_000;
    private static final int WARM_UP_BATCHES = 500;
    private static final int EVENTS_PER_SECOND = 14_000;

    private static final List<String> NODES = List.of("gateway", "orders");

    private final EventStore store;
    private final Path messages;
    private final Map<String, String> spools = new TreeMap<>();
    private final Map<String, Long> sent = new TreeMap<>();
    private final Ids ids = new Ids(InstantSource.system());
    private long accepting;
    private long bytes;

    private Ingest(EventStore store, Path messages) {
        this.store = store;
        this.messages = messages;
        for (String node : NODES) {
            spools.put(node, ids.next());
            sent.put(node, 0L);
        }
    }

    /// Prints lines of a stage, a tab, and microseconds of processor time for each event.
    ///
    /// @param arguments how many batches of 1,000 events are measured (100), and a folder on the disk that is wanted
    public static void main(String[] arguments) throws Exception {
        int batches = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        Path parent = Path.of(arguments.length > 1 ? arguments[1] : "target");
        Path folder = Files.createTempDirectory(Files.createDirectories(parent), "ingest-");
        try (AuditLog log = open(folder.resolve("audit"));
                EventStore store =
                        EventStore.over(
                                log, folder.resolve("index.db"), "shop", InstantSource.system())) {
            Ingest ingest = new Ingest(store, Files.createDirectory(folder.resolve("messages")));
            ingest.write(WARM_UP_BATCHES + batches);
            ingest.send(0, WARM_UP_BATCHES, Integer.MAX_VALUE);
            ingest.measure(WARM_UP_BATCHES, WARM_UP_BATCHES + batches);
        } finally {
            delete(folder);
        }
    }

    private void measure(int from, int to) throws Exception {
        Map<String, Long> before = spent();
        accepting = 0;
        bytes = 0;
        send(from, to, EVENTS_PER_SECOND);
        Map<String, Long> after = spent();
        long count = (long) (to - from) * BATCH;
        System.out.println("bytes of an event\t" + bytes / count);
        print("accept", accepting, count);
        long rest = accepting;
        for (String stage : List.of("log", "index", "compilers", "collector")) {
            long nanos = after.getOrDefault(stage, 0L) - before.getOrDefault(stage, 0L);
            print(stage, nanos, count);
            rest += nanos;
        }
        long all = after.getOrDefault("all", 0L) - before.getOrDefault("all", 0L);
        print("rest", all - rest, count);
        print("all", all, count);
        print(
                "all but compilers",
                all - after.getOrDefault("compilers", 0L) + before.getOrDefault("compilers", 0L),
                count);
    }

    private static void print(String what, long nanos, long events) {
        double micros = nanos / 1_000.0 / events;
        System.out.println(String.format(Locale.ROOT, "%s\t%.2f", what, micros));
    }

    /// Processor time so far by stage, in nanoseconds, as Linux counts it for each thread (proc(5), `schedstat`).
    private static Map<String, Long> spent() throws IOException {
        Map<String, Long> spent = new TreeMap<>();
        List<Path> threads;
        try (var tasks = Files.list(Path.of("/proc/self/task"))) {
            threads = tasks.toList();
        }
        for (Path thread : threads) {
            String nanos = Files.readString(thread.resolve("schedstat")).split(" ", 2)[0];
            spent.merge(
                    stage(Files.readString(thread.resolve("comm")).strip()),
                    Long.parseLong(nanos),
                    Long::sum);
        }
        spent.put(
                "all",
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getProcessCpuTime());
        return spent;
    }

    private static String stage(String thread) {
        return switch (thread) {
            case "audit-log" -> "log";
            case "audit-index" -> "index";
            case "C1 CompilerThre", "C2 CompilerThre" -> "compilers";
            case "VM Thread" -> "collector"; // the serial one
            default -> "others";
        };
    }

    private void send(int from, int to, int perSecond) throws Exception {
        long due = System.nanoTime();
        for (int i = from; i < to; i++) {
            byte[] message = Files.readAllBytes(messages.resolve(Integer.toString(i)));
            bytes += message.length;
            long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            accept(NODES.get(i % NODES.size()), message);
            accepting += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
            due += TimeUnit.SECONDS.toNanos(BATCH) / perSecond;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        }
    }

    private void accept(String node, byte[] message) {
        long first = sent.getOrDefault(node, 0L) + 1;
        Batch batch = new Batch(spools.getOrDefault(node, ""), first, EventLines.split(message));
        if (!(store.accept(node, Set.of(node), batch) instanceof EventStore.Accepted.UpTo)) {
            throw new IllegalStateException("not accepted");
        }
        sent.put(node, batch.last());
    }

    /// Writes so many messages: of each thousand requests one of the gateway, then one of the sidecar.
    private void write(int batches) throws IOException {
        List<String> requests = List.of();
        for (int i = 0; i < batches; i++) {
            String node = NODES.get(i % NODES.size());
            if (i % NODES.size() == 0) {
                requests = Stream.generate(ids::next).limit(BATCH).toList();
            }
            byte[] message =
                    EventLines.join(
                            requests.stream()
                                    .map(request -> EventJson.write(event(node, request)))
                                    .toList());
            Files.write(messages.resolve(Integer.toString(i)), message);
        }
    }

    private SecurityEvent event(String node, String request) {
        Instant now = Instant.now();
        List<Step> steps = new ArrayList<>();
        long micros = 11;
        for (Ring ring : Ring.values()) {
            steps.add(new Step(ring, true, micros, ring == Ring.FORWARD ? "127.0.0.1:38817" : ""));
            micros += 17;
        }
        return new SecurityEvent.CallDecided(
                new Header(
                        ids.next(),
                        now.truncatedTo(ChronoUnit.MICROS),
                        "shop",
                        node,
                        Optional.of(request),
                        Optional.of("0af7651916cd43dd8448eb211c80319c")),
                node,
                Optional.of("orders.read"),
                "GET",
                new Actor(
                        Actor.Kind.PERSON,
                        "01J9ZZZZZZZZZZZZZZZZZZZZZZ",
                        List.of("shopper"),
                        "192.0.2.117"),
                Optional.of("service:storefront"),
                Optional.empty(),
                List.of(
                        new Line("examples/shop/ringwall.yaml", 133, 7),
                        new Line("examples/shop/ringwall.yaml", 41, 9),
                        new Line("examples/shop/services/orders/ringwall.yaml", 217, 11)),
                steps,
                200,
                DataType.Sensitivity.PERSONAL,
                1);
    }

    private static AuditLog open(Path folder) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        NoteSigner signer =
                NoteSigner.of("shop.ringwall/audit", pair.getPublic(), pair.getPrivate());
        return switch (AuditLog.open(
                folder, signer, AuditLog.CHECKPOINT_EVERY_DEFAULT, InstantSource.system())) {
            case AuditLog.Opening.Opened(AuditLog log) -> log;
            case AuditLog.Opening.Refused(AuditLog.Cause _, String why) ->
                    throw new IllegalStateException(why);
        };
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.sorted((left, right) -> right.compareTo(left)).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
