package dev.ringwall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.EventJson;
import dev.ringwall.events.Recorder.Outcome;
import dev.ringwall.events.SecurityEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    @TempDir Path folder;

    @Test
    void whatIsKeptCanBeShippedInOrder() throws IOException {
        try (Spool spool = open()) {
            for (int i = 1; i <= 10; i++) {
                assertThat(keep(spool, Events.firm(i))).isEqualTo(new Outcome.Kept());
            }

            Batch batch = Shipped.after(spool, 3);

            assertThat(batch.first()).isEqualTo(4);
            assertThat(batch.last()).isEqualTo(10);
            assertThat(batch.events().getFirst()).isEqualTo(EventJson.write(Events.firm(4)));
            assertThat(Shipped.after(spool, 10).events()).isEmpty();
        }
    }

    @Test
    void anEventThatNobodyWaitsForIsOnTheDiskSoonAnyway() throws Exception {
        try (Spool spool = open()) {
            assertThat(spool.record(Events.refusal(1)).toCompletableFuture()).isDone();
            while (spool.syncedUpTo() < 1) {
                Thread.sleep(5);
            }
            assertThat(Shipped.after(spool, 0).events()).hasSize(1);
        }
    }

    @Test
    void eventsAndSequencesSurviveARestart() throws IOException {
        String id;
        try (Spool spool = open()) {
            keep(spool, Events.refusal(1));
            keep(spool, Events.firm(2));
            id = Shipped.after(spool, 0).spool();
        }
        try (Spool spool = open()) {
            keep(spool, Events.firm(3));

            Batch batch = Shipped.after(spool, 0);
            assertThat(batch.spool()).isEqualTo(id);
            assertThat(batch.first()).isEqualTo(1);
            assertThat(batch.events()).hasSize(3);
        }
    }

    @Test
    void aTornFrameIsDroppedAndItsSequenceUsedAgain() throws IOException {
        try (Spool spool = open()) {
            keep(spool, Events.firm(1));
            keep(spool, Events.firm(2));
        }
        Path file = SpoolSegment.in(folder).getFirst();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

        try (Spool spool = open()) {
            assertThat(spool.syncedUpTo()).isEqualTo(1);
            keep(spool, Events.firm(3));
            assertThat(Shipped.after(spool, 0).events())
                    .usingElementComparator(Arrays::compare)
                    .containsExactly(
                            EventJson.write(Events.firm(1)), EventJson.write(Events.firm(3)));
        }
    }

    @Test
    void aFullSpoolLosesWhatComesAndTakesAgainAfterAnAcknowledgement() throws IOException {
        try (Spool spool = open(400_000)) {
            int kept = 0;
            while (keep(spool, Events.refusal(kept + 1)) instanceof Outcome.Kept) {
                kept++;
            }
            assertThat(keep(spool, Events.refusal(0)))
                    .isEqualTo(new Outcome.Lost("the spool is full"));
            assertThat(spool.bytesWaiting()).isLessThanOrEqualTo(400_000);

            keepSynced(spool, kept);
            spool.acknowledge(kept);

            assertThat(keep(spool, Events.refusal(0))).isEqualTo(new Outcome.Kept());
            assertThat(Shipped.after(spool, kept).first()).isEqualTo(kept + 1L);
        }
    }

    @Test
    void shippingInBatchesGivesEveryEventOnce() throws IOException {
        try (Spool spool = open(10_000_000)) {
            for (int i = 1; i <= 5_000; i++) {
                keep(spool, Events.refusal(i));
            }
            keepSynced(spool, 5_000);
            List<byte[]> shipped = new ArrayList<>();
            long acknowledged = spool.acknowledged();
            for (Batch batch = Shipped.after(spool, acknowledged);
                    !batch.events().isEmpty();
                    batch = Shipped.after(spool, acknowledged)) {
                assertThat(batch.first()).isEqualTo(acknowledged + 1);
                shipped.addAll(batch.events());
                acknowledged = batch.last();
                spool.acknowledge(acknowledged);
            }
            assertThat(shipped).hasSize(5_000);
            assertThat(shipped.get(4_321)).isEqualTo(EventJson.write(Events.refusal(4_322)));
            assertThat(SpoolSegment.in(folder)).hasSize(1);
        }
        try (Spool spool = open(10_000_000)) {
            keep(spool, Events.firm(1));
            assertThat(spool.syncedUpTo()).isEqualTo(5_001);
        }
    }

    @Test
    void anAcknowledgementOfWhatWasNeverShippedDeletesNothing() throws IOException {
        try (Spool spool = open()) {
            keep(spool, Events.firm(1));
            spool.acknowledge(1_000_000);
            keep(spool, Events.firm(2));
            assertThat(Shipped.after(spool, 1).events()).hasSize(1);
        }
    }

    @Test
    void aFlippedByteInAnOldFileIsSaidAndTheRestIsStillThere() throws IOException {
        try (Spool spool = open(1_000_000)) {
            for (int i = 1; i <= 1_000; i++) {
                keep(spool, Events.refusal(i));
            }
        }
        List<Path> files = SpoolSegment.in(folder);
        assertThat(files).hasSizeGreaterThan(2);
        byte[] bytes = Files.readAllBytes(files.getFirst());
        bytes[bytes.length - 10] ^= 1;
        Files.write(files.getFirst(), bytes);

        assertThat(Spool.open(folder, 1_000_000, InstantSource.system()))
                .isInstanceOfSatisfying(
                        Spool.Opening.Opened.class,
                        opened -> {
                            try (Spool spool = opened.spool()) {
                                assertThat(opened.damaged())
                                        .singleElement()
                                        .asString()
                                        .contains("are no events");
                                Batch first = Shipped.after(spool, 0);
                                assertThat(Shipped.after(spool, first.last()).first())
                                        .isEqualTo(first.last() + 2);
                            } catch (IOException diskFailed) {
                                throw new AssertionError(diskFailed);
                            }
                        });
    }

    @Test
    void twoProcessesCannotShareASpool() throws IOException {
        try (Spool spool = open()) {
            assertThat(Spool.open(folder, Spool.BYTES_MAX_DEFAULT, InstantSource.system()))
                    .isInstanceOf(Spool.Opening.Refused.class);
            assertThat(spool.bytesWaiting()).isZero();
        }
    }

    @Test
    void anEventThatIsTooLargeIsLostAndSaidToBe() throws IOException {
        try (Spool spool = open()) {
            assertThat(keep(spool, Events.huge())).isInstanceOf(Outcome.Lost.class);
            assertThat(keep(spool, Events.firm(1))).isEqualTo(new Outcome.Kept());
            assertThat(spool.syncedUpTo()).isEqualTo(1);
        }
    }

    @Test
    void aClosedSpoolLosesWhatIsRecorded() throws IOException {
        Spool spool = open();
        spool.close();

        assertThat(keep(spool, Events.firm(1))).isEqualTo(new Outcome.Lost("the spool is closed"));
    }

    @Test
    void manyThreadsLoseNothing() throws Exception {
        try (Spool spool = open();
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<java.util.concurrent.Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int from = thread * 300;
                running.add(
                        threads.submit(() -> {
                            for (int i = from; i < from + 300; i++) {
                                assertThat(
                                                keep(
                                                        spool,
                                                        i % 10 == 0
                                                                ? Events.firm(i)
                                                                : Events.refusal(i)))
                                        .isEqualTo(new Outcome.Kept());
                            }
                        }));
            }
            for (var thread : running) {
                thread.get();
            }
            keepSynced(spool, 2_400);
            assertThat(Shipped.after(spool, 0).events()).hasSize(Batch.EVENTS_MAX);
            assertThat(Shipped.after(spool, Batch.EVENTS_MAX).last()).isEqualTo(2_400);
        }
    }

    private static void keepSynced(Spool spool, long sequence) {
        while (spool.syncedUpTo() < sequence) {
            Thread.onSpinWait();
        }
    }

    private static Outcome keep(Spool spool, SecurityEvent event) {
        return spool.record(event).toCompletableFuture().join();
    }

    private Spool open() throws IOException {
        return open(Spool.BYTES_MAX_DEFAULT);
    }

    private Spool open(long bytesMax) throws IOException {
        return switch (Spool.open(folder, bytesMax, InstantSource.system())) {
            case Spool.Opening.Opened(Spool spool, List<String> damaged) -> {
                assertThat(damaged).isEmpty();
                yield spool;
            }
            case Spool.Opening.Refused refused -> throw new AssertionError(refused);
        };
    }
}
