package dev.ringwall.audit;

import java.util.ArrayList;
import java.util.List;

/// The part of a growing tree that still changes: at every tile level the hashes of the tile that is not full yet.
///
/// It is all of the tree that is held in memory: at most 255 hashes for each of at most eight levels, however long the log is.
final class RightEdge {

    private final List<List<TreeHash>> levels = new ArrayList<>();
    private long size;

    /// Told of every tile in the moment it is full.
    interface FullTiles {
        void full(int level, long index, List<TreeHash> hashes);
    }

    RightEdge() {}

    /// The edge of a tree of that size, by what each level holds beyond its full tiles.
    RightEdge(long size, List<List<TreeHash>> partials) {
        this.size = size;
        partials.forEach(level -> levels.add(new ArrayList<>(level)));
    }

    long size() {
        return size;
    }

    void append(TreeHash leaf, FullTiles tiles) {
        size++;
        TreeHash hash = leaf;
        for (int level = 0; ; level++) {
            if (level == levels.size()) {
                levels.add(new ArrayList<>(TilePath.WIDTH));
            }
            List<TreeHash> tile = levels.get(level);
            tile.add(hash);
            if (tile.size() < TilePath.WIDTH) {
                return;
            }
            tiles.full(level, TilePath.fullTiles(size, level) - 1, List.copyOf(tile));
            hash = TreeHash.over(tile);
            tile.clear();
        }
    }

    /// What the level holds beyond its full tiles.
    List<TreeHash> partial(int level) {
        return List.copyOf(levels.get(level));
    }

    int levels() {
        return levels.size();
    }

    TreeHash root() {
        return root(levels);
    }

    /// The root of a tree by what each level holds beyond its full tiles, lowest level first.
    static TreeHash root(List<? extends List<TreeHash>> partials) {
        TreeHash root = null;
        for (List<TreeHash> level : partials) {
            if (level.isEmpty()) {
                continue;
            }
            List<TreeHash> hashes = level;
            if (root != null) {
                // What is right of this level's last whole subtree hangs under it like one more,
                // incomplete, subtree.
                hashes = new ArrayList<>(level);
                hashes.add(root);
            }
            root = TreeHash.over(hashes);
        }
        return root == null ? TreeHash.EMPTY : root;
    }
}
