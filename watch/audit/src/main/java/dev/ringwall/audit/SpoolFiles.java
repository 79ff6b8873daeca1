package dev.ringwall.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of a [Spool], oldest first; there is always one to write on, and its name keeps the sequence when it is empty. Not safe for many
/// threads, but for the static readers.
final class SpoolFiles {

    private static final int FILES_WHEN_FULL = 64;

    /// What comes in one turn of an event loop is seldom more.
    private static final int ROOM_BYTES = 32 << 10;

    private final Path folder;
    private final long fileBytesMax;
    private final Deque<SpoolSegment> segments = new ArrayDeque<>();
    private final List<String> damaged = new ArrayList<>();
    private final ByteBuffer room = ByteBuffer.allocate(ROOM_BYTES);
    private long bytes;

    /// Opens the files in that folder; cuts what a crash has torn, and syncs the rest.
    SpoolFiles(Path folder, long bytesMax, long fileBytesMin) throws IOException {
        this.folder = folder;
        this.fileBytesMax = Math.max(fileBytesMin, bytesMax / FILES_WHEN_FULL);
        List<Path> files = SpoolSegment.in(folder);
        for (Path file : files) {
            SpoolSegment segment = SpoolSegment.open(file, file.equals(files.getLast()));
            segments.add(segment);
            bytes += segment.bytes();
            if (segment.unreadable() > 0) {
                long last = segment.next() - 1;
                damaged.add(
                        file
                                + ": "
                                + segment.unreadable()
                                + " bytes after event "
                                + last
                                + " are no events");
            }
        }
        if (segments.isEmpty()) {
            segments.add(SpoolSegment.create(folder, 1));
        }
        PrivateFiles.sync(folder);
    }

    /// What could not be read, one sentence each.
    List<String> damaged() {
        return damaged;
    }

    long bytes() {
        return bytes;
    }

    /// The sequence that the next event gets.
    long next() {
        return segments.getLast().next();
    }

    /// The sequence of the oldest event that may still be here.
    long first() {
        return segments.getFirst().first();
    }

    /// Hands the first of the events to the page cache by one write: as many as the file to write on has room for. Where it has none, a
    /// new one is begun, which takes at least one. Returns the file that they went to, which must be synced.
    SpoolSegment append(List<byte[]> events) throws IOException {
        SpoolSegment last = segments.getLast();
        if (last.bytes() > 0 && last.bytes() + frameBytes(events.getFirst()) > fileBytesMax) {
            last = SpoolSegment.create(folder, last.next());
            segments.add(last);
        }
        long left = fileBytesMax - last.bytes() - frameBytes(events.getFirst());
        int count = 1;
        while (count < events.size() && frameBytes(events.get(count)) <= left) {
            left -= frameBytes(events.get(count));
            count++;
        }
        long before = last.bytes();
        last.append(events.subList(0, count), room);
        bytes += last.bytes() - before;
        return last;
    }

    private static int frameBytes(byte[] event) {
        return SpoolSegment.FRAME_HEADER_BYTES + event.length;
    }

    /// Takes out the files, but the last, that hold nothing after that sequence. They are the caller's to delete.
    List<SpoolSegment> takeOut(long upTo) {
        List<SpoolSegment> done = new ArrayList<>();
        while (segments.size() > 1 && segments.getFirst().next() <= upTo + 1) {
            SpoolSegment segment = segments.removeFirst();
            bytes -= segment.bytes();
            done.add(segment);
        }
        return done;
    }

    /// The file in which the events after that sequence begin; null when there are none.
    @Nullable SpoolSegment holding(long after) {
        for (SpoolSegment segment : segments) {
            if (segment.next() > after + 1) {
                return segment;
            }
        }
        return null;
    }

    /// The newest two files.
    List<SpoolSegment> newest() {
        List<SpoolSegment> all = List.copyOf(segments);
        return all.subList(Math.max(0, all.size() - 2), all.size());
    }

    void close() throws IOException {
        for (SpoolSegment segment : segments) {
            segment.close();
        }
    }

    /// Whether an event of that id is in one of those files.
    static boolean holds(List<SpoolSegment> segments, String eventId) throws IOException {
        String wanted = "\"id\":\"" + eventId + "\"";
        for (SpoolSegment segment : segments) {
            try (SpoolSegment.Frames frames = segment.frames()) {
                while (frames.next()) {
                    if (new String(frames.event(), StandardCharsets.UTF_8).contains(wanted)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
