package dev.ringwall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.EventJson;
import dev.ringwall.events.Recorder.Outcome;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.events.SecurityEvent.CallDecided;
import dev.ringwall.model.Reason;
import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldingTest {

    @TempDir Path folder;

    private final HandClock clock = HandClock.at(Events.AT);

    @Test
    void aFloodBecomesAFewEventsAndAnExactCount() throws IOException {
        try (Spool spool = spool()) {
            try (Folding folding = folding(spool)) {
                for (int i = 0; i < 10_000; i++) {
                    assertThat(keep(folding, Events.refusal(i))).isEqualTo(new Outcome.Kept());
                }
            }
            List<CallDecided> events = recorded(spool);
            assertThat(events).hasSizeBetween(6, 20);
            assertThat(total(events)).isEqualTo(10_000);
        }
    }

    @Test
    void unlikeRefusalsAreToldApart() throws IOException {
        try (Spool spool = spool()) {
            try (Folding folding = folding(spool)) {
                for (int i = 0; i < 100; i++) {
                    keep(folding, Events.refusal(i, "192.0.2.1", Reason.NOT_ALLOWED));
                    keep(folding, Events.refusal(i, "192.0.2.2", Reason.NOT_ALLOWED));
                    keep(folding, Events.refusal(i, "192.0.2.2", Reason.NO_TOKEN));
                }
            }
            assertThat(recorded(spool))
                    .filteredOn(call -> call.times() > 1)
                    .hasSizeGreaterThanOrEqualTo(3);
            assertThat(total(recorded(spool))).isEqualTo(300);
        }
    }

    @Test
    void aFewRefusalsASecondStandForThemselves() throws IOException {
        try (Spool spool = spool()) {
            try (Folding folding = folding(spool)) {
                for (int second = 0; second < 10; second++) {
                    for (int i = 0; i < Folding.SINGLE_PER_SECOND; i++) {
                        keep(folding, Events.refusal(second * 10L + i));
                    }
                    clock.advance(Duration.ofSeconds(1));
                }
            }
            assertThat(recorded(spool))
                    .hasSize(10 * Folding.SINGLE_PER_SECOND)
                    .allMatch(call -> call.times() == 1);
        }
    }

    @Test
    void theCountIsWrittenWithinASecondOrSo() throws Exception {
        try (Spool spool = spool();
                Folding folding = Folding.over(spool, folder.resolve("folded"), clock)) {
            for (int i = 0; i < 50; i++) {
                keep(folding, Events.refusal(i));
            }
            while (spool.syncedUpTo() < Folding.SINGLE_PER_SECOND + 1) {
                Thread.sleep(20);
            }
            assertThat(total(recorded(spool))).isEqualTo(50);
        }
    }

    @Test
    void aCountSurvivesTheDeathOfTheProcess() throws IOException {
        Path counts = folder.resolve("folded");
        try (Spool spool = spool();
                Folding folding = folding(spool)) {
            for (int i = 0; i < 1_000; i++) {
                keep(folding, Events.refusal(i));
            }
            // What the file looks like while the process lives is what it looks like after a kill.
            Files.copy(counts, folder.resolve("killed"));
        }
        long single = Folding.SINGLE_PER_SECOND;
        try (Spool spool = spool(folder.resolve("other"))) {
            Files.move(folder.resolve("killed"), counts, StandardCopyOption.REPLACE_EXISTING);
            folding(spool).close();
            assertThat(total(recorded(spool))).isEqualTo(1_000 - single);
            folding(spool).close();
            assertThat(total(recorded(spool))).isEqualTo(1_000 - single);
        }
    }

    @Test
    void aCountThatWasBeingWrittenWhenTheProcessDiedIsNotWrittenTwice() throws IOException {
        Path counts = folder.resolve("folded");
        FoldSlots slots = FoldSlots.open(counts);
        int slot = slots.take(EventJson.write(Events.refusal(7)), 41);
        slots.writingOut(slot);
        try (Spool spool = spool()) {
            keep(spool, Events.refusal(7));
            folding(spool).close();
            assertThat(recorded(spool)).hasSize(1);
        }
        slots = FoldSlots.open(counts);
        slot = slots.take(EventJson.write(Events.refusal(8)), 41);
        slots.writingOut(slot);
        try (Spool spool = spool()) {
            folding(spool).close();
            assertThat(total(recorded(spool))).isEqualTo(42);
        }
    }

    @Test
    void aFullSpoolDoesNotLoseTheCount() throws IOException {
        try (Spool spool = open(folder.resolve("spool"), 300_000)) {
            long filled = 0;
            while (keep(spool, Events.firm(filled)) instanceof Outcome.Kept) {
                filled++;
            }
            while (keep(spool, Events.refusal(0)) instanceof Outcome.Kept) {
                filled++;
            }
            assertThat(filled).isPositive();
            Folding folding = folding(spool);
            for (int i = 0; i < 1_000; i++) {
                Outcome outcome = keep(folding, Events.refusal(i));
                assertThat(outcome instanceof Outcome.Kept)
                        .isEqualTo(i >= Folding.SINGLE_PER_SECOND);
            }
            folding.writeOut();
            spool.acknowledge(spool.syncedUpTo());
            folding.close();
            assertThat(recorded(spool))
                    .filteredOn(call -> call.times() > 1)
                    .singleElement()
                    .satisfies(call ->
                            assertThat(call.times()).isEqualTo(1_000 - Folding.SINGLE_PER_SECOND));
        }
    }

    @Test
    void moreFloodsThanSlotsAreRecordedOneByOne() throws IOException {
        int sources = FoldSlots.SLOTS_MAX + 10;
        try (Spool spool = spool()) {
            try (Folding folding = folding(spool)) {
                for (int i = 0; i < 20 * sources; i++) {
                    keep(folding, Events.refusal(i, "192.0.2." + i % sources, Reason.NOT_ALLOWED));
                }
            }
            assertThat(total(recorded(spool))).isEqualTo(20L * sources);
        }
    }

    @Test
    void whatIsNoRefusalPasses() throws IOException {
        try (Spool spool = spool()) {
            try (Folding folding = folding(spool)) {
                for (int i = 0; i < 50; i++) {
                    keep(folding, Events.firm(i));
                }
            }
            assertThat(spool.syncedUpTo()).isEqualTo(50);
        }
    }

    @Test
    void manyThreadsCountExactly() throws Exception {
        try (Spool spool = spool()) {
            try (Folding folding = folding(spool);
                    ExecutorService threads = Executors.newFixedThreadPool(4)) {
                List<java.util.concurrent.Future<?>> running = new ArrayList<>();
                for (int thread = 0; thread < 4; thread++) {
                    running.add(
                            threads.submit(() -> {
                                for (int i = 0; i < 5_000; i++) {
                                    keep(
                                            folding,
                                            Events.refusal(
                                                    i, "192.0.2." + i % 3, Reason.NOT_ALLOWED));
                                    if (i % 100 == 0) {
                                        clock.advance(Duration.ofMillis(20));
                                        folding.writeOut();
                                    }
                                }
                            }));
                }
                for (var thread : running) {
                    thread.get();
                }
            }
            assertThat(total(recorded(spool))).isEqualTo(20_000);
        }
    }

    private static long total(List<CallDecided> events) {
        return events.stream().mapToLong(CallDecided::times).sum();
    }

    /// All refusals in the spool, once they are on the disk.
    private static List<CallDecided> recorded(Spool spool) throws IOException {
        assertThat(keep(spool, Events.firm(0))).isEqualTo(new Outcome.Kept());
        List<CallDecided> events = new ArrayList<>();
        long from = 0;
        for (Batch batch = Shipped.after(spool, from);
                !batch.events().isEmpty();
                batch = Shipped.after(spool, from)) {
            for (byte[] event : batch.events()) {
                if (EventJson.read(event) instanceof EventJson.Parsed.Event(CallDecided call)) {
                    events.add(call);
                }
            }
            from = batch.last();
        }
        return events;
    }

    private static Outcome keep(dev.ringwall.events.Recorder recorder, SecurityEvent event) {
        return recorder.record(event).toCompletableFuture().join();
    }

    private Folding folding(Spool spool) throws IOException {
        return Folding.over(spool, folder.resolve("folded"), clock, Duration.ofDays(1));
    }

    private Spool spool() throws IOException {
        return spool(folder.resolve("spool"));
    }

    private static Spool spool(Path folder) throws IOException {
        return open(folder, Spool.BYTES_MAX_DEFAULT);
    }

    private static Spool open(Path folder, long bytesMax) throws IOException {
        return ((Spool.Opening.Opened) Spool.open(folder, bytesMax, InstantSource.system()))
                .spool();
    }
}
