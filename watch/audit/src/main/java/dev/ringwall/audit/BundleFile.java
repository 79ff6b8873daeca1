package dev.ringwall.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Reads one bundle after the other into the same memory, and tells of their entries where they lie. For one thread.
final class BundleFile {

    private byte[] bytes = new byte[0];

    /// Tells of the whole entries in that file; what it tells of is good until the next file.
    void read(Path file, Bundle.Told told) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int length = Math.toIntExact(channel.size());
            if (bytes.length < length) {
                bytes = new byte[length];
            }
            ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
            while (rest.hasRemaining() && channel.read(rest) >= 0) {
                // On.
            }
            Bundle.each(bytes, 0, rest.position(), told);
        }
    }
}
