package dev.ringwall.audit;

import dev.ringwall.events.EventJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Reads a [Spool] for whoever ships it. Frames are read in large pieces, checked, and moved together where they lie, so that an event
/// costs no object and is copied once. The buffer is kept, as large as what waited at most. For one thread at a time.
public final class SpoolReader {

    /// Room for a frame of any size.
    private static final int BUFFER_BYTES_MIN = 64 << 10;

    private static final byte LINE_BREAK = '\n';

    private final Spool spool;
    private final CRC32C checksum = new CRC32C();
    private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES_MIN);

    /// Where the last shipment began, and where it ended: there the next one is found, and the same once more.
    private @Nullable Mark begun;

    private @Nullable Mark ended;

    SpoolReader(Spool spool) {
        this.spool = spool;
    }

    /// Where the frame of that sequence ends in its file.
    private record Mark(SpoolSegment segment, long sequence, long offset) {}

    /// What was moved to the beginning of the buffer.
    private record Found(long first, int count, int bytes, Mark end) {}

    /// The events after that sequence which are on the disk, oldest first; none when there are none.
    ///
    /// @throws IOException when the disk fails; a [java.nio.channels.ClosedByInterruptException] when the thread is interrupted
    public Shipment after(long sequence) throws IOException {
        Spool.Waiting waiting = spool.waiting(sequence);
        if (waiting == null) {
            return new Shipment(spool.id(), sequence + 1, 0, buffer.slice(0, 0));
        }
        Mark from = nearest(waiting.segment(), sequence);
        try (FileChannel file =
                FileChannel.open(waiting.segment().path(), StandardOpenOption.READ)) {
            Found found = gather(file, from, sequence, waiting);
            while (found.count() == 0 && found.end().offset() > from.offset()) {
                from = found.end(); // that was nothing but what had been shipped before
                found = gather(file, from, sequence, waiting);
            }
            begun = from;
            ended = found.end();
            return new Shipment(
                    spool.id(), found.first(), found.count(), buffer.slice(0, found.bytes()));
        }
    }

    private Mark nearest(SpoolSegment segment, long sequence) {
        for (Mark known : new Mark[] {ended, begun}) {
            if (known != null && known.segment() == segment && known.sequence() <= sequence) {
                return known;
            }
        }
        return new Mark(segment, segment.first() - 1, 0);
    }

    /// Reads on behind a mark, and moves the events after one sequence together.
    private Found gather(FileChannel file, Mark from, long after, Spool.Waiting waiting)
            throws IOException {
        fill(file, from.offset(), waiting.bytes() - from.offset());
        int read = buffer.limit();
        int at = 0;
        int to = 0;
        int count = 0;
        long first = after + 1;
        long last = from.sequence();
        while (count < Batch.EVENTS_MAX && isFrame(at, read)) {
            int length = buffer.getInt(at);
            int event = at + SpoolSegment.FRAME_HEADER_BYTES;
            long sequence = buffer.getLong(at + SpoolSegment.SEQUENCE_AT);
            if (sequence >= waiting.before()) {
                break;
            }
            at = event + length;
            last = sequence;
            if (sequence > after) {
                first = count == 0 ? sequence : first;
                buffer.put(to, buffer, event, length).put(to + length, LINE_BREAK);
                to += length + 1;
                count++;
            }
        }
        return new Found(first, count, to, new Mark(waiting.segment(), last, from.offset() + at));
    }

    /// Fills the buffer from that offset on, as far as it and the file go. A batch's worth is read at most, of which the heads of frames are a
    /// part, so that no shipment is too large.
    private void fill(FileChannel file, long offset, long bytes) throws IOException {
        while (buffer.capacity() < bytes && buffer.capacity() < Batch.BYTES_MAX) {
            buffer = ByteBuffer.allocateDirect(2 * buffer.capacity());
        }
        buffer.clear();
        int read = 0;
        while (read >= 0 && buffer.hasRemaining()) {
            read = file.read(buffer, offset + buffer.position());
        }
        buffer.flip();
    }

    /// Whether a whole frame begins there.
    private boolean isFrame(int at, int end) {
        if (end - at < SpoolSegment.FRAME_HEADER_BYTES) {
            return false;
        }
        int length = buffer.getInt(at);
        int whole = SpoolSegment.FRAME_HEADER_BYTES + length;
        if (length < 1 || length > EventJson.EVENT_BYTES_MAX || end - at < whole) {
            return false;
        }
        checksum.reset();
        checksum.update(buffer.limit(at + whole).position(at + SpoolSegment.SEQUENCE_AT));
        buffer.limit(end);
        return (int) checksum.getValue() == buffer.getInt(at + SpoolSegment.CHECKSUM_AT);
    }
}
