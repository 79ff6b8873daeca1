package dev.ringwall.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A row of entries, each after its length as a big-endian u16, as in entry bundles (C2SP tlog-tiles).
final class Bundle {

    private Bundle() {}

    /// Told of every entry, from its first byte to behind its last one.
    @FunctionalInterface
    interface Told {
        void entry(byte[] bytes, int from, int to);
    }

    /// The whole entries from `offset` on; what follows the last whole one is left out.
    static List<byte[]> entries(byte[] bytes, int offset) {
        List<byte[]> entries = new ArrayList<>();
        each(
                bytes,
                offset,
                bytes.length,
                (row, from, to) -> entries.add(Arrays.copyOfRange(row, from, to)));
        return entries;
    }

    /// Tells of the whole entries between those two, where they lie.
    static void each(byte[] bytes, int offset, int end, Told told) {
        int at = offset;
        while (end - at >= 2) {
            int length = ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
            if (end - at - 2 < length) {
                return;
            }
            told.entry(bytes, at + 2, at + 2 + length);
            at += 2 + length;
        }
    }
}
