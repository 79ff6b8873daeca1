package dev.ringwall.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One file of the newest entries of a log, which alone makes them durable: tiles are made from it and may be made again.
///
/// It is a row of batches `u64 index of the first entry, u32 count, u32 bytes, u32 CRC-32C` and then the entries, each after its length as
/// u16; all numbers big-endian, the checksum over all but itself. A batch is written and synced before the next one begins, so only the
/// last can be torn. A file takes [#ENTRIES_MAX] entries and begins at a multiple of it. Used by one thread.
final class Journal implements AutoCloseable {

    /// How many entries a file takes: 64 bundles.
    static final int ENTRIES_MAX = 64 * TilePath.WIDTH;

    /// How many entries, and how many bytes of them, are synced together.
    static final int BATCH_ENTRIES_MAX = 2_048;

    static final int BATCH_BYTES_MAX = 4 * 1024 * 1024;

    static final int HEADER_BYTES = 20;

    private static final int CHECKSUM_AT = 16;

    private static final String SUFFIX = ".journal";

    private final RandomAccessFile file;
    private final long first;

    private Journal(RandomAccessFile file, long first, long offset) throws IOException {
        this.file = file;
        this.first = first;
        file.seek(offset);
    }

    /// A new file for the entries from that index on.
    static Journal create(Path folder, long first) throws IOException {
        Path path = folder.resolve(String.format("%020d%s", first, SUFFIX));
        PrivateFiles.create(path);
        Journal journal = new Journal(new RandomAccessFile(path.toFile(), "rw"), first, 0);
        PrivateFiles.sync(folder);
        return journal;
    }

    /// Goes on with a file after its last whole batch; cuts what follows it.
    static Journal reopen(Path path, long offset) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        file.setLength(offset);
        file.getFD().sync();
        return new Journal(file, firstOf(path), offset);
    }

    /// The files in that folder, oldest first.
    static List<Path> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        }
    }

    static long firstOf(Path path) {
        String name = String.valueOf(path.getFileName());
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    /// Returns when the entries are on the disk.
    void append(long index, List<byte[]> entries, RowBuffer rows) throws IOException {
        ByteBuffer batch = rows.of(entries, HEADER_BYTES);
        batch.putLong(0, index)
                .putInt(8, entries.size())
                .putInt(12, batch.limit() - HEADER_BYTES)
                .putInt(CHECKSUM_AT, checksum(batch));
        while (batch.hasRemaining()) {
            file.getChannel().write(batch);
        }
        file.getFD().sync();
    }

    long first() {
        return first;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /// Where a file ended, and whether that is the end that its writer left.
    ///
    /// @param offset after its last whole batch
    /// @param next   the index after its last whole entry
    record End(long offset, long next, Kind kind) {
        enum Kind {
            /// Nothing follows the last whole batch.
            WHOLE,
            /// Something follows that no writer has finished.
            TORN,
            /// Something follows that a writer had finished, because later batches are there.
            DAMAGED
        }
    }

    /// Told of every entry that a file holds, in order.
    interface Entries {
        void entry(byte[] entry) throws IOException;
    }

    /// Reads a file from its beginning.
    static End replay(Path path, Entries entries) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long offset = 0;
            long next = firstOf(path);
            while (true) {
                Batch batch = batchAt(file, offset, next, next);
                if (batch == null) {
                    break;
                }
                for (byte[] entry : batch.entries) {
                    entries.entry(entry);
                }
                offset += batch.bytes;
                next += batch.entries.size();
            }
            End.Kind kind =
                    offset == file.length()
                            ? End.Kind.WHOLE
                            : laterBatch(file, offset, next) ? End.Kind.DAMAGED : End.Kind.TORN;
            return new End(offset, next, kind);
        }
    }

    private record Batch(List<byte[]> entries, int bytes) {}

    /// The whole batch at that offset whose first entry is in that range of indexes; null when there is none.
    private static @Nullable Batch batchAt(
            RandomAccessFile file, long offset, long indexMin, long indexMax) throws IOException {
        if (file.length() - offset < HEADER_BYTES) {
            return null;
        }
        byte[] header = new byte[HEADER_BYTES];
        file.seek(offset);
        file.readFully(header);
        ByteBuffer fields = ByteBuffer.wrap(header);
        long index = fields.getLong();
        int count = fields.getInt();
        int bytes = fields.getInt();
        if (index < indexMin
                || index > indexMax
                || count < 1
                || count > BATCH_ENTRIES_MAX
                || bytes < 0
                || bytes > BATCH_BYTES_MAX
                || bytes > file.length() - offset - HEADER_BYTES) {
            return null;
        }
        byte[] batch = new byte[HEADER_BYTES + bytes];
        System.arraycopy(header, 0, batch, 0, HEADER_BYTES);
        file.readFully(batch, HEADER_BYTES, bytes);
        List<byte[]> entries = Bundle.entries(batch, HEADER_BYTES);
        return fields.getInt() == checksum(ByteBuffer.wrap(batch)) && entries.size() == count
                ? new Batch(entries, batch.length)
                : null;
    }

    private static boolean laterBatch(RandomAccessFile file, long from, long next)
            throws IOException {
        byte[] rest = new byte[(int) Math.min(file.length() - from, Integer.MAX_VALUE - 16)];
        file.seek(from);
        file.readFully(rest);
        ByteBuffer fields = ByteBuffer.wrap(rest);
        long indexMax = next + ENTRIES_MAX;
        for (int at = 1; at + HEADER_BYTES <= rest.length; at++) {
            long index = fields.getLong(at);
            if (index > next
                    && index < indexMax
                    && batchAt(file, from + at, next + 1, indexMax) != null) {
                return true;
            }
        }
        return false;
    }

    private static int checksum(ByteBuffer batch) {
        CRC32C crc = new CRC32C();
        crc.update(batch.slice(0, CHECKSUM_AT));
        crc.update(batch.slice(HEADER_BYTES, batch.limit() - HEADER_BYTES));
        return (int) crc.getValue();
    }
}
