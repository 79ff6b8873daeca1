package dev.ringwall.audit;

import dev.ringwall.events.EventJson;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/// One file of a [Spool]: frames of `u32 length, u32 CRC-32C, u64 sequence, bytes`, all numbers big-endian. The checksum covers the
/// sequence and the bytes.
///
/// Written through a [RandomAccessFile], because an interrupted thread would close a channel under everybody else.
final class SpoolSegment implements AutoCloseable {

    static final int FRAME_HEADER_BYTES = 16;

    /// Where in a frame its checksum stands, and where the sequence, with which what it covers begins.
    static final int CHECKSUM_AT = 4;

    static final int SEQUENCE_AT = 8;

    private static final String SUFFIX = ".events";

    private final Path path;
    private final long first;
    private final RandomAccessFile file;
    private long next;
    private long bytes;
    private long unreadable;

    /// Whether the folder's entry for it may not be on the disk yet. Only of the thread that syncs.
    private boolean fresh;

    private SpoolSegment(Path path, long first, RandomAccessFile file) {
        this.path = path;
        this.first = first;
        this.next = first;
        this.file = file;
    }

    /// A new, empty segment. Its entry in the folder is not synced yet.
    static SpoolSegment create(Path folder, long first) throws IOException {
        Path path = folder.resolve(String.format("%020d%s", first, SUFFIX));
        PrivateFiles.create(path);
        SpoolSegment segment =
                new SpoolSegment(path, first, new RandomAccessFile(path.toFile(), "rw"));
        segment.fresh = true;
        return segment;
    }

    /// Opens a segment and reads it through.
    ///
    /// @param newest whether it is the one that is written on; what follows its last whole frame was torn by a crash and is cut off
    static SpoolSegment open(Path path, boolean newest) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        SpoolSegment segment = new SpoolSegment(path, firstOf(path), file);
        try (Frames frames = segment.frames()) {
            while (frames.next()) {
                segment.next = frames.sequence() + 1;
                segment.bytes = frames.offset();
            }
        }
        if (newest) {
            file.setLength(segment.bytes);
            file.seek(segment.bytes);
        }
        segment.unreadable = file.length() - segment.bytes;
        file.getFD().sync();
        return segment;
    }

    static List<Path> in(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return new ArrayList<>(
                    files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList());
        }
    }

    /// Hands a frame for each event to the page cache, all by one write; when that fails half-way, what was written is taken back.
    ///
    /// @param room to put the frames together in, where they fit
    void append(List<byte[]> events, ByteBuffer room) throws IOException {
        int length = 0;
        for (byte[] event : events) {
            length += FRAME_HEADER_BYTES + event.length;
        }
        ByteBuffer frames = length <= room.capacity() ? room.clear() : ByteBuffer.allocate(length);
        long sequence = next;
        for (byte[] event : events) {
            int frame = frames.position();
            frames.putInt(event.length).putInt(0).putLong(sequence++).put(event);
            frames.putInt(
                    frame + CHECKSUM_AT,
                    checksum(frames.array(), frame, FRAME_HEADER_BYTES + event.length));
        }
        try {
            file.write(frames.array(), 0, length);
        } catch (IOException diskFailed) {
            file.setLength(bytes);
            file.seek(bytes);
            throw diskFailed;
        }
        bytes += length;
        next = sequence;
    }

    /// Returns when everything appended so far is on the disk.
    void sync() throws IOException {
        file.getFD().sync();
        Path folder = path.getParent();
        if (fresh && folder != null) {
            PrivateFiles.sync(folder);
            fresh = false;
        }
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    long first() {
        return first;
    }

    /// The sequence after the last one in here.
    long next() {
        return next;
    }

    long bytes() {
        return bytes;
    }

    /// How many bytes at the end are no frames although nothing was being written there.
    long unreadable() {
        return unreadable;
    }

    Path path() {
        return path;
    }

    /// Reads the frames through a file handle of its own.
    Frames frames() throws IOException {
        return new Frames(new RandomAccessFile(path.toFile(), "r"));
    }

    private static long firstOf(Path path) {
        String name = String.valueOf(path.getFileName());
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    private static int checksum(byte[] bytes, int frame, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, frame + SEQUENCE_AT, length - SEQUENCE_AT);
        return (int) crc.getValue();
    }

    /// Goes through the whole frames of a segment, in order; ends before the first one that is torn. Reads ahead, so what is appended after
    /// it began may not be seen.
    static final class Frames implements AutoCloseable {
        private static final int WINDOW_BYTES = 64 << 10;

        private final RandomAccessFile file;
        private final byte[] window = new byte[WINDOW_BYTES];
        private final ByteBuffer fields = ByteBuffer.wrap(window);
        private int from;
        private int to;
        private long offset;
        private long sequence;
        private byte[] event = new byte[0];

        private Frames(RandomAccessFile file) {
            this.file = file;
        }

        /// Steps to the next frame; false when there is none.
        boolean next() throws IOException {
            if (!holds(FRAME_HEADER_BYTES)) {
                return false;
            }
            int length = fields.getInt(from);
            int whole = FRAME_HEADER_BYTES + length;
            if (length < 1 || length > EventJson.EVENT_BYTES_MAX || !holds(whole)) {
                return false;
            }
            if (fields.getInt(from + CHECKSUM_AT) != checksum(window, from, whole)) {
                return false;
            }
            sequence = fields.getLong(from + SEQUENCE_AT);
            event = Arrays.copyOfRange(window, from + FRAME_HEADER_BYTES, from + whole);
            from += whole;
            offset += whole;
            return true;
        }

        /// Whether so many bytes follow; reads them where they are not there yet. Never more than a frame, which fits.
        private boolean holds(int bytes) throws IOException {
            if (to - from >= bytes) {
                return true;
            }
            System.arraycopy(window, from, window, 0, to - from);
            to -= from;
            from = 0;
            while (to < bytes) {
                int read = file.read(window, to, WINDOW_BYTES - to);
                if (read < 0) {
                    return false;
                }
                to += read;
            }
            return true;
        }

        /// Where the frame after this one begins.
        long offset() {
            return offset;
        }

        long sequence() {
            return sequence;
        }

        byte[] event() {
            return event;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
