package dev.ringwall.audit;

import dev.ringwall.events.EventJson;
import dev.ringwall.events.Ids;
import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

    private static final long FILE_BYTES_MIN =
            4L * (EventJson.EVENT_BYTES_MAX + SpoolSegment.FRAME_HEADER_BYTES);
    private static final CompletionStage<Outcome> KEPT =
            CompletableFuture.completedStage(new Outcome.Kept());

    private final String id;
    private final long bytesMax;
    private final FolderLock folderLock;
    private final ReentrantLock lock = new ReentrantLock();
    private final SpoolFiles files;
    private final SpoolSync sync;
    private boolean closed;

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

    private Spool(String id, long bytesMax, FolderLock folderLock, SpoolFiles files) {
        this.id = id;
        this.bytesMax = bytesMax;
        this.folderLock = folderLock;
        this.files = files;
        this.sync = new SpoolSync(lock, files);
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
        SpoolFiles files = new SpoolFiles(folder, bytesMax, FILE_BYTES_MIN);
        Spool spool = new Spool(id, bytesMax, folderLock, files);
        spool.sync.start();
        return new Opening.Opened(spool, files.damaged());
    }

    @Override
    public CompletionStage<Outcome> record(SecurityEvent event) {
        return record(List.of(event)).getFirst();
    }

    /// Events that come together are appended by one write, and those of them that wait for the disk share one stage.
    @Override
    public List<CompletionStage<Outcome>> record(List<SecurityEvent> events) {
        List<byte[]> texts = new ArrayList<>(events.size());
        for (SecurityEvent event : events) {
            texts.add(EventJson.write(event));
        }
        lock.lock();
        try {
            return append(events, texts);
        } finally {
            lock.unlock();
        }
    }

    private List<CompletionStage<Outcome>> append(List<SecurityEvent> events, List<byte[]> texts) {
        List<byte[]> fitting = new ArrayList<>(texts.size());
        List<@Nullable CompletionStage<Outcome>> refused = new ArrayList<>(texts.size());
        long room = bytesMax - files.bytes();
        for (byte[] text : texts) {
            CompletionStage<Outcome> no = refusal(text, room);
            refused.add(no);
            if (no == null) {
                fitting.add(text);
                room -= SpoolSegment.FRAME_HEADER_BYTES + text.length;
            }
        }
        int appended = 0;
        CompletionStage<Outcome> failed = KEPT;
        try {
            while (appended < fitting.size()) {
                long before = files.next();
                sync.touched(files.append(fitting.subList(appended, fitting.size())));
                appended += (int) (files.next() - before);
            }
        } catch (IOException diskFailed) {
            failed = lost("the spool cannot be written: " + diskFailed.getMessage());
        }
        CompletionStage<Outcome> onDisk = null;
        List<CompletionStage<Outcome>> outcomes = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            CompletionStage<Outcome> no = refused.get(i);
            if (no != null) {
                outcomes.add(no);
            } else if (appended-- <= 0) {
                outcomes.add(failed);
            } else if (events.get(i).firmness() == SecurityEvent.Firmness.SPOOLED) {
                outcomes.add(KEPT);
            } else {
                onDisk = onDisk == null ? sync.onDisk() : onDisk;
                outcomes.add(onDisk);
            }
        }
        return outcomes;
    }

    /// Why that event cannot be kept; null when it can.
    private @Nullable CompletionStage<Outcome> refusal(byte[] text, long room) {
        String broken = sync.broken();
        if (text.length > EventJson.EVENT_BYTES_MAX) {
            return lost(
                    "the event has "
                            + text.length
                            + " bytes (expected: at most "
                            + EventJson.EVENT_BYTES_MAX
                            + ")");
        }
        if (closed || broken != null) {
            return lost(broken != null ? broken : "the spool is closed");
        }
        return SpoolSegment.FRAME_HEADER_BYTES + text.length > room
                ? lost("the spool is full")
                : null;
    }

    /// For whoever ships what is here.
    public SpoolReader reader() {
        return new SpoolReader(this);
    }

    /// What waits to be shipped.
    ///
    /// @param segment the file in which it begins
    /// @param before  the first sequence that is not on the disk yet
    /// @param bytes   how large the file is
    record Waiting(SpoolSegment segment, long before, long bytes) {}

    /// Where the events after that sequence begin; null when there are none.
    @Nullable Waiting waiting(long sequence) {
        lock.lock();
        try {
            SpoolSegment segment = files.holding(sequence);
            return segment == null ? null : new Waiting(segment, sync.synced(), segment.bytes());
        } finally {
            lock.unlock();
        }
    }

    String id() {
        return id;
    }

    /// Returns when there are events after that sequence which are on the disk, and otherwise after so long.
    public void awaitAfter(long sequence, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            sync.awaitAfter(sequence, atMost.toNanos());
        } finally {
            lock.unlock();
        }
    }

    /// The control plane has everything up to and including that sequence; files that hold nothing else are deleted.
    ///
    /// @throws IOException when the disk fails
    public void acknowledge(long sequence) throws IOException {
        List<SpoolSegment> done;
        lock.lock();
        try {
            done = files.takeOut(Math.min(sequence, sync.synced() - 1));
        } finally {
            lock.unlock();
        }
        for (SpoolSegment segment :
                done) { // not under the lock: a large file takes a while, and callers wait to
            // record
            segment.delete();
        }
    }

    /// Whether an event of that id is among the newest ones, the last two files.
    boolean heldLast(String eventId) throws IOException {
        List<SpoolSegment> newest;
        lock.lock();
        try {
            newest = files.newest();
        } finally {
            lock.unlock();
        }
        return SpoolFiles.holds(newest, eventId);
    }

    /// The sequence before the oldest event that is still here; where shipping begins after a start.
    public long acknowledged() {
        lock.lock();
        try {
            return files.first() - 1;
        } finally {
            lock.unlock();
        }
    }

    /// The sequence of the newest event on the disk.
    public long syncedUpTo() {
        lock.lock();
        try {
            return sync.synced() - 1;
        } finally {
            lock.unlock();
        }
    }

    /// How many bytes wait here.
    public long bytesWaiting() {
        lock.lock();
        try {
            return files.bytes();
        } finally {
            lock.unlock();
        }
    }

    /// Syncs what is left and lets go of the folder.
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            lock.unlock();
        }
        sync.close();
        files.close();
        folderLock.close();
    }

    private static CompletionStage<Outcome> lost(String why) {
        return CompletableFuture.completedStage(new Outcome.Lost(why));
    }
}
