package dev.ringwall.audit;

import dev.ringwall.events.EventJson;
import dev.ringwall.events.Ids;
import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Where a node keeps its events until the control plane has them: a row of append-only files.
///
/// A [SecurityEvent.Firmness#SPOOLED] event is [Outcome.Kept] once it is in the page cache, so it survives the death of the process; a
/// [SecurityEvent.Firmness#SYNCED] one once it is on the disk, together with all that came before it. Nothing waits for the disk longer
/// than [#SYNC_EVERY_MILLIS]. The caller's thread does no more than a write to the page cache.
///
/// Only synced events are shipped, so no sequence that the control plane has seen is ever given to another event, not even after a loss
/// of power. A full spool, and one whose disk has failed, loses every further event and says so; nothing is ever overwritten.
public final class Spool implements Recorder, AutoCloseable {

    /// How much may wait for the control plane, unless told otherwise.
    public static final long BYTES_MAX_DEFAULT = 256L * 1024 * 1024;

    /// The longest time after which every event is on the disk.
    public static final int SYNC_EVERY_MILLIS = 50;

    private static final int SEGMENTS_WHEN_FULL = 64;
    private static final long SEGMENT_BYTES_MIN =
            4L * (EventJson.EVENT_BYTES_MAX + SpoolSegment.FRAME_HEADER_BYTES);
    private static final CompletionStage<Outcome> KEPT =
            CompletableFuture.completedStage(new Outcome.Kept());

    private final Path folder;
    private final String id;
    private final long bytesMax;
    private final FolderLock folderLock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<SpoolSegment> segments;
    private final List<SpoolSegment> unsynced = new ArrayList<>();
    private final Thread syncing;
    private List<CompletableFuture<Outcome>> waiting = new ArrayList<>();
    private long next;
    private long synced;
    private long bytes;
    private boolean filesAdded;
    private boolean closing;
    private @Nullable String broken;

    /// What became of the wish to open a spool.
    public sealed interface Opening {
        /// It is open.
        ///
        /// @param damaged what could not be read of it, one sentence each; empty unless the disk or somebody changed its files
        record Opened(Spool spool, List<String> damaged) implements Opening {
            public Opened {
                damaged = List.copyOf(damaged);
            }
        }

        /// It cannot be used, and this is why.
        record Refused(String why) implements Opening {}
    }

    private Spool(
            Path folder,
            String id,
            long bytesMax,
            FolderLock folderLock,
            Deque<SpoolSegment> segments) {
        this.folder = folder;
        this.id = id;
        this.bytesMax = bytesMax;
        this.folderLock = folderLock;
        this.segments = segments;
        this.next = segments.getLast().next();
        this.synced = next;
        this.bytes = segments.stream().mapToLong(SpoolSegment::bytes).sum();
        this.syncing =
                Thread.ofPlatform().name("spool-sync").daemon().unstarted(this::syncUntilClosed);
    }

    /// Opens the spool in that folder, making it where there is none. A frame that was torn by a crash is cut off.
    ///
    /// @param bytesMax how much may wait
    /// @throws IOException when the disk fails
    public static Opening open(Path folder, long bytesMax, InstantSource clock) throws IOException {
        PrivateFiles.createFolders(folder);
        FolderLock folderLock = FolderLock.take(folder);
        if (folderLock == null) {
            return new Opening.Refused("the spool in " + folder + " is in use by another process");
        }
        Path idFile = folder.resolve("id");
        if (!Files.exists(idFile)) {
            PrivateFiles.replace(
                    idFile, new Ids(clock).next().getBytes(StandardCharsets.US_ASCII), true);
        }
        String id = Files.readString(idFile);
        if (!Ids.wellFormed(id)) {
            folderLock.close();
            return new Opening.Refused(idFile + " holds no spool id");
        }
        Deque<SpoolSegment> segments = new ArrayDeque<>();
        List<String> damaged = new ArrayList<>();
        List<Path> files = SpoolSegment.in(folder);
        for (Path file : files) {
            SpoolSegment segment = SpoolSegment.open(file, file.equals(files.getLast()));
            segments.add(segment);
            if (segment.unreadable() > 0) {
                damaged.add(
                        file
                                + ": "
                                + segment.unreadable()
                                + " bytes after event "
                                + (segment.next() - 1)
                                + " are no events");
            }
        }
        if (segments.isEmpty()) {
            segments.add(SpoolSegment.create(folder, 1));
            PrivateFiles.sync(folder);
        }
        Spool spool = new Spool(folder, id, bytesMax, folderLock, segments);
        spool.syncing.start();
        return new Opening.Opened(spool, damaged);
    }

