package dev.ringwall.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// An append-only log on disk whose entries are the leaves of a Merkle tree (RFC 9162 §2.1), laid out as C2SP tlog-tiles, with
/// checkpoints as C2SP signed notes. Any thread may append and read.
///
/// Appends of many threads are written and synced together; an append is answered when its entry is on the disk and in the tree. A
/// checkpoint is signed when the log has grown, at most once in `checkpointEvery`, and when the log is closed.
///
/// Killed at any moment, the log opens with every entry that was answered for. Opening recomputes the root over the newest entries and the
/// tiles before them, and refuses a history that the last checkpoint does not know. It does not read old entries: that is what
/// [LogVerifier] is for. Memory does not grow with the log.
public final class AuditLog implements AutoCloseable {

    /// The largest entry.
    public static final int ENTRY_BYTES_MAX = 17 * 1024;

    /// How many bytes may wait to be written; what comes on top is lost, and told so.
    public static final long WAITING_BYTES_MAX = 64L * 1024 * 1024;

    /// How often a growing log is signed, unless told otherwise.
    public static final Duration CHECKPOINT_EVERY_DEFAULT = Duration.ofSeconds(1);

    private final Path folder;
    private final NoteSigner signer;
    private final InstantSource clock;
    private final Duration checkpointEvery;
    private final FolderLock folderLock;
    private final Thread committing;
    private final LogWriter writer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private long waitingBytes;
    private boolean closing;
    private @Nullable String broken;
    private CompletableFuture<Void> growth = new CompletableFuture<>();

    private volatile Visible visible;
    private volatile Checkpoint checkpoint;

    /// What became of the wish to open a log.
    public sealed interface Opening {
        /// It is open.
        record Opened(AuditLog log) implements Opening {}

        /// It must not be written on; the words are for whoever runs the system.
        record Refused(Cause cause, String why) implements Opening {}
    }

    /// Why a log is not opened.
    public enum Cause {
        /// Another process writes it.
        IN_USE,
        /// Its checkpoint is not signed by this key for this log.
        CHECKPOINT_NOT_OURS,
        /// It ends before its checkpoint does.
        CUT_OFF,
        /// It holds something else than what its checkpoint was signed for.
        HISTORY_CHANGED,
        /// Parts of it are missing or cannot be read.
        DAMAGED
    }

    /// What became of an entry.
    public sealed interface Appended {
        /// It is on the disk and in the tree, and this is its place; of several entries, the first one's.
        record At(long index) implements Appended {}

        /// It is not in the log.
        record Lost(String why) implements Appended {}
    }

    private record Waiting(List<byte[]> entries, long bytes, CompletableFuture<Appended> outcome) {}

    /// What readers see: how much is in the tree, and the entries of the bundle that is not full.
    private record Visible(long size, List<byte[]> tail) {}

    private AuditLog(
            Recovery.Recovered recovered,
            NoteSigner signer,
            Duration checkpointEvery,
            InstantSource clock) {
        this.folder = recovered.folder();
        this.signer = signer;
        this.clock = clock;
        this.checkpointEvery = checkpointEvery;
        this.folderLock = recovered.folderLock();
        this.writer = recovered.writer();
        this.checkpoint = recovered.checkpoint();
        this.visible = new Visible(writer.tree().size(), writer.tree().tail());
        this.committing =
                Thread.ofPlatform().name("audit-log").daemon().unstarted(this::commitUntilClosed);
    }

    /// Opens the log in that folder, making it where there is none.
    ///
    /// @throws IOException when the disk fails
    public static Opening open(
            Path folder, NoteSigner signer, Duration checkpointEvery, InstantSource clock)
            throws IOException {
        return switch (Recovery.of(folder, signer)) {
            case Recovery.Refused(Cause cause, String why) -> new Opening.Refused(cause, why);
            case Recovery.Recovered recovered -> {
                AuditLog log = new AuditLog(recovered, signer, checkpointEvery, clock);
                log.committing.start();
                yield new Opening.Opened(log);
            }
        };
    }

    /// Appends one entry. The stage never completes exceptionally.
    public CompletionStage<Appended> append(byte[] entry) {
        return appendAll(List.of(entry));
    }

    /// Appends entries side by side. They are answered for together; a crash before that may have kept the first few of them.
    public CompletionStage<Appended> appendAll(List<byte[]> entries) {
        long bytes = 0;
        for (byte[] entry : entries) {
            if (entry.length > ENTRY_BYTES_MAX) {
                return lost(
                        "an entry has "
                                + entry.length
                                + " bytes (expected: at most "
                                + ENTRY_BYTES_MAX
                                + ")");
            }
            bytes += entry.length;
        }
        lock.lock();
        try {
            if (closing || broken != null) {
                return lost(broken != null ? broken : "the log is closed");
            }
            if (waitingBytes + bytes > WAITING_BYTES_MAX) {
                return lost(
                        "the log is "
                                + waitingBytes
                                + " bytes behind (expected: at most "
                                + WAITING_BYTES_MAX
                                + ")");
            }
            Waiting waiting = new Waiting(List.copyOf(entries), bytes, new CompletableFuture<>());
            queue.add(waiting);
            waitingBytes += bytes;
            changed.signalAll();
            return waiting.outcome;
        } finally {
            lock.unlock();
        }
    }

