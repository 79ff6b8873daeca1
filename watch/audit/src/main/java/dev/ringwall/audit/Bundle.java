package dev.ringwall.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A row of entries, each after its length as a big-endian u16, as in entry bundles (C2SP tlog-tiles).
final class Bundle {

    private Bundle() {}

    /// The whole entries from `offset` on; what follows the last whole one is left out.
    static List<byte[]> entries(byte[] bytes, int offset) {
        List<byte[]> entries = new ArrayList<>();
        int at = offset;
        while (bytes.length - at >= 2) {
            int length = ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
            if (bytes.length - at - 2 < length) {
                break;
            }
            entries.add(Arrays.copyOfRange(bytes, at + 2, at + 2 + length));
            at += 2 + length;
        }
        return entries;
    }
}
