package dev.ringwall.audit;

import dev.ringwall.audit.AuditLog.Appended;
import java.io.IOException;
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

/// The one thread that writes a log: gathers what many threads append, has it written and synced together, and signs when it is time.
final class Committer {

    private final LogWriter writer;
    private final Duration signEvery;
    private final InstantSource clock;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private long waitingBytes;
    private boolean closing;
    private @Nullable String broken;
    private CompletableFuture<Void> growth = new CompletableFuture<>();
    private volatile Visible visible;
    private volatile Checkpoint checkpoint;

    private record Waiting(List<byte[]> entries, long bytes, CompletableFuture<Appended> outcome) {}

    /// What readers see.
    ///
    /// @param size how many entries are in the tree
    /// @param tail those of them that are in the bundle that is not full
    record Visible(long size, List<byte[]> tail) {}

    Committer(LogWriter writer, Checkpoint checkpoint, Duration signEvery, InstantSource clock) {
        this.writer = writer;
        this.signEvery = signEvery;
        this.clock = clock;
        this.visible = new Visible(writer.tree().size(), writer.tree().tail());
        this.checkpoint = checkpoint;
        this.thread =
                Thread.ofPlatform().name("audit-log").daemon().unstarted(this::commitUntilClosed);
    }

    void start() {
        thread.start();
    }

    Visible visible() {
        return visible;
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    CompletionStage<Appended> append(List<byte[]> entries, long bytes) {
        lock.lock();
        try {
            if (closing || broken != null) {
                return lost(broken != null ? broken : "the log is closed");
            }
            if (waitingBytes + bytes > AuditLog.WAITING_BYTES_MAX) {
                return lost(
                        waitingBytes
                                + " bytes wait already (expected: at most "
                                + AuditLog.WAITING_BYTES_MAX
                                + ")");
            }
            Waiting waiting = new Waiting(entries, bytes, new CompletableFuture<>());
            queue.add(waiting);
            waitingBytes += bytes;
            changed.signalAll();
            return waiting.outcome;
        } finally {
            lock.unlock();
        }
    }

    CompletionStage<Void> grownBeyond(long size) {
        lock.lock();
        try {
            return ended() || visible.size > size
                    ? CompletableFuture.completedStage(null)
                    : growth.copy();
        } finally {
            lock.unlock();
        }
    }

    /// Whether nothing will be appended any more.
    boolean ended() {
        lock.lock();
        try {
            return closing || broken != null;
        } finally {
            lock.unlock();
        }
    }

    /// Returns when everything is written and signed. False when it was closed before.
    boolean close() throws IOException {
        lock.lock();
        try {
            if (closing) {
                return false;
            }
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Waits.join(thread);
        tell(show(visible));
        writer.close();
        return true;
    }

    private void commitUntilClosed() {
        Instant signed = clock.instant();
        while (true) {
            List<Waiting> group = nextGroup(signed);
            try {
                if (!group.isEmpty()) {
                    commit(group);
                }
                if (unsigned() && (group.isEmpty() || due(signed))) {
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

    /// What to write next; empty when it is time to sign, or to end.
    private List<Waiting> nextGroup(Instant signed) {
        lock.lock();
        try {
            while (queue.isEmpty() && !closing) {
                if (!unsigned()) {
                    changed.awaitUninterruptibly();
                } else if (due(signed)) {
                    return List.of();
                } else {
                    long left = Duration.between(clock.instant(), signed.plus(signEvery)).toNanos();
                    changed.awaitNanos(left);
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

    private void commit(List<Waiting> group) throws IOException {
        long place = writer.tree().size();
        List<byte[]> entries = new ArrayList<>();
        group.forEach(waiting -> entries.addAll(waiting.entries));
        writer.append(entries);
        CompletableFuture<Void> watchers =
                show(new Visible(writer.tree().size(), writer.tree().tail()));
        for (Waiting waiting : group) {
            waiting.outcome.complete(new Appended.At(place));
            place += waiting.entries.size();
        }
        tell(watchers);
    }

    /// From now on readers see that. Who asks to be told from now on is told of what comes after it, not of it.
    private CompletableFuture<Void> show(Visible now) {
        lock.lock();
        try {
            visible = now;
            CompletableFuture<Void> watchers = growth;
            growth = new CompletableFuture<>();
            return watchers;
        } finally {
            lock.unlock();
        }
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
        tell(show(visible));
    }

    private static void tell(CompletableFuture<Void> watchers) {
        // Not on this thread: a slow watcher must not hold up the log.
        watchers.completeAsync(() -> null);
    }

    private boolean unsigned() {
        return writer.tree().size() > checkpoint.size();
    }

    private boolean due(Instant signed) {
        return !clock.instant().isBefore(signed.plus(signEvery));
    }

    private boolean finished() {
        lock.lock();
        try {
            return closing && queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    static CompletionStage<Appended> lost(String why) {
        return CompletableFuture.completedStage(new Appended.Lost(why));
    }
}
