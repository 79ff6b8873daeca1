package dev.ringwall.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Writes the tiles of a log, and remembers which of them are not on the disk yet. Used by one thread.
///
/// Until [#sync] a tile may be lost with the power; whoever writes tiles keeps the entries elsewhere until then.
final class TileFiles {

    private final Path log;
    private final RowBuffer rows = new RowBuffer();
    private final Set<Path> unsynced = new LinkedHashSet<>();

    TileFiles(Path log) {
        this.log = log;
    }

    void writeHashes(int level, long index, List<TreeHash> hashes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(hashes.size() * TreeHash.BYTES);
        hashes.forEach(hash -> bytes.put(hash.bytes()));
        write(TilePath.hashes(log, level, index, hashes.size()), bytes.flip(), hashes.size());
    }

    void writeEntries(long index, List<byte[]> entries) throws IOException {
        write(TilePath.entries(log, index, entries.size()), rows.of(entries, 0), entries.size());
    }

    /// Returns when every full tile written so far is on the disk, with the folders that lead to it.
    void sync() throws IOException {
        PrivateFiles.syncAll(unsynced);
        Set<Path> folders = new LinkedHashSet<>();
        for (Path tile : unsynced) {
            for (Path folder = tile.getParent();
                    folder != null && !folder.equals(log.getParent());
                    folder = folder.getParent()) {
                folders.add(folder);
            }
        }
        for (Path folder : folders) {
            PrivateFiles.sync(folder);
        }
        unsynced.clear();
    }

    /// The full tile of hashes; empty when it is not there or not of the size of one.
    static List<TreeHash> fullHashes(Path log, int level, long index) throws IOException {
        Path file = TilePath.hashes(log, level, index, TilePath.WIDTH);
        if (!Files.isRegularFile(file)
                || Files.size(file) != (long) TilePath.WIDTH * TreeHash.BYTES) {
            return List.of();
        }
        return hashes(Files.readAllBytes(file), TilePath.WIDTH);
    }

    static List<TreeHash> hashes(byte[] tile, int width) {
        List<TreeHash> hashes = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            hashes.add(TreeHash.of(tile, i * TreeHash.BYTES));
        }
        return hashes;
    }

    private void write(Path file, ByteBuffer bytes, int width) throws IOException {
        try {
            PrivateFiles.replace(file, bytes.duplicate(), false);
        } catch (NoSuchFileException firstInItsFolder) {
            PrivateFiles.createFolders(Objects.requireNonNull(file.getParent()));
            PrivateFiles.replace(file, bytes.duplicate(), false);
        }
        if (width == TilePath.WIDTH) {
            unsynced.add(file);
            dropPartials(TilePath.partials(file));
        }
    }

    private static void dropPartials(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> partials;
        try (var files = Files.list(folder)) {
            partials = files.toList();
        }
        for (Path partial : partials) {
            Files.delete(partial);
        }
        Files.delete(folder);
    }
}