    @Override
    public CompletionStage<Outcome> record(SecurityEvent event) {
        byte[] json = EventJson.write(event);
        if (json.length > EventJson.EVENT_BYTES_MAX) {
            return lost(
                    "the event has "
                            + json.length
                            + " bytes (expected: at most "
                            + EventJson.EVENT_BYTES_MAX
                            + ")");
        }
        int frameBytes = SpoolSegment.FRAME_HEADER_BYTES + json.length;
        lock.lock();
        try {
            if (closing || broken != null) {
                return lost(broken != null ? broken : "the spool is closed");
            }
            if (bytes + frameBytes > bytesMax) {
                return lost("the spool is full");
            }
            SpoolSegment segment = segmentFor(frameBytes);
            segment.append(next, json);
            next++;
            bytes += frameBytes;
            if (unsynced.isEmpty() || unsynced.getLast() != segment) {
                unsynced.add(segment);
                changed.signalAll();
            }
            if (event.firmness() == SecurityEvent.Firmness.SPOOLED) {
                return KEPT;
            }
            CompletableFuture<Outcome> onDisk = new CompletableFuture<>();
            waiting.add(onDisk);
            changed.signalAll();
            return onDisk;
        } catch (IOException diskFailed) {
            return lost("the spool cannot be written: " + diskFailed.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /// The events after that sequence which are on the disk, oldest first; empty when there are none.
    ///
    /// @throws IOException when the disk fails
    public Batch after(long sequence) throws IOException {
        SpoolSegment from = null;
        long end;
        lock.lock();
        try {
            end = synced;
            for (SpoolSegment segment : segments) {
                if (segment.next() > sequence + 1) {
                    from = segment;
                    break;
                }
            }
        } finally {
            lock.unlock();
        }
        List<byte[]> events = new ArrayList<>();
        long first = sequence + 1;
        if (from != null) {
            int room = Batch.BYTES_MAX;
            try (SpoolSegment.Frames frames = from.frames(0)) {
                while (frames.next()) {
                    if (frames.sequence() <= sequence) {
                        continue;
                    }
                    room -= frames.event().length + 1;
                    if (frames.sequence() >= end || room < 0 || events.size() == Batch.EVENTS_MAX) {
                        break;
                    }
                    if (events.isEmpty()) {
                        first = frames.sequence();
                    }
                    events.add(frames.event());
                }
            }
        }
        return new Batch(id, first, events);
    }

    /// The control plane has everything up to and including that sequence; files that hold nothing else are deleted.
    ///
    /// @throws IOException when the disk fails
    public void acknowledge(long sequence) throws IOException {
        lock.lock();
        try {
            long upTo = Math.min(sequence, synced - 1);
            // The last one stays even when it is empty: its name keeps the sequence.
            while (segments.size() > 1 && segments.getFirst().next() <= upTo + 1) {
                SpoolSegment done = segments.removeFirst();
                bytes -= done.bytes();
                done.delete();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The sequence before the oldest event that is still here; where shipping begins after a start.
    public long acknowledged() {
        lock.lock();
        try {
            return segments.getFirst().first() - 1;
        } finally {
            lock.unlock();
        }
    }

    /// The sequence of the newest event on the disk.
    public long syncedUpTo() {
        lock.lock();
        try {
            return synced - 1;
        } finally {
            lock.unlock();
        }
    }

    /// How many bytes wait here.
    public long bytesWaiting() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /// Syncs what is left and lets go of the folder.
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (closing) {
                return;
            }
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Waits.join(syncing);
        for (SpoolSegment segment : segments) {
            segment.close();
        }
        folderLock.close();
    }

    private SpoolSegment segmentFor(int frameBytes) throws IOException {
        long segmentBytesMax = Math.max(SEGMENT_BYTES_MIN, bytesMax / SEGMENTS_WHEN_FULL);
        SpoolSegment last = segments.getLast();
        if (last.bytes() > 0 && last.bytes() + frameBytes > segmentBytesMax) {
            segments.add(SpoolSegment.create(folder, next));
            filesAdded = true;
        }
        return segments.getLast();
    }

    private void syncUntilClosed() {
        boolean more = true;
        while (more) {
            more = awaitWork();
            syncOnce();
        }
    }

    /// Returns when something must be synced now; false when nothing will follow.
    private boolean awaitWork() {
        lock.lock();
        try {
            while (unsynced.isEmpty() && !closing) {
                changed.awaitUninterruptibly();
            }
            long nanos = TimeUnit.MILLISECONDS.toNanos(SYNC_EVERY_MILLIS);
            while (waiting.isEmpty() && !closing && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return !closing;
        } catch (InterruptedException syncNow) {
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    private void syncOnce() {
        List<SpoolSegment> dirty;
        List<CompletableFuture<Outcome>> due;
        long upTo;
        boolean newFiles;
        lock.lock();
        try {
            dirty = List.copyOf(unsynced);
            unsynced.clear();
            newFiles = filesAdded;
            filesAdded = false;
            due = waiting;
            waiting = new ArrayList<>();
            upTo = next;
        } finally {
            lock.unlock();
        }
        Outcome outcome = new Outcome.Kept();
        try {
            for (SpoolSegment segment : dirty) {
                segment.sync();
            }
            if (newFiles) {
                PrivateFiles.sync(folder);
            }
        } catch (IOException diskFailed) {
            outcome = new Outcome.Lost("the spool cannot be synced: " + diskFailed.getMessage());
        }
        lock.lock();
        try {
            if (outcome instanceof Outcome.Lost(String why)) {
                // What the kernel dropped after a failed sync cannot be known, so nothing more is
                // promised.
                broken = why;
            } else {
                synced = upTo;
            }
        } finally {
            lock.unlock();
        }
        for (CompletableFuture<Outcome> stage : due) {
            stage.complete(outcome);
        }
    }

    private static CompletionStage<Outcome> lost(String why) {
        return CompletableFuture.completedStage(new Outcome.Lost(why));
    }
}
