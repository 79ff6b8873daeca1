package dev.ringwall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

    @TempDir Path folder;

    @Test
    void entriesAreReadInTheOrderOfTheirPlaces() throws IOException {
        try (AuditLog log = Logs.open(folder)) {
            Logs.fill(log, 700);

            List<byte[]> entries = Logs.all(log);

            assertThat(entries).hasSize(700);
            for (int i = 0; i < 700; i++) {
                assertThat(entries.get(i)).isEqualTo(Logs.entry(i));
            }
            assertThat(log.read(700)).isEmpty();
        }
    }

    @Test
    void appendsOfManyThreadsEachGetAPlaceOfTheirOwn() throws Exception {
        Set<Long> places = new ConcurrentSkipListSet<>();
        try (AuditLog log = Logs.open(folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<java.util.concurrent.Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 32; thread++) {
                int from = thread * 100;
                running.add(
                        threads.submit(() -> {
                            for (int i = from; i < from + 100; i++) {
                                var outcome =
                                        log.append(Logs.entry(i)).toCompletableFuture().join();
                                assertThat(outcome).isInstanceOf(AuditLog.Appended.At.class);
                                long index = ((AuditLog.Appended.At) outcome).index();
                                assertThat(log.size()).isGreaterThan(index);
                                assertThat(log.read(index).getFirst()).isEqualTo(Logs.entry(i));
                                places.add(index);
                            }
                            return null;
                        }));
            }
            for (var thread : running) {
                thread.get();
            }
        }
        assertThat(places).hasSize(3_200).contains(0L, 3_199L);
    }

    @Test
    void aLogOpensAsItWasClosed() throws IOException {
        for (long size : new long[] {0, 1, 255, 256, 257, 1_000}) {
            try (AuditLog log = Logs.open(folder)) {
                Logs.fill(log, size);
            }
            try (AuditLog log = Logs.open(folder)) {
                assertThat(log.size()).isEqualTo(size);
                assertThat(log.checkpoint().size()).isEqualTo(size);
                assertThat(log.checkpoint().root()).isEqualTo(rootOf(Logs.all(log)));
            }
        }
    }

    @Test
    void theJournalIsRetiredAndTheTilesCarryOn() throws IOException {
        long size = Journal.ENTRIES_MAX * 2L + 300;
        Logs.written(folder, size);

        assertThat(Journal.in(folder.resolve("journal"))).hasSize(1);
        try (AuditLog log = Logs.open(folder)) {
            assertThat(log.size()).isEqualTo(size);
            assertThat(log.checkpoint().root()).isEqualTo(rootOf(Logs.all(log)));
            Logs.fill(log, size + 10);
        }
    }

    @Test
    void aSecondWriterIsRefused() throws IOException {
        try (AuditLog log = Logs.open(folder)) {
            assertThat(refusal()).isEqualTo(AuditLog.Cause.IN_USE);
            assertThat(log.size()).isZero();
        }
    }

    @Test
    void anEntryThatIsTooLargeIsLostAndSaidToBe() throws IOException {
        try (AuditLog log = Logs.open(folder)) {
            assertThat(log.append(new byte[AuditLog.ENTRY_BYTES_MAX]).toCompletableFuture().join())
                    .isEqualTo(new AuditLog.Appended.At(0));
            assertThat(
                            log.append(new byte[AuditLog.ENTRY_BYTES_MAX + 1])
                                    .toCompletableFuture()
                                    .join())
                    .isInstanceOf(AuditLog.Appended.Lost.class);
        }
    }

    @Test
    void moreThanMayWaitIsLostAndSaidToBe() throws IOException {
        try (AuditLog log = Logs.open(folder)) {
            byte[] entry = new byte[AuditLog.ENTRY_BYTES_MAX];
            int tooMany = (int) (AuditLog.WAITING_BYTES_MAX / entry.length) + 1;
            assertThat(
                            log.appendAll(Collections.nCopies(tooMany, entry))
                                    .toCompletableFuture()
                                    .join())
                    .isInstanceOf(AuditLog.Appended.Lost.class);
            assertThat(log.append(entry).toCompletableFuture().join())
                    .isEqualTo(new AuditLog.Appended.At(0));
        }
    }

    @Test
    void aClosedLogLosesWhatIsAppended() throws IOException {
        AuditLog log = Logs.open(folder);
        log.close();

        assertThat(log.append(Logs.entry(0)).toCompletableFuture().join())
                .isEqualTo(new AuditLog.Appended.Lost("the log is closed"));
    }

    @Test
    void whatAKilledWriterHadNotFinishedIsCutOff() throws IOException {
        Logs.written(folder, 300);
        Path journal = Journal.in(folder.resolve("journal")).getFirst();
        byte[] whole = Files.readAllBytes(journal);
        // Half of a batch that would have been the next one.
        byte[] torn = Arrays.copyOf(whole, whole.length + 25);
        torn[whole.length + 6] = 1;
        torn[whole.length + 7] = 44;
        torn[whole.length + 11] = 1;
        Files.write(journal, torn);

        try (AuditLog log = Logs.open(folder)) {
            assertThat(log.size()).isEqualTo(300);
        }
        assertThat(Files.readAllBytes(journal)).isEqualTo(whole);
    }

    @Test
    void aJournalThatWasCutOffIsNotOpened() throws IOException {
        Logs.written(folder, 300);
        Path journal = Journal.in(folder.resolve("journal")).getFirst();
        try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
            file.setLength(0);
        }
        byte[] bundle = Files.readAllBytes(TilePath.entries(folder, 0, 256));

        assertThat(refusal()).isEqualTo(AuditLog.Cause.CUT_OFF);
        assertThat(Files.readAllBytes(TilePath.entries(folder, 0, 256))).isEqualTo(bundle);
    }

    @Test
    void anyFlippedByteOfTheJournalIsNoticed() throws IOException {
        for (int i = 0; i < 3; i++) {
            Logs.written(folder, (i + 1) * 10L);
        }
        Path journal = Journal.in(folder.resolve("journal")).getFirst();
        byte[] whole = Files.readAllBytes(journal);
        Set<AuditLog.Cause> causes = new TreeSet<>();
        for (int at = 0; at < whole.length; at += 3) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x10;
            Files.write(journal, flipped);
            causes.add(refusal());
        }
        assertThat(causes).containsOnly(AuditLog.Cause.DAMAGED);
    }

    @Test
    void aRewrittenJournalIsNotOpenedAndNothingIsMadeFromIt() throws IOException {
        Logs.written(folder, 10);
        Path other = folder.resolve("other");
        try (AuditLog log = Logs.open(other)) {
            for (int i = 0; i < 10; i++) {
                log.append(Logs.entry(i == 4 ? 999 : i)).toCompletableFuture().join();
            }
        }
        byte[] bundle = Files.readAllBytes(TilePath.entries(folder, 0, 10));
        Path journal = Journal.in(folder.resolve("journal")).getFirst();
        Files.copy(
                Journal.in(other.resolve("journal")).getFirst(),
                journal,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(refusal()).isEqualTo(AuditLog.Cause.HISTORY_CHANGED);
        assertThat(Files.readAllBytes(TilePath.entries(folder, 0, 10))).isEqualTo(bundle);
    }

    @Test
    void aMissingOrForeignCheckpointIsNotReplaced() throws IOException {
        Logs.written(folder, 10);
        Path checkpoint = folder.resolve("checkpoint");
        byte[] signed = Files.readAllBytes(checkpoint);

        Files.delete(checkpoint);
        assertThat(refusal()).isEqualTo(AuditLog.Cause.HISTORY_CHANGED);

        NoteSigner stranger = Logs.signer("shop.ringwall/audit");
        Files.write(
                checkpoint,
                new Checkpoint("shop.ringwall/audit", 0, TreeHash.EMPTY).signedBy(stranger));
        assertThat(refusal()).isEqualTo(AuditLog.Cause.CHECKPOINT_NOT_OURS);

        Files.write(
                checkpoint,
                new Checkpoint("bank.ringwall/audit", 10, TreeHash.EMPTY).signedBy(Logs.SIGNER));
        assertThat(refusal()).isEqualTo(AuditLog.Cause.CHECKPOINT_NOT_OURS);

        Files.write(checkpoint, signed);
        Logs.open(folder).close();
    }

    @Test
    void aMissingTileBeforeTheJournalIsNamed() throws IOException {
        Logs.written(folder, Journal.ENTRIES_MAX + 1L);
        Files.delete(TilePath.hashes(folder, 0, 7, 256));

        assertThat(Logs.opening(folder))
                .isInstanceOfSatisfying(
                        AuditLog.Opening.Refused.class,
                        refused -> {
                            assertThat(refused.cause()).isEqualTo(AuditLog.Cause.DAMAGED);
                            assertThat(refused.why()).contains("tile/0/007");
                        });
    }

    @Test
    void aWaiterIsToldWhenTheLogGrowsAndWhenItCloses() throws IOException {
        AuditLog log = Logs.open(folder);
        var first = log.grownBeyond(0).toCompletableFuture();
        assertThat(first).isNotDone();

        Logs.fill(log, 1);
        first.join();
        assertThat(log.grownBeyond(0).toCompletableFuture()).isDone();

        var second = log.grownBeyond(1).toCompletableFuture();
        log.close();
        second.join();
    }

    @Test
    void whoIsToldThatTheLogGrewSeesThatItDid() throws Exception {
        try (AuditLog log = Logs.open(folder)) {
            Thread writer =
                    Thread.ofVirtual()
                            .start(() -> {
                                while (!Thread.interrupted()) {
                                    log.append(new byte[] {1}).toCompletableFuture().join();
                                }
                            });
            for (int i = 0; i < 2_000; i++) {
                long size = log.size();
                log.grownBeyond(size).toCompletableFuture().join();
                assertThat(log.size()).isGreaterThan(size);
            }
            writer.interrupt();
            writer.join();
        }
    }

    private AuditLog.Cause refusal() throws IOException {
        return switch (Logs.opening(folder)) {
            case AuditLog.Opening.Refused refused -> refused.cause();
            case AuditLog.Opening.Opened(AuditLog log) -> {
                log.close();
                throw new AssertionError("opened");
            }
        };
    }

    private static TreeHash rootOf(List<byte[]> entries) {
        return TreeHash.over(entries.stream().map(TreeHash::leaf).toList());
    }
}
