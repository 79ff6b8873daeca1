package dev.ringwall.audit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lays the entries that are there beside the leaf hashes that were signed for, and names where they part: changed, dropped, put in, in
/// another order, or cut off. Looks at most [#WINDOW] entries ahead.
final class Alignment {

    /// How far apart a leaf and its entry may have moved and still be recognised.
    static final int WINDOW = 2 * TilePath.WIDTH;

    private final StoredTree tree;
    private final Findings findings;
    private final Deque<Leaf> leaves = new ArrayDeque<>();
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final long lastBundle;
    private long nextBundle;
    private long index;

    /// One leaf of the tree.
    ///
    /// @param hash    null when it is not known any more
    /// @param trusted whether the hash is proved by the checkpoint
    private record Leaf(@Nullable TreeHash hash, boolean trusted) {}

    /// One entry of the log.
    ///
    /// @param hash   null when it cannot be read
    /// @param bundle which bundle it is in, when that bundle is broken; -1 otherwise
    private record Entry(@Nullable TreeHash hash, long bundle) {}

    Alignment(StoredTree tree, Findings findings) throws IOException {
        this.tree = tree;
        this.findings = findings;
        long last = tree.bundles() - 1;
        while (last >= 0 && !tree.bundle(last).present()) {
            last--;
        }
        this.lastBundle = last;
    }

    /// The next leaves of the tree, from left to right.
    void leaves(List<TreeHash> hashes, boolean trusted) throws IOException {
        hashes.forEach(hash -> leaves.add(new Leaf(hash, trusted)));
        while (leaves.size() > WINDOW) {
            step();
        }
    }

    /// The next leaves are not known any more.
    void unknown(long count) throws IOException {
        for (long i = 0; i < count; i++) {
            leaves.add(new Leaf(null, false));
            while (leaves.size() > WINDOW) {
                step();
            }
        }
    }

    /// There are no more leaves.
    void end() throws IOException {
        while (!leaves.isEmpty()) {
            step();
        }
        readAhead();
        if (!entries.isEmpty()) {
            findings.add(new Finding.EntriesInserted(index, entries.size()));
        }
    }

    private void step() throws IOException {
        readAhead();
        Leaf leaf = leaves.element();
        Entry entry = entries.peek();
        if (entry == null) {
            findings.add(new Finding.EntriesCutOff(index, tree.size()));
            index += leaves.size();
            leaves.clear();
        } else if (leaf.hash != null && entry.hash != null && leaf.hash.equals(entry.hash)) {
            pass(1, 1);
        } else if (entry.bundle >= 0) {
            findings.add(new Finding.EntriesUnreadable(tree.bundleName(entry.bundle), index));
            skipRestOf(entry.bundle);
        } else if (leaf.hash == null || entry.hash == null) {
            pass(1, 1); // Said already: the leaf is in a rewritten range, or the entry in a missing
            // bundle.
        } else if (!leaf.trusted) {
            findings.add(new Finding.EntryAndTileDisagree(index));
            pass(1, 1);
        } else {
            part(placeOf(entry.hash, hashesOfLeaves()), placeOf(leaf.hash, hashesOfEntries()));
        }
    }

    /// Leaf and entry differ; the entry belongs `ahead` leaves further on, the leaf's entry comes `behind` entries later (-1: nowhere near).
    private void part(int ahead, int behind) {
        if (ahead > 0 && behind > 0) {
            int block = sameSet(hashesOfLeaves(), hashesOfEntries());
            if (block > 0) {
                findings.add(new Finding.EntriesReordered(index, index + block - 1));
                pass(block, block);
                return;
            }
        }
        if (ahead > 0 && behind < 0) {
            findings.add(new Finding.EntriesDropped(index, index + ahead - 1));
            pass(ahead, 0);
        } else if (behind > 0 && ahead < 0) {
            findings.add(new Finding.EntriesInserted(index, behind));
            pass(0, behind);
        } else {
            findings.add(new Finding.EntryChanged(index));
            pass(1, 1);
        }
    }

    private void pass(int fromLeaves, int fromEntries) {
        for (int i = 0; i < fromLeaves; i++) {
            leaves.remove();
        }
        for (int i = 0; i < fromEntries; i++) {
            entries.remove();
        }
        index += fromLeaves;
    }

    private void skipRestOf(long bundle) {
        while (!leaves.isEmpty() && !entries.isEmpty() && entries.element().bundle == bundle) {
            pass(1, 1);
        }
    }

    private void readAhead() throws IOException {
        while (entries.size() < WINDOW && nextBundle <= lastBundle) {
            long bundle = nextBundle++;
            int width = tree.width(0, bundle);
            StoredTree.StoredBundle stored = tree.bundle(bundle);
            long first = bundle * TilePath.WIDTH;
            if (!stored.present()) {
                findings.add(
                        new Finding.BundleMissing(
                                tree.bundleName(bundle), first, first + width - 1));
            }
            boolean broken = stored.present() && !stored.whole();
            if (broken && stored.entries().size() >= width) {
                findings.add(new Finding.EntriesUnreadable(tree.bundleName(bundle), first + width));
            }
            int count = stored.whole() ? stored.entries().size() : width;
            for (int i = 0; i < count; i++) {
                TreeHash hash =
                        i < stored.entries().size() ? TreeHash.leaf(stored.entries().get(i)) : null;
                entries.add(new Entry(hash, broken ? bundle : -1));
            }
        }
    }

    private List<@Nullable TreeHash> hashesOfLeaves() {
        List<@Nullable TreeHash> hashes = new ArrayList<>(leaves.size());
        leaves.forEach(leaf -> hashes.add(leaf.hash));
        return hashes;
    }

    private List<@Nullable TreeHash> hashesOfEntries() {
        List<@Nullable TreeHash> hashes = new ArrayList<>(entries.size());
        entries.forEach(entry -> hashes.add(entry.hash));
        return hashes;
    }

    private static int placeOf(TreeHash hash, List<@Nullable TreeHash> hashes) {
        return hashes.indexOf(hash);
    }

    /// The length of the shortest beginning that holds the same hashes on both sides; 0 when there is none.
    private static int sameSet(List<@Nullable TreeHash> left, List<@Nullable TreeHash> right) {
        Map<@Nullable TreeHash, Integer> surplus = new HashMap<>();
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            count(surplus, left.get(i), 1);
            count(surplus, right.get(i), -1);
            if (surplus.isEmpty()) {
                return i + 1;
            }
        }
        return 0;
    }

    private static void count(
            Map<@Nullable TreeHash, Integer> surplus, @Nullable TreeHash hash, int by) {
        int now = surplus.getOrDefault(hash, 0) + by;
        if (now == 0) {
            surplus.remove(hash);
        } else {
            surplus.put(hash, now);
        }
    }
}
