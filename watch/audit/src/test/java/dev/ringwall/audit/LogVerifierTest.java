package dev.ringwall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a log is held against: its signature, its origin, and what somebody kept.
class LogVerifierTest {

    private static final int SIZE = StoredLog.SIZE;

    @TempDir Path folder;

    private StoredLog log;

    @BeforeEach
    void write() throws IOException {
        log = StoredLog.written(folder);
    }

    @Test
    void anUntouchedLogIsSoundAtEverySize() throws IOException {
        for (long size : new long[] {0, 1, 2, 255, 256, 257, 512, 700}) {
            Path other = folder.resolve("log-" + size);
            Logs.written(other, size);
            assertThat(StoredLog.verify(other, Optional.empty()))
                    .isInstanceOfSatisfying(
                            Verification.Sound.class,
                            sound -> assertThat(sound.checkpoint().size()).isEqualTo(size));
        }
    }

    @Test
    void aLargeLogIsSound() throws IOException {
        Path other = folder.resolve("large");
        Logs.written(other, 66_000);
        assertThat(StoredLog.verify(other, Optional.empty()))
                .isInstanceOf(Verification.Sound.class);
    }

    @Test
    void aLogThatIsBeingWrittenIsSound() throws IOException {
        Path other = folder.resolve("live");
        try (AuditLog writing = Logs.open(other)) {
            for (int round = 1; round <= 40; round++) {
                for (int i = 0; i < 37; i++) {
                    writing.append(Logs.entry(writing.size()));
                }
                assertThat(StoredLog.verify(other, Optional.empty()))
                        .isInstanceOf(Verification.Sound.class);
            }
        }
    }

    @Test
    void theLogContinuesWhatWasKept() throws IOException {
        assertThat(StoredLog.verify(folder, log.kept()))
                .isInstanceOfSatisfying(
                        Verification.Sound.class,
                        sound -> assertThat(sound.kept().orElseThrow().size()).isEqualTo(600));
    }

    @Test
    void aLogPutBackToAnEarlierStateIsNoticedByAKeptCheckpointOnly() throws IOException {
        Path other = folder.resolve("back");
        Logs.written(other, 600);
        byte[] kept = Files.readAllBytes(folder.resolve("checkpoint"));

        assertThat(StoredLog.verify(other, Optional.empty()))
                .isInstanceOf(Verification.Sound.class);
        assertThat(StoredLog.findings(other, Optional.of(kept)))
                .containsExactly(new Finding.EntriesCutOff(600, SIZE));
    }

    @Test
    void aSecondHistorySignedByTheSameKeyIsNoticedByAKeptCheckpoint() throws IOException {
        Path other = folder.resolve("fork");
        try (AuditLog fork = Logs.open(other)) {
            fork.append(Logs.entry(12_345)).toCompletableFuture().join();
            Logs.fill(fork, SIZE);
        }
        assertThat(StoredLog.verify(other, Optional.empty()))
                .isInstanceOf(Verification.Sound.class);
        assertThat(StoredLog.findings(other, log.kept()))
                .containsExactly(new Finding.HistoryForked(600));
    }

    @Test
    void aCheckpointThatIsNotTheLogsIsNamed() throws IOException {
        Path file = folder.resolve("checkpoint");
        Checkpoint checkpoint = new Checkpoint("shop.ringwall/audit", SIZE, TreeHash.EMPTY);

        Files.write(file, checkpoint.signedBy(Logs.signer("shop.ringwall/audit")));
        assertThat(log.findings(Optional.empty()))
                .containsExactly(new Finding.CheckpointForeign(List.of("shop.ringwall/audit")));

        Files.write(file, new Checkpoint("bank", SIZE, TreeHash.EMPTY).signedBy(Logs.SIGNER));
        assertThat(log.findings(Optional.empty()))
                .containsExactly(new Finding.CheckpointOfAnotherLog("bank", "shop.ringwall/audit"));

        Files.write(file, "hello".getBytes(StandardCharsets.UTF_8));
        assertThat(log.findings(Optional.empty()))
                .singleElement()
                .isInstanceOf(Finding.CheckpointMalformed.class);

        Files.write(file, new byte[SignedNote.BYTES_MAX + 1]);
        assertThat(log.findings(Optional.empty()))
                .singleElement()
                .isInstanceOf(Finding.CheckpointMalformed.class);

        Files.delete(file);
        assertThat(log.findings(Optional.empty())).containsExactly(new Finding.CheckpointMissing());
    }

    @Test
    void aKeptCheckpointThatIsNotTheLogsIsNamed() throws IOException {
        byte[] foreign =
                new Checkpoint("shop.ringwall/audit", 5, TreeHash.EMPTY)
                        .signedBy(Logs.signer("shop.ringwall/audit"));
        assertThat(log.findings(Optional.of(foreign)))
                .containsExactly(
                        new Finding.KeptCheckpointUnusable("it is not signed by this key"));
    }

    @Test
    void everyFindingIsASentence() {
        assertThat(new Finding.EntryChanged(300).words()).isEqualTo("entry 300 was changed");
        assertThat(new Finding.EntriesDropped(1, 2).words()).isEqualTo("entries 1 to 2 dropped");
        assertThat(new Finding.EntriesCutOff(5, 9).words())
                .isEqualTo("cut off: there are 5 entries, but 9 were signed for");
    }
}
