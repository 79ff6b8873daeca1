package dev.ringwall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.AdminAct;
import dev.ringwall.events.EventJson;
import dev.ringwall.events.Recorder.Outcome;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStoreTest {

    private static final String SPOOL = Events.id(77);
    private static final Set<String> NAMES = Set.of("gateway");

    @TempDir Path folder;

    @Test
    void anEventOfTheControlPlaneIsFoundByItsRequest() throws IOException {
        try (AuditLog log = Logs.open(folder);
                EventStore store = store(log)) {
            SecurityEvent event = Events.refusal(5);
            assertThat(store.record(event).toCompletableFuture().join())
                    .isEqualTo(new Outcome.Kept());
            store.record(Events.refusal(6)).toCompletableFuture().join();

            assertThat(store.about(Events.id(5))).containsExactly(new Recorded(0, event));
            assertThat(store.about(Events.id(7))).isEmpty();
        }
    }

    @Test
    void aBatchSentTwiceIsKeptOnce() throws IOException {
        try (AuditLog log = Logs.open(folder);
                EventStore store = store(log)) {
            assertThat(store.accept("gateway", NAMES, batch(1, 5)))
                    .isEqualTo(new EventStore.Accepted.UpTo(5));
            assertThat(store.accept("gateway", NAMES, batch(1, 5)))
                    .isEqualTo(new EventStore.Accepted.UpTo(5));
            assertThat(store.accept("gateway", NAMES, batch(3, 8)))
                    .isEqualTo(new EventStore.Accepted.UpTo(8));

            assertThat(store.page(0, 100))
                    .extracting(recorded -> recorded.event().header().id())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 8).mapToObj(Events::id).toList());
        }
    }

    @Test
    void whatWasAcceptedBeforeARestartIsNotTakenAgainEvenWithoutTheIndex() throws IOException {
        try (AuditLog log = Logs.open(folder);
                EventStore store = store(log)) {
            accept(store, batch(1, 300));
        }
        for (String lost : List.of("nothing", "index")) {
            if (lost.equals("index")) {
                Files.delete(folder.resolve("index.db"));
            }
            try (AuditLog log = Logs.open(folder);
                    EventStore store = store(log)) {
                accept(store, batch(1, 300));
                assertThat(store.size()).isEqualTo(300);
                assertThat(store.about(Events.id(299))).hasSize(1);
            }
        }
    }

    @Test
    void spoolsOfTwoNodesAreToldApart() throws IOException {
        try (AuditLog log = Logs.open(folder);
                EventStore store = store(log)) {
            accept(store, batch(1, 5));
            assertThat(store.accept("orders", NAMES, batch(1, 5)))
                    .isEqualTo(new EventStore.Accepted.UpTo(5));
            assertThat(store.size()).isEqualTo(10);
        }
    }

    @Test
    void batchesOfManySpoolsAtOnceAreEachKeptOnceAndInOrder() throws Exception {
        int spools = 40;
        try (AuditLog log = Logs.open(folder);
                EventStore store = store(log);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int spool = 0; spool < spools; spool++) {
                String id = Events.id(1_000 + spool);
                for (int twice = 0; twice < 2; twice++) {
                    running.add(
                            threads.submit(() -> {
                                for (long first = 1; first <= 41; first += 10) {
                                    Batch batch = batch(first, first + 14);
                                    store.accept(
                                            "gateway", NAMES, new Batch(id, first, batch.events()));
                                }
                            }));
                }
            }
            for (Future<?> each : running) {
                each.get();
            }

            Map<String, List<Long>> sequences = new TreeMap<>();
            for (byte[] entry : Logs.all(log)) {
                LogEntry.Origin origin = LogEntry.key(entry).orElseThrow().origin().orElseThrow();
                sequences
                        .computeIfAbsent(origin.spool(), _ -> new ArrayList<>())
                        .add(origin.sequence());
            }
            assertThat(sequences).hasSize(spools);
            assertThat(sequences.values())
                    .containsOnly(LongStream.rangeClosed(1, 55).boxed().toList());
        }
    }

    @Test
    void whatIsWrittenOtherwiseIsKeptAsItIsWritten() throws IOException {
        String written = new String(EventJson.write(Events.refusal(1)), StandardCharsets.UTF_8);
        byte[] otherwise =
                written.replace("{\"kind\"", "{ \"planet\": \"Mars\", \"kind\"")
                        .getBytes(StandardCharsets.UTF_8);
        try (AuditLog log = Logs.open(folder);
                EventStore store = store(log)) {
            store.accept("gateway", NAMES, new Batch(SPOOL, 1, List.of(otherwise)));

            assertThat(new String(log.read(0).getFirst(), StandardCharsets.UTF_8))
                    .isEqualTo(
                            "{\"from\":\"gateway\",\"spool\":\""
                                    + SPOOL
                                    + "\",\"sequence\":1,\"event\":"
                                    + written
                                    + "}");
        }
    }

    @Test
    void aLieAboutTheNodeIsKeptAsALie() throws IOException {
        try (AuditLog log = Logs.open(folder);
                EventStore store = store(log)) {
            Batch batch =
                    new Batch(
                            SPOOL,
                            1,
                            List.of(
                                    EventJson.write(Events.refusal(1)),
                                    "{}".getBytes(StandardCharsets.UTF_8)));
            assertThat(store.accept("orders", Set.of("orders"), batch))
                    .isEqualTo(new EventStore.Accepted.UpTo(2));

            assertThat(store.page(0, 10))
                    .hasSize(2)
                    .allSatisfy(recorded -> {
                        var refused = (SecurityEvent.Administered) recorded.event();
                        assertThat(refused.act()).isEqualTo(AdminAct.NODE_REFUSED);
                        assertThat(refused.subject()).isEqualTo("orders");
                    });
        }
    }

    @Test
    void anIndexOfAnotherLogOrAheadOfThisOneIsMadeAnew() throws IOException {
        try (AuditLog log = Logs.open(folder.resolve("one"));
                EventStore store =
                        EventStore.over(
                                log, folder.resolve("index.db"), "shop", InstantSource.system())) {
            accept(store, batch(1, 20));
            assertThat(store.about(Events.id(20))).hasSize(1);
        }
        try (AuditLog log = Logs.open(folder.resolve("two"));
                EventStore store =
                        EventStore.over(
                                log, folder.resolve("index.db"), "shop", InstantSource.system())) {
            accept(store, batch(1, 3));
            assertThat(store.about(Events.id(20))).isEmpty();
            assertThat(store.size()).isEqualTo(3);
        }
        Files.write(folder.resolve("index.db"), new byte[] {1, 2, 3});
        try (AuditLog log = Logs.open(folder.resolve("two"));
                EventStore store =
                        EventStore.over(
                                log, folder.resolve("index.db"), "shop", InstantSource.system())) {
            assertThat(store.about(Events.id(3))).hasSize(1);
        }
    }

    @Test
    void ofARequestWithTooManyEventsTheFirstAreFound() throws IOException {
        try (AuditLog log = Logs.open(folder);
                EventStore store = store(log)) {
            // Each of them is about request 0.
            LongStream.rangeClosed(0, EventIndex.EVENTS_PER_REQUEST_MAX)
                    .mapToObj(number -> store.record(Events.firm(number)).toCompletableFuture())
                    .toList()
                    .forEach(CompletableFuture::join);
            assertThat(store.size()).isEqualTo(EventIndex.EVENTS_PER_REQUEST_MAX + 1);
            assertThat(store.about(Events.id(0))).hasSize(EventIndex.EVENTS_PER_REQUEST_MAX);
        }
    }

    @Test
    void anEventThatIsTooLargeIsLostAndSaidToBe() throws IOException {
        try (AuditLog log = Logs.open(folder);
                EventStore store = store(log)) {
            assertThat(store.record(Events.huge()).toCompletableFuture().join())
                    .isInstanceOf(Outcome.Lost.class);
            assertThat(store.size()).isZero();
        }
    }

    @Test
    void aPageGoesOnWhereTheLastOneEnded() throws IOException {
        try (AuditLog log = Logs.open(folder);
                EventStore store = store(log)) {
            accept(store, batch(1, 400));
            List<Recorded> all = new ArrayList<>();
            while (all.size() < 400) {
                List<Recorded> page = store.page(all.size(), 60);
                assertThat(page.getFirst().index()).isEqualTo(all.size());
                all.addAll(page);
            }
            assertThat(all).hasSize(400);
            assertThat(store.page(400, 60)).isEmpty();
        }
    }

    @Test
    void everyEntryIsReadAsItWasWritten() {
        Seeds.each(
                50,
                random -> {
                    LogEntry entry =
                            new LogEntry(
                                    java.util.Optional.of(
                                            new LogEntry.Origin(
                                                    "a\"b",
                                                    SPOOL,
                                                    random.nextLong(1, Long.MAX_VALUE))),
                                    Events.refusal(random.nextLong(1_000_000)));
                    assertThat(LogEntry.parse(entry.bytes()))
                            .isEqualTo(new LogEntry.Parsed.Entry(entry));
                });
    }

    /// Accepts as soon as the index has been made.
    private static void accept(EventStore store, Batch batch) {
        while (!(store.accept("gateway", NAMES, batch) instanceof EventStore.Accepted.UpTo)) {
            Thread.onSpinWait();
        }
    }

    private static Batch batch(long first, long last) {
        return new Batch(
                SPOOL,
                first,
                LongStream.rangeClosed(first, last)
                        .mapToObj(number -> EventJson.write(Events.refusal(number)))
                        .toList());
    }

    private EventStore store(AuditLog log) throws IOException {
        return EventStore.over(log, folder.resolve("index.db"), "shop", InstantSource.system());
    }
}
