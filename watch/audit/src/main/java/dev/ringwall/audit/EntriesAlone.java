package dev.ringwall.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// The tree that the entries alone make, for when no stored hash leads to the signed root.
///
/// @param size     how many entries could be read in a row
/// @param root     the root over them
/// @param keptRoot the root over as many as the kept checkpoint was signed for
record EntriesAlone(long size, TreeHash root, Optional<TreeHash> keptRoot) {

    static EntriesAlone read(StoredTree tree, Optional<Checkpoint> kept) throws IOException {
        RightEdge edge = new RightEdge();
        Optional<TreeHash> keptRoot = Optional.empty();
        long keptSize = kept.map(Checkpoint::size).orElse(-1L);
        for (long bundle = 0;
                bundle < tree.bundles() && edge.size() == bundle * TilePath.WIDTH;
                bundle++) {
            for (byte[] entry : tree.bundle(bundle).entries()) {
                edge.append(TreeHash.leaf(entry), (_, _, _) -> {});
                if (edge.size() == keptSize) {
                    keptRoot = Optional.of(edge.root());
                }
            }
        }
        return new EntriesAlone(edge.size(), edge.root(), keptRoot);
    }

    /// The entries are what was signed for: names every tile that is not what they make.
    void nameTiles(StoredTree tree, Findings findings) throws IOException {
        RightEdge edge = new RightEdge();
        try {
            for (long bundle = 0; bundle < tree.bundles(); bundle++) {
                for (byte[] entry : tree.bundle(bundle).entries()) {
                    edge.append(
                            TreeHash.leaf(entry),
                            (level, index, hashes) ->
                                    nameTile(tree, findings, level, index, hashes));
                }
            }
            for (int level = 0; level < edge.levels(); level++) {
                nameTile(
                        tree,
                        findings,
                        level,
                        TilePath.fullTiles(size, level),
                        edge.partial(level));
            }
        } catch (UncheckedIOException diskFailed) {
            throw new IOException(diskFailed.getMessage(), diskFailed);
        }
    }

    /// The entries are not what was signed for: as near as a kept checkpoint brings us.
    Finding whereRewritten(long signedSize, Optional<Checkpoint> kept) {
        if (kept.isEmpty() || keptRoot.isEmpty()) {
            return new Finding.HistoryRewritten(0, signedSize - 1);
        }
        boolean wholeThen = keptRoot.get().equals(kept.get().root());
        return wholeThen
                ? new Finding.HistoryRewritten(kept.get().size(), signedSize - 1)
                : new Finding.HistoryRewritten(0, kept.get().size() - 1);
    }

    /// Names the tile if it is stored otherwise.
    static void nameTile(
            StoredTree tree, Findings findings, int level, long index, List<TreeHash> believed) {
        List<TreeHash> stored;
        try {
            stored = tree.hashes(level, index);
        } catch (IOException diskFailed) {
            throw new UncheckedIOException(diskFailed);
        }
        if (believed.isEmpty() || stored.equals(believed)) {
            return;
        }
        if (stored.isEmpty()) {
            findings.add(new Finding.TileUnreadable(tree.name(level, index)));
            return;
        }
        int position = 0;
        while (stored.get(position).equals(believed.get(position))) {
            position++;
        }
        findings.add(new Finding.TileChanged(tree.name(level, index), position));
    }
}
