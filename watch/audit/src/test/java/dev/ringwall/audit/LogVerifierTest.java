package dev.ringwall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogVerifierTest {

    private static final int SIZE = 1_000;

    @TempDir Path folder;

    @BeforeEach
    void write() throws IOException {
        Logs.written(folder, 600);
        Files.copy(folder.resolve("checkpoint"), folder.resolve("kept"));
        Logs.written(folder, SIZE);
    }

    @Test
    void anUntouchedLogIsSoundAtEverySize() throws IOException {
        for (long size : new long[] {0, 1, 2, 255, 256, 257, 512, 700}) {
            Path log = folder.resolve("log-" + size);
            Logs.written(log, size);
            assertThat(verify(log, Optional.empty()))
                    .isInstanceOfSatisfying(
                            Verification.Sound.class,
                            sound -> assertThat(sound.checkpoint().size()).isEqualTo(size));
        }
    }

    @Test
    void aLargeLogIsSound() throws IOException {
        Path log = folder.resolve("large");
        Logs.written(log, 66_000);
        assertThat(verify(log, Optional.empty())).isInstanceOf(Verification.Sound.class);
    }

    @Test
    void aLogThatIsBeingWrittenIsSound() throws IOException {
        Path log = folder.resolve("live");
        try (AuditLog writing = Logs.open(log)) {
            for (int round = 1; round <= 40; round++) {
                for (int i = 0; i < 37; i++) {
                    writing.append(Logs.entry(writing.size()));
                }
                assertThat(verify(log, Optional.empty())).isInstanceOf(Verification.Sound.class);
            }
        }
    }

    @Test
    void theLogContinuesWhatWasKept() throws IOException {
        assertThat(verify(folder, kept()))
                .isInstanceOfSatisfying(
                        Verification.Sound.class,
                        sound -> assertThat(sound.kept().orElseThrow().size()).isEqualTo(600));
    }

    @Test
    void aFlippedByteOfAnEntryNamesTheEntry() throws IOException {
        List<byte[]> entries = bundle(1);
        entries.get(44)[3] ^= 1;
        write(1, entries);

        assertThat(findings()).containsExactly(new Finding.EntryChanged(300));
    }

    @Test
    void aFlippedLengthNamesTheFirstEntryThatCannotBeRead() throws IOException {
        Path file = TilePath.entries(folder, 1, 256);
        byte[] bytes = Files.readAllBytes(file);
        int offset = 0;
        for (byte[] entry : bundle(1).subList(0, 10)) {
            offset += 2 + entry.length;
        }
        bytes[offset] ^= 0x40;
        Files.write(file, bytes);

        assertThat(findings())
                .containsExactly(new Finding.EntriesUnreadable("tile/entries/001", 266));
    }

    @Test
    void aDroppedEntryIsNamed() throws IOException {
        List<byte[]> entries = bundle(1);
        entries.remove(44);
        write(1, entries);

        assertThat(findings()).containsExactly(new Finding.EntriesDropped(300, 300));
    }

    @Test
    void droppedEntriesAreNamedAlsoWhenAllOthersMovedUp() throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (int bundle = 0; bundle < 4; bundle++) {
            all.addAll(bundle(bundle));
        }
        all.subList(300, 303).clear();
        all.remove(10);
        for (int bundle = 0; bundle < 4; bundle++) {
            write(bundle, all.subList(bundle * 256, Math.min(all.size(), (bundle + 1) * 256)));
        }

        assertThat(findings())
                .containsExactly(
                        new Finding.EntriesDropped(10, 10), new Finding.EntriesDropped(300, 302));
    }

    @Test
    void reorderedEntriesAreNamed() throws IOException {
        List<byte[]> entries = bundle(1);
        Collections.swap(entries, 44, 50);
        write(1, entries);

        assertThat(findings()).containsExactly(new Finding.EntriesReordered(300, 306));
    }

    @Test
    void insertedEntriesAreNamed() throws IOException {
        List<byte[]> entries = bundle(1);
        entries.add(44, Logs.entry(99_999));
        entries.add(44, Logs.entry(99_998));
        write(1, entries);

        assertThat(findings()).containsExactly(new Finding.EntriesInserted(300, 2));
    }

    @Test
    void anEntryPutInAtTheEndIsNamed() throws IOException {
        List<byte[]> entries = bundle(3);
        entries.add(Logs.entry(SIZE));
        write(3, SIZE - 768, entries);

        assertThat(findings()).containsExactly(new Finding.EntriesInserted(SIZE, 1));
    }

    @Test
    void cutOffEntriesAreCounted() throws IOException {
        Files.delete(TilePath.entries(folder, 3, SIZE - 768));
        assertThat(findings()).containsExactly(new Finding.EntriesCutOff(768, SIZE));

        write(2, bundle(2).subList(0, 100));
        assertThat(findings()).containsExactly(new Finding.EntriesCutOff(612, SIZE));
    }

    @Test
    void aMissingBundleIsNamed() throws IOException {
        Files.delete(TilePath.entries(folder, 1, 256));
        assertThat(findings())
                .containsExactly(new Finding.BundleMissing("tile/entries/001", 256, 511));
    }

    @Test
    void aFlippedByteOfAHashTileNamesTheHash() throws IOException {
        flip(TilePath.hashes(folder, 0, 1, 256), 44 * 32 + 5);
        assertThat(findings()).containsExactly(new Finding.TileChanged("tile/0/001", 44));
    }

    @Test
    void aFlippedByteOfTheNewestTilesNamesTheHash() throws IOException {
        flip(TilePath.hashes(folder, 0, 3, SIZE - 768), 100 * 32);
        flip(TilePath.hashes(folder, 1, 0, 3), 64);
        assertThat(findings())
                .containsExactly(
                        new Finding.TileChanged("tile/1/000.p/3", 2),
                        new Finding.TileChanged("tile/0/003.p/232", 100));
    }

    @Test
    void tilesChangedAboveEachOtherAreNamedWhereTheEntriesAreWhole() throws IOException {
        flip(TilePath.hashes(folder, 0, 1, 256), 0);
        flip(TilePath.hashes(folder, 1, 0, 3), 32);
        assertThat(findings())
                .containsExactly(
                        new Finding.TileChanged("tile/0/001", 0),
                        new Finding.TileChanged("tile/1/000.p/3", 1));
    }

    @Test
    void aMissingAndACutTileAreNamed() throws IOException {
        Files.delete(TilePath.hashes(folder, 0, 0, 256));
        Path cut = TilePath.hashes(folder, 0, 1, 256);
        Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(cut), 8_000));
        assertThat(findings())
                .containsExactly(
                        new Finding.TileUnreadable("tile/0/000"),
                        new Finding.TileUnreadable("tile/0/001"));
    }

    @Test
    void anEntryRewrittenTogetherWithItsTileIsNarrowedToTheTile() throws IOException {
        rewrite(1, 44);
        assertThat(findings()).containsExactly(new Finding.HistoryRewritten(256, 511));
    }

    @Test
    void anEntryRewrittenUpToTheNewestTileIsStillNoticed() throws IOException {
        rewrite(3, 7);
        assertThat(findings()).containsExactly(new Finding.HistoryRewritten(0, SIZE - 1));
    }

    @Test
    void aKeptCheckpointNarrowsDownWhatWasRewritten() throws IOException {
        rewrite(3, 7);
        assertThat(findings(kept())).containsExactly(new Finding.HistoryRewritten(600, SIZE - 1));
    }

    @Test
    void aLogPutBackToAnEarlierStateIsNoticedByAKeptCheckpointOnly() throws IOException {
        Path log = folder.resolve("back");
        Logs.written(log, 600);
        byte[] kept = Files.readAllBytes(folder.resolve("checkpoint"));

        assertThat(verify(log, Optional.empty())).isInstanceOf(Verification.Sound.class);
        assertThat(findings(log, Optional.of(kept)))
                .containsExactly(new Finding.EntriesCutOff(600, SIZE));
    }

    @Test
    void aSecondHistorySignedByTheSameKeyIsNoticedByAKeptCheckpoint() throws IOException {
        Path log = folder.resolve("fork");
        try (AuditLog fork = Logs.open(log)) {
            fork.append(Logs.entry(12_345)).toCompletableFuture().join();
            Logs.fill(fork, SIZE);
        }
        assertThat(verify(log, Optional.empty())).isInstanceOf(Verification.Sound.class);
        assertThat(findings(log, kept())).containsExactly(new Finding.HistoryForked(600));
    }

    @Test
    void aCheckpointThatIsNotTheLogsIsNamed() throws IOException {
        Path file = folder.resolve("checkpoint");
        Checkpoint checkpoint = new Checkpoint("shop.ringwall/audit", SIZE, TreeHash.EMPTY);

        Files.write(file, checkpoint.signedBy(Logs.signer("shop.ringwall/audit")));
        assertThat(findings())
                .containsExactly(new Finding.CheckpointForeign(List.of("shop.ringwall/audit")));

        Files.write(file, new Checkpoint("bank", SIZE, TreeHash.EMPTY).signedBy(Logs.SIGNER));
        assertThat(findings())
                .containsExactly(new Finding.CheckpointOfAnotherLog("bank", "shop.ringwall/audit"));

        Files.write(file, "hello".getBytes(StandardCharsets.UTF_8));
        assertThat(findings()).singleElement().isInstanceOf(Finding.CheckpointMalformed.class);

        Files.write(file, new byte[SignedNote.BYTES_MAX + 1]);
        assertThat(findings()).singleElement().isInstanceOf(Finding.CheckpointMalformed.class);

        Files.delete(file);
        assertThat(findings()).containsExactly(new Finding.CheckpointMissing());
    }

    @Test
    void aKeptCheckpointThatIsNotTheLogsIsNamed() throws IOException {
        byte[] foreign =
                new Checkpoint("shop.ringwall/audit", 5, TreeHash.EMPTY)
                        .signedBy(Logs.signer("shop.ringwall/audit"));
        assertThat(findings(Optional.of(foreign)))
                .containsExactly(
                        new Finding.KeptCheckpointUnusable("it is not signed by this key"));
    }

    @Test
    void anyFlippedByteAnywhereIsFound() throws IOException {
        List<Path> files = new ArrayList<>();
        for (int index = 0; index < 3; index++) {
            files.add(TilePath.entries(folder, index, 256));
            files.add(TilePath.hashes(folder, 0, index, 256));
        }
        files.add(TilePath.entries(folder, 3, SIZE - 768));
        files.add(TilePath.hashes(folder, 0, 3, SIZE - 768));
        files.add(TilePath.hashes(folder, 1, 0, 3));
        files.add(folder.resolve("checkpoint"));
        Seeds.each(
                150,
                random -> {
                    Path file = files.get(random.nextInt(files.size()));
                    byte[] whole = Files.readAllBytes(file);
                    byte[] flipped = whole.clone();
                    flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
                    Files.write(file, flipped);
                    assertThat(verify(folder, Optional.empty()))
                            .as(file.toString())
                            .isInstanceOf(Verification.Unsound.class);
                    Files.write(file, whole);
                });
        assertThat(verify(folder, Optional.empty())).isInstanceOf(Verification.Sound.class);
    }

    @Test
    void theListOfFindingsEnds() throws IOException {
        List<byte[]> entries = bundle(1);
        entries.forEach(entry -> entry[3] ^= 1);
        write(1, entries);
        assertThat(findings()).hasSize(LogVerifier.FINDINGS_MAX);
    }

    @Test
    void everyFindingIsASentence() {
        assertThat(new Finding.EntryChanged(300).words()).isEqualTo("entry 300 was changed");
        assertThat(new Finding.EntriesDropped(1, 2).words()).isEqualTo("entries 1 to 2 dropped");
        assertThat(new Finding.EntriesCutOff(5, 9).words())
                .isEqualTo("cut off: there are 5 entries, but 9 were signed for");
    }

    /// Changes an entry of the bundle, and its hash in the tile above.
    private void rewrite(int bundle, int at) throws IOException {
        List<byte[]> entries = bundle(bundle);
        entries.get(at)[3] ^= 1;
        write(bundle, entries);
        Path tile = TilePath.hashes(folder, 0, bundle, entries.size());
        byte[] hashes = Files.readAllBytes(tile);
        System.arraycopy(TreeHash.leaf(entries.get(at)).bytes(), 0, hashes, at * 32, 32);
        Files.write(tile, hashes);
    }

    private List<byte[]> bundle(int index) throws IOException {
        Path file = TilePath.entries(folder, index, Math.min(256, SIZE - index * 256));
        return new ArrayList<>(Bundle.entries(Files.readAllBytes(file), 0));
    }

    private void write(int index, List<byte[]> entries) throws IOException {
        write(index, Math.min(256, SIZE - index * 256), entries);
    }

    private void write(int index, int width, List<byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            bytes.write(entry.length >>> 8);
            bytes.write(entry.length);
            bytes.writeBytes(entry);
        }
        Files.write(TilePath.entries(folder, index, width), bytes.toByteArray());
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    private Optional<byte[]> kept() throws IOException {
        return Optional.of(Files.readAllBytes(folder.resolve("kept")));
    }

    private List<Finding> findings() throws IOException {
        return findings(Optional.empty());
    }

    private List<Finding> findings(Optional<byte[]> kept) throws IOException {
        return findings(folder, kept);
    }

    private static List<Finding> findings(Path log, Optional<byte[]> kept) throws IOException {
        return switch (verify(log, kept)) {
            case Verification.Sound _ -> List.of();
            case Verification.Unsound(List<Finding> findings) -> findings;
        };
    }

    private static Verification verify(Path log, Optional<byte[]> kept) throws IOException {
        return new LogVerifier(Logs.SIGNER.verifier()).verify(log, kept);
    }
}
