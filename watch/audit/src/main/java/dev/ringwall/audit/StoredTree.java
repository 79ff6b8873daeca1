package dev.ringwall.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of a log as they lie there, for a tree of a given size. Believes nothing.
final class StoredTree {

    private final Path folder;
    private final long size;

    StoredTree(Path folder, long size) {
        this.folder = folder;
        this.size = size;
    }

    long size() {
        return size;
    }

    /// How many levels of tiles the tree has.
    int levels() {
        int levels = 0;
        while (levels < TilePath.LEVELS_MAX && TilePath.hashes(size, levels) > 0) {
            levels++;
        }
        return levels;
    }

    /// How many hashes that tile has in this tree.
    int width(int level, long index) {
        return (int)
                Math.min(TilePath.WIDTH, TilePath.hashes(size, level) - index * TilePath.WIDTH);
    }

    /// The hashes of a tile; empty when the file is missing, cut off or too long.
    List<TreeHash> hashes(int level, long index) throws IOException {
        int width = width(level, index);
        long most = (long) TilePath.WIDTH * TreeHash.BYTES;
        byte[] tile = read(TilePath.hashes(folder, level, index, width), most);
        int stored = width;
        if (tile == null) {
            // A partial tile may be deleted once the full one is there.
            tile = read(TilePath.hashes(folder, level, index, TilePath.WIDTH), most);
            stored = TilePath.WIDTH;
        }
        return tile != null && tile.length == stored * TreeHash.BYTES
                ? TileFiles.hashes(tile, width)
                : List.of();
    }

    /// What a tile should hold by the tiles, or entries, right below it; empty when one of those cannot be read.
    List<TreeHash> hashesFromBelow(int level, long index) throws IOException {
        List<TreeHash> hashes = new ArrayList<>();
        int width = width(level, index);
        if (level == 0) {
            StoredBundle bundle = bundle(index);
            return bundle.entries().size() == width && bundle.whole()
                    ? bundle.entries().stream().map(TreeHash::leaf).toList()
                    : List.of();
        }
        for (int i = 0; i < width; i++) {
            List<TreeHash> below = hashes(level - 1, index * TilePath.WIDTH + i);
            if (below.isEmpty()) {
                return List.of();
            }
            hashes.add(TreeHash.over(below));
        }
        return hashes;
    }

    /// One bundle as it lies there.
    ///
    /// @param present whether there is a file
    /// @param whole   whether the file is a row of entries to its end
    record StoredBundle(boolean present, boolean whole, List<byte[]> entries) {}

    StoredBundle bundle(long index) throws IOException {
        int width = width(0, index);
        long most = (long) TilePath.WIDTH * (2 + AuditLog.ENTRY_BYTES_MAX);
        byte[] bytes = read(TilePath.entries(folder, index, width), most);
        boolean longer = false;
        if (bytes == null) {
            bytes = read(TilePath.entries(folder, index, TilePath.WIDTH), most);
            longer = width < TilePath.WIDTH;
        }
        if (bytes == null) {
            return new StoredBundle(false, false, List.of());
        }
        List<byte[]> entries = Bundle.entries(bytes, 0);
        long read = entries.stream().mapToLong(entry -> 2L + entry.length).sum();
        boolean cut = longer && entries.size() > width;
        return new StoredBundle(
                true, read == bytes.length, cut ? entries.subList(0, width) : entries);
    }

    /// How many bundles the tree has.
    long bundles() {
        return (size + TilePath.WIDTH - 1) / TilePath.WIDTH;
    }

    /// The tile's file, relative to the log's folder.
    String name(int level, long index) {
        return folder.relativize(TilePath.hashes(folder, level, index, width(level, index)))
                .toString();
    }

    /// The bundle's file, relative to the log's folder.
    String bundleName(long index) {
        return folder.relativize(TilePath.entries(folder, index, width(0, index))).toString();
    }

    /// The hash of a whole subtree, out of the tiles.
    TreeHash node(int level, long index) throws IOException {
        int tileLevel = level / 8;
        int within = level % 8;
        long first = index << within;
        List<TreeHash> tile = hashes(tileLevel, first / TilePath.WIDTH);
        int from = (int) (first % TilePath.WIDTH);
        if (tile.size() < from + (1 << within)) {
            throw new IOException(
                    name(tileLevel, first / TilePath.WIDTH) + " is missing or cut off");
        }
        return TreeHash.over(tile.subList(from, from + (1 << within)));
    }

    /// The file's bytes; null when there is no such file, also when it went away just now. Of a file that is larger than it may be a single byte,
    /// which is neither a hash nor an entry.
    private static byte @Nullable [] read(Path file, long most) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            return Files.size(file) > most ? new byte[1] : Files.readAllBytes(file);
        } catch (NoSuchFileException deletedMeanwhile) {
            return null;
        }
    }
}
