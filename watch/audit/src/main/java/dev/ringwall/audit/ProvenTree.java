package dev.ringwall.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Goes down a stored tree from a root that is believed, so that a hash is believed only under one that is, and hands the leaf hashes to an
/// [Alignment]. Where a tile does not fit, what it should hold is made from what lies below it, and believed if that fits.
///
/// Holds one tile for each level, however large the tree is.
final class ProvenTree {

    private final StoredTree tree;
    private final Findings findings;
    private final Alignment alignment;

    ProvenTree(StoredTree tree, Findings findings, Alignment alignment) {
        this.tree = tree;
        this.findings = findings;
        this.alignment = alignment;
    }

    /// Goes through the tree if its root can be reached; false when neither tiles nor entries lead to it. Then nothing has been handed on.
    boolean walk(TreeHash root) throws IOException {
        List<List<List<TreeHash>>> choices = new ArrayList<>();
        for (int level = 0; level < tree.levels(); level++) {
            choices.add(edgeChoices(level));
        }
        List<List<TreeHash>> edge = fitting(choices, new ArrayList<>(), root);
        if (edge == null) {
            return false;
        }
        for (int level = edge.size() - 1; level >= 0; level--) {
            long index = TilePath.fullTiles(tree.size(), level);
            EntriesAlone.nameTile(tree, findings, level, index, edge.get(level));
            down(level, index, edge.get(level));
        }
        return true;
    }

    /// What the level's last, partial tile may be: as it is stored, and as what lies below it says.
    private List<List<TreeHash>> edgeChoices(int level) throws IOException {
        long index = TilePath.fullTiles(tree.size(), level);
        if (TilePath.partialWidth(tree.size(), level) == 0) {
            return List.of(List.of());
        }
        List<List<TreeHash>> choices = new ArrayList<>();
        for (List<TreeHash> hashes :
                List.of(tree.hashes(level, index), tree.hashesFromBelow(level, index))) {
            if (!hashes.isEmpty() && !choices.contains(hashes)) {
                choices.add(hashes);
            }
        }
        return choices;
    }

    private static @Nullable List<List<TreeHash>> fitting(
            List<List<List<TreeHash>>> choices, List<List<TreeHash>> chosen, TreeHash root) {
        if (chosen.size() == choices.size()) {
            return RightEdge.root(chosen).equals(root) ? List.copyOf(chosen) : null;
        }
        for (List<TreeHash> choice : choices.get(chosen.size())) {
            chosen.addLast(choice);
            List<List<TreeHash>> found = fitting(choices, chosen, root);
            chosen.removeLast();
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /// Hands on the leaves below believed hashes, which are those of that tile.
    private void down(int level, long tile, List<TreeHash> believed) throws IOException {
        if (level == 0) {
            alignment.leaves(believed, true);
            return;
        }
        for (int i = 0; i < believed.size(); i++) {
            long below = tile * TilePath.WIDTH + i;
            List<TreeHash> hashes = tree.hashes(level - 1, below);
            if (!fits(hashes, believed.get(i))) {
                hashes = tree.hashesFromBelow(level - 1, below);
            }
            if (fits(hashes, believed.get(i))) {
                EntriesAlone.nameTile(tree, findings, level - 1, below, hashes);
                down(level - 1, below, hashes);
            } else {
                long leaves = 1L << (8 * level);
                findings.add(
                        new Finding.HistoryRewritten(below * leaves, (below + 1) * leaves - 1));
                alignment.unknown(leaves);
            }
        }
    }

    private static boolean fits(List<TreeHash> hashes, TreeHash believed) {
        return !hashes.isEmpty() && TreeHash.over(hashes).equals(believed);
    }
}
