package dev.ringwall.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Short proofs about a tree of hashes, made from its nodes and checked against roots alone (RFC 9162 §2.1.3 and §2.1.4).
public final class Proofs {

    private Proofs() {}

    /// Where the hashes of whole subtrees come from.
    @FunctionalInterface
    public interface Nodes {
        /// The hash over the `2^level` leaves from `index * 2^level` on.
        TreeHash node(int level, long index) throws IOException;
    }

    /// The root of the first `size` leaves.
    public static TreeHash root(long size, Nodes nodes) throws IOException {
        return size == 0 ? TreeHash.EMPTY : over(0, size, nodes);
    }

    /// The hashes that lead from a leaf to the root of the first `size` leaves (RFC 9162 §2.1.3.1).
    ///
    /// @throws IllegalArgumentException when the tree has no such leaf
    public static List<TreeHash> inclusion(long index, long size, Nodes nodes) throws IOException {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("leaf " + index + " of " + size);
        }
        List<TreeHash> path = new ArrayList<>();
        long start = 0;
        long end = size;
        while (end - start > 1) {
            long middle = start + leftPart(end - start);
            if (index < middle) {
                path.addFirst(over(middle, end, nodes));
                end = middle;
            } else {
                path.addFirst(over(start, middle, nodes));
                start = middle;
            }
        }
        return path;
    }

    /// Whether the path leads from that leaf to that root (RFC 9162 §2.1.3.2).
    public static boolean included(
            TreeHash leaf, long index, long size, List<TreeHash> path, TreeHash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long at = index;
        long last = size - 1;
        TreeHash hash = leaf;
        for (TreeHash sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                hash = TreeHash.node(sibling, hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                hash = TreeHash.node(hash, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /// The hashes that show that the first `older` leaves of `size` are what they were (RFC 9162 §2.1.4.1).
    ///
    /// @throws IllegalArgumentException when `older` is not between 0 and `size`
    public static List<TreeHash> consistency(long older, long size, Nodes nodes)
            throws IOException {
        if (older < 0 || older > size) {
            throw new IllegalArgumentException("from " + older + " to " + size + " leaves");
        }
        List<TreeHash> path = new ArrayList<>();
        if (older == 0 || older == size) {
            return path;
        }
        long start = 0;
        long end = size;
        while (end != older) {
            long middle = start + leftPart(end - start);
            if (older <= middle) {
                path.addFirst(over(middle, end, nodes));
                end = middle;
            } else {
                path.addFirst(over(start, middle, nodes));
                start = middle;
            }
        }
        if (start > 0) {
            path.addFirst(over(start, end, nodes));
        }
        return path;
    }

    /// Whether the path shows that the tree with the second root begins with the one with the first (RFC 9162 §2.1.4.2).
    public static boolean consistent(
            long older, long size, TreeHash olderRoot, TreeHash root, List<TreeHash> path) {
        if (older < 0 || older > size) {
            return false;
        }
        if (older == size || older == 0) {
            return path.isEmpty()
                    && (older == 0 ? olderRoot.equals(TreeHash.EMPTY) : olderRoot.equals(root));
        }
        List<TreeHash> hashes = new ArrayList<>(path);
        if (Long.bitCount(older) == 1) {
            hashes.addFirst(olderRoot);
        }
        if (hashes.isEmpty()) {
            return false;
        }
        long at = older - 1;
        long last = size - 1;
        while ((at & 1) == 1) {
            at >>= 1;
            last >>= 1;
        }
        TreeHash first = hashes.getFirst();
        TreeHash second = hashes.getFirst();
        for (TreeHash hash : hashes.subList(1, hashes.size())) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                first = TreeHash.node(hash, first);
                second = TreeHash.node(hash, second);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                second = TreeHash.node(second, hash);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && first.equals(olderRoot) && second.equals(root);
    }

    /// The hash over the leaves from `start` to `end`; `start` is a multiple of the power of two that is not less than their number.
    private static TreeHash over(long start, long end, Nodes nodes) throws IOException {
        long leaves = end - start;
        if (Long.bitCount(leaves) == 1) {
            int level = Long.numberOfTrailingZeros(leaves);
            return nodes.node(level, start >>> level);
        }
        long middle = start + leftPart(leaves);
        return TreeHash.node(over(start, middle, nodes), over(middle, end, nodes));
    }

    /// The largest power of two that is less than the number.
    private static long leftPart(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }
}
