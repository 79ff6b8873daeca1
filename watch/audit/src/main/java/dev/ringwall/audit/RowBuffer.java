package dev.ringwall.audit;

import java.nio.ByteBuffer;
import java.util.List;

/// Memory outside of the heap in which entries are put into a row, to be written from there: the same for one row after the other. For one
/// thread.
final class RowBuffer {

    private static final int BYTES_AT_FIRST = 64 * 1024;

    private ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES_AT_FIRST);

    /// The entries as [Bundle] reads them, behind so many bytes that hold anything. Good until the next call.
    ByteBuffer of(List<byte[]> entries, int free) {
        int length = free;
        for (byte[] entry : entries) {
            length += 2 + entry.length;
        }
        if (bytes.capacity() < length) {
            bytes = ByteBuffer.allocateDirect(Math.max(length, bytes.capacity() * 2));
        }
        bytes.clear().position(free);
        for (byte[] entry : entries) {
            bytes.putShort((short) entry.length).put(entry);
        }
        return bytes.flip();
    }
}
