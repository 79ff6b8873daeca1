package dev.ringwall.audit;

import java.nio.file.Path;

/// Where a tile lies below the log's folder (C2SP tlog-tiles): `tile/<level>/<index>` or `tile/entries/<index>`, with `.p/<width>` when it is
/// not full, and the index in groups of three digits.
final class TilePath {

    /// How many hashes, or entries, a full tile holds.
    static final int WIDTH = 256;

    /// Levels that a tree of 2^63 entries can have.
    static final int LEVELS_MAX = 8;

    private TilePath() {}

    static Path hashes(Path log, int level, long index, int width) {
        return at(log.resolve("tile").resolve(Integer.toString(level)), index, width);
    }

    static Path entries(Path log, long index, int width) {
        return at(log.resolve("tile").resolve("entries"), index, width);
    }

    /// The folder of the partial tiles that lead up to the full one.
    static Path partials(Path fullTile) {
        return fullTile.resolveSibling(fullTile.getFileName() + ".p");
    }

    /// How many hashes that level has in a tree of that size: one for every full tile of the level below.
    static long hashes(long size, int level) {
        return size >>> (8 * level);
    }

    /// How many full tiles that level has.
    static long fullTiles(long size, int level) {
        return hashes(size, level) / WIDTH;
    }

    /// How many hashes that level has beyond its full tiles.
    static int partialWidth(long size, int level) {
        return (int) (hashes(size, level) % WIDTH);
    }

    private static Path at(Path folder, long index, int width) {
        StringBuilder name = new StringBuilder(String.format("%03d", index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            name.insert(0, String.format("x%03d/", rest % 1000));
        }
        Path full = folder.resolve(name.toString());
        return width == WIDTH ? full : partials(full).resolve(Integer.toString(width));
    }
}
