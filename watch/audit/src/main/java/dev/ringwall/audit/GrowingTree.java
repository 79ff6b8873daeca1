package dev.ringwall.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The tree of a log that is being written, and the tiles that are made from it. Used by one thread.
final class GrowingTree {

    /// The name of the file with the last checkpoint.
    static final String CHECKPOINT = "checkpoint";

    private final Path folder;
    private final RightEdge edge;
    private final TileFiles tiles;
    private final List<byte[]> bundle = new ArrayList<>();

    /// Goes on where the edge ends; the edge's size is a multiple of a bundle.
    GrowingTree(Path folder, RightEdge edge) {
        this.folder = folder;
        this.edge = edge;
        this.tiles = new TileFiles(folder);
    }

    long size() {
        return edge.size();
    }

    TreeHash root() {
        return edge.root();
    }

    /// The entries of the bundle that is not full.
    List<byte[]> tail() {
        return List.copyOf(bundle);
    }

    /// Adds an entry that is on the disk already.
    void add(byte[] entry) throws IOException {
        bundle.add(entry);
        if (bundle.size() == TilePath.WIDTH) {
            tiles.writeEntries(size() / TilePath.WIDTH, bundle);
            bundle.clear();
        }
        try {
            edge.append(TreeHash.leaf(entry), this::writeHashes);
        } catch (UncheckedIOException diskFailed) {
            throw new IOException(diskFailed.getMessage(), diskFailed);
        }
    }

    /// Signs what is in the tree; the tiles that the checkpoint speaks of are there before it is.
    Checkpoint sign(NoteSigner signer) throws IOException {
        for (int level = 0; level < edge.levels(); level++) {
            List<TreeHash> partial = edge.partial(level);
            if (!partial.isEmpty()) {
                tiles.writeHashes(level, TilePath.fullTiles(size(), level), partial);
            }
        }
        if (!bundle.isEmpty()) {
            tiles.writeEntries(size() / TilePath.WIDTH, bundle);
        }
        Checkpoint checkpoint = new Checkpoint(signer.verifier().name(), size(), edge.root());
        PrivateFiles.replace(folder.resolve(CHECKPOINT), checkpoint.signedBy(signer), true);
        return checkpoint;
    }

    /// Returns when every full tile is on the disk.
    void sync() throws IOException {
        tiles.sync();
    }

    private void writeHashes(int level, long index, List<TreeHash> hashes) {
        try {
            tiles.writeHashes(level, index, hashes);
        } catch (IOException diskFailed) {
            throw new UncheckedIOException(diskFailed);
        }
    }
}