    /// How many entries are in the tree.
    public long size() {
        return visible.size;
    }

    /// The last signed checkpoint; it may be a little behind [#size].
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /// What outsiders check this log with.
    public VerifierKey verifier() {
        return signer.verifier();
    }

    /// Consecutive entries from that index on: never more than the rest of a bundle, at least one if there is one.
    ///
    /// @throws IOException when the disk fails
    public List<byte[]> read(long index) throws IOException {
        Visible now = visible;
        long bundle = index / TilePath.WIDTH;
        int skip = (int) (index % TilePath.WIDTH);
        if (index >= now.size) {
            return List.of();
        }
        List<byte[]> entries =
                bundle == now.size / TilePath.WIDTH
                        ? now.tail
                        : Bundle.entries(
                                Files.readAllBytes(
                                        TilePath.entries(folder, bundle, TilePath.WIDTH)),
                                0);
        if (entries.size() <= skip) {
            throw new IOException("entry " + index + " is missing from its bundle");
        }
        return entries.subList(skip, entries.size());
    }

    /// Completes when there are more than that many entries, or the log is closed.
    public CompletionStage<Void> grownBeyond(long size) {
        lock.lock();
        try {
            return closing || visible.size > size
                    ? CompletableFuture.completedStage(null)
                    : growth.copy();
        } finally {
            lock.unlock();
        }
    }

    /// Writes what waits, signs a last checkpoint, and lets go of the folder.
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
        Waits.join(committing);
        grown();
        writer.close();
        folderLock.close();
    }

    private void commitUntilClosed() {
        Instant signed = clock.instant();
        while (true) {
            List<Waiting> group = nextGroup(signed);
            try {
                if (!group.isEmpty()) {
                    commit(group);
                }
                if (writer.tree().size() > checkpoint.size() && (group.isEmpty() || due(signed))) {
                    checkpoint = writer.sign();
                    signed = clock.instant();
                }
            } catch (IOException diskFailed) {
                fail(group, "the audit log cannot be written: " + diskFailed.getMessage());
                return;
            }
            if (group.isEmpty() && finished()) {
                return;
            }
        }
    }

    private boolean finished() {
        lock.lock();
        try {
            return closing && queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// What to write next; empty when it is time to sign, or to end.
    private List<Waiting> nextGroup(Instant signed) {
        lock.lock();
        try {
            while (queue.isEmpty() && !closing) {
                if (writer.tree().size() == checkpoint.size()) {
                    changed.awaitUninterruptibly();
                } else if (due(signed)) {
                    return List.of();
                } else {
                    Duration left = Duration.between(clock.instant(), signed.plus(checkpointEvery));
                    changed.awaitNanos(left.toNanos());
                }
            }
            List<Waiting> group = new ArrayList<>();
            int entries = 0;
            long bytes = 0;
            while (!queue.isEmpty()
                    && entries < Journal.BATCH_ENTRIES_MAX
                    && bytes < Journal.BATCH_BYTES_MAX) {
                Waiting waiting = queue.removeFirst();
                group.add(waiting);
                entries += waiting.entries.size();
                bytes += waiting.bytes;
            }
            waitingBytes -= bytes;
            return group;
        } catch (InterruptedException signNow) {
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private boolean due(Instant signed) {
        return !clock.instant().isBefore(signed.plus(checkpointEvery));
    }

    private void commit(List<Waiting> group) throws IOException {
        long first = writer.tree().size();
        List<byte[]> entries = new ArrayList<>();
        group.forEach(waiting -> entries.addAll(waiting.entries));
        writer.append(entries);
        visible = new Visible(writer.tree().size(), writer.tree().tail());
        for (Waiting waiting : group) {
            waiting.outcome.complete(new Appended.At(first));
            first += waiting.entries.size();
        }
        grown();
    }

    private void grown() {
        CompletableFuture<Void> waiters;
        lock.lock();
        try {
            waiters = growth;
            growth = new CompletableFuture<>();
        } finally {
            lock.unlock();
        }
        // Not on this thread: a slow watcher must not hold up the log.
        waiters.completeAsync(() -> null);
    }

    private void fail(List<Waiting> group, String why) {
        List<Waiting> all = new ArrayList<>(group);
        lock.lock();
        try {
            broken = why;
            all.addAll(queue);
            queue.clear();
        } finally {
            lock.unlock();
        }
        // Entries of the group may be on the disk; nobody was told so, and after the next start
        // they are in the log or not.
        all.forEach(waiting -> waiting.outcome.complete(new Appended.Lost(why)));
    }

    private static CompletionStage<Appended> lost(String why) {
        return CompletableFuture.completedStage(new Appended.Lost(why));
    }
}
