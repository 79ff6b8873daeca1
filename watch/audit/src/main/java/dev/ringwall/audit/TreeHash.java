package dev.ringwall.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// A hash in a Merkle tree: SHA-256, with leaves and inner nodes told apart by their first byte (RFC 9162 §2.1.1, the same as
/// RFC 6962 §2.1).
public final class TreeHash {

    /// How long every hash is.
    public static final int BYTES = 32;

    /// The root of the tree without leaves.
    public static final TreeHash EMPTY = new TreeHash(sha256().digest());

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    /// The log's own threads hash one entry after the other; a virtual thread does so once and is gone.
    private static final ThreadLocal<MessageDigest> OF_THREAD =
            ThreadLocal.withInitial(TreeHash::sha256);

    private final byte[] bytes;

    private TreeHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The hash of one entry.
    public static TreeHash leaf(byte[] entry) {
        MessageDigest digest = fresh();
        digest.update(LEAF);
        return new TreeHash(digest.digest(entry));
    }

    /// The hash of the node over two others.
    public static TreeHash node(TreeHash left, TreeHash right) {
        MessageDigest digest = fresh();
        digest.update(NODE);
        digest.update(left.bytes);
        return new TreeHash(digest.digest(right.bytes));
    }

    /// The root of the tree over those hashes of equal height, from left to right.
    public static TreeHash over(List<TreeHash> hashes) {
        if (hashes.isEmpty()) {
            return EMPTY;
        }
        if (hashes.size() == 1) {
            return hashes.getFirst();
        }
        // The left part is the largest power of two that is smaller than the whole.
        int left = Integer.highestOneBit(hashes.size() - 1);
        return node(over(hashes.subList(0, left)), over(hashes.subList(left, hashes.size())));
    }

    /// The hash that those bytes are, from `offset` on.
    ///
    /// @throws IllegalArgumentException when there are fewer than [#BYTES] of them
    public static TreeHash of(byte[] bytes, int offset) {
        if (bytes.length - offset < BYTES) {
            throw new IllegalArgumentException(
                    bytes.length - offset + " bytes (expected: " + BYTES + ")");
        }
        return new TreeHash(Arrays.copyOfRange(bytes, offset, offset + BYTES));
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// In base 64, as in checkpoints.
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeHash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }

    /// A digest that has seen nothing.
    private static MessageDigest fresh() {
        if (Thread.currentThread().isVirtual()) {
            return sha256();
        }
        MessageDigest digest = OF_THREAD.get();
        digest.reset();
        return digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
