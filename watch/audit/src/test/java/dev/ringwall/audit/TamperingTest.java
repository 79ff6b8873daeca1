package dev.ringwall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every way to change a stored log, and what is said about it.
class TamperingTest {

    private static final int SIZE = StoredLog.SIZE;

    @TempDir Path folder;

    private StoredLog log;

    @BeforeEach
    void write() throws IOException {
        log = StoredLog.written(folder);
    }

    @Test
    void aFlippedByteOfAnEntryNamesTheEntry() throws IOException {
        List<byte[]> entries = log.bundle(1);
        entries.get(44)[3] ^= 1;
        log.write(1, entries);

        assertThat(log.findings(Optional.empty())).containsExactly(new Finding.EntryChanged(300));
    }

    @Test
    void aFlippedLengthNamesTheFirstEntryThatCannotBeRead() throws IOException {
        Path file = TilePath.entries(folder, 1, 256);
        byte[] bytes = Files.readAllBytes(file);
        int offset = 0;
        for (byte[] entry : log.bundle(1).subList(0, 10)) {
            offset += 2 + entry.length;
        }
        bytes[offset] ^= 0x40;
        Files.write(file, bytes);

        assertThat(log.findings(Optional.empty()))
                .containsExactly(new Finding.EntriesUnreadable("tile/entries/001", 266));
    }

    @Test
    void aDroppedEntryIsNamed() throws IOException {
        List<byte[]> entries = log.bundle(1);
        entries.remove(44);
        log.write(1, entries);

        assertThat(log.findings(Optional.empty()))
                .containsExactly(new Finding.EntriesDropped(300, 300));
    }

    @Test
    void droppedEntriesAreNamedAlsoWhenAllOthersMovedUp() throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (int bundle = 0; bundle < 4; bundle++) {
            all.addAll(log.bundle(bundle));
        }
        all.subList(300, 303).clear();
        all.remove(10);
        for (int bundle = 0; bundle < 4; bundle++) {
            log.write(bundle, all.subList(bundle * 256, Math.min(all.size(), (bundle + 1) * 256)));
        }

        assertThat(log.findings(Optional.empty()))
                .containsExactly(
                        new Finding.EntriesDropped(10, 10), new Finding.EntriesDropped(300, 302));
    }

    @Test
    void reorderedEntriesAreNamed() throws IOException {
        List<byte[]> entries = log.bundle(1);
        Collections.swap(entries, 44, 50);
        log.write(1, entries);

        assertThat(log.findings(Optional.empty()))
                .containsExactly(new Finding.EntriesReordered(300, 306));
    }

    @Test
    void insertedEntriesAreNamed() throws IOException {
        List<byte[]> entries = log.bundle(1);
        entries.add(44, Logs.entry(99_999));
        entries.add(44, Logs.entry(99_998));
        log.write(1, entries);

        assertThat(log.findings(Optional.empty()))
                .containsExactly(new Finding.EntriesInserted(300, 2));
    }

    @Test
    void anEntryPutInAtTheEndIsNamed() throws IOException {
        List<byte[]> entries = log.bundle(3);
        entries.add(Logs.entry(SIZE));
        log.write(3, SIZE - 768, entries);

        assertThat(log.findings(Optional.empty()))
                .containsExactly(new Finding.EntriesInserted(SIZE, 1));
    }

    @Test
    void cutOffEntriesAreCounted() throws IOException {
        Files.delete(TilePath.entries(folder, 3, SIZE - 768));
        assertThat(log.findings(Optional.empty()))
                .containsExactly(new Finding.EntriesCutOff(768, SIZE));

        log.write(2, log.bundle(2).subList(0, 100));
        assertThat(log.findings(Optional.empty()))
                .containsExactly(new Finding.EntriesCutOff(612, SIZE));
    }

    @Test
    void aMissingBundleIsNamed() throws IOException {
        Files.delete(TilePath.entries(folder, 1, 256));
        assertThat(log.findings(Optional.empty()))
                .containsExactly(new Finding.BundleMissing("tile/entries/001", 256, 511));
    }

    @Test
    void aFlippedByteOfAHashTileNamesTheHash() throws IOException {
        StoredLog.flip(TilePath.hashes(folder, 0, 1, 256), 44 * 32 + 5);
        assertThat(log.findings(Optional.empty()))
                .containsExactly(new Finding.TileChanged("tile/0/001", 44));
    }

    @Test
    void aFlippedByteOfTheNewestTilesNamesTheHash() throws IOException {
        StoredLog.flip(TilePath.hashes(folder, 0, 3, SIZE - 768), 100 * 32);
        StoredLog.flip(TilePath.hashes(folder, 1, 0, 3), 64);
        assertThat(log.findings(Optional.empty()))
                .containsExactly(
                        new Finding.TileChanged("tile/1/000.p/3", 2),
                        new Finding.TileChanged("tile/0/003.p/232", 100));
    }

    @Test
    void tilesChangedAboveEachOtherAreNamedWhereTheEntriesAreWhole() throws IOException {
        StoredLog.flip(TilePath.hashes(folder, 0, 1, 256), 0);
        StoredLog.flip(TilePath.hashes(folder, 1, 0, 3), 32);
        assertThat(log.findings(Optional.empty()))
                .containsExactly(
                        new Finding.TileChanged("tile/0/001", 0),
                        new Finding.TileChanged("tile/1/000.p/3", 1));
    }

    @Test
    void aMissingAndACutTileAreNamed() throws IOException {
        Files.delete(TilePath.hashes(folder, 0, 0, 256));
        Path cut = TilePath.hashes(folder, 0, 1, 256);
        Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(cut), 8_000));
        assertThat(log.findings(Optional.empty()))
                .containsExactly(
                        new Finding.TileUnreadable("tile/0/000"),
                        new Finding.TileUnreadable("tile/0/001"));
    }

    @Test
    void anEntryRewrittenTogetherWithItsTileIsNarrowedToTheTile() throws IOException {
        log.rewrite(1, 44);
        assertThat(log.findings(Optional.empty()))
                .containsExactly(new Finding.HistoryRewritten(256, 511));
    }

    @Test
    void anEntryRewrittenUpToTheNewestTileIsStillNoticed() throws IOException {
        log.rewrite(3, 7);
        assertThat(log.findings(Optional.empty()))
                .containsExactly(new Finding.HistoryRewritten(0, SIZE - 1));
    }

    @Test
    void aKeptCheckpointNarrowsDownWhatWasRewritten() throws IOException {
        log.rewrite(3, 7);
        assertThat(log.findings(log.kept()))
                .containsExactly(new Finding.HistoryRewritten(600, SIZE - 1));
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
                    assertThat(StoredLog.verify(folder, Optional.empty()))
                            .as(file.toString())
                            .isInstanceOf(Verification.Unsound.class);
                    Files.write(file, whole);
                });
        assertThat(StoredLog.verify(folder, Optional.empty()))
                .isInstanceOf(Verification.Sound.class);
    }

    @Test
    void theListOfFindingsEnds() throws IOException {
        List<byte[]> entries = log.bundle(1);
        entries.forEach(entry -> entry[3] ^= 1);
        log.write(1, entries);
        assertThat(log.findings(Optional.empty())).hasSize(LogVerifier.FINDINGS_MAX);
    }
}
