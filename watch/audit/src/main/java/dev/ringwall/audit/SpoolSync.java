package dev.ringwall.audit;

import dev.ringwall.events.Recorder.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one thread that waits for the disk: brings a spool's files to it at once when somebody waits for that, and otherwise within
/// [Spool#SYNC_EVERY_MILLIS]. Everybody who waits at the same time is answered by the same sync.
///
/// Its methods, but for [#close], are called with the spool's lock held.
final class SpoolSync {

    private final ReentrantLock lock;
    private final Condition changed;

    /// More is on the disk than before.
    private final Condition arrived;

    private final SpoolFiles files;
    private final Thread thread;
    private final Set<SpoolSegment> unsynced = new LinkedHashSet<>();
    private List<CompletableFuture<Outcome>> waiting = new ArrayList<>();
    private long synced;
    private boolean closing;
    private @Nullable String broken;

    SpoolSync(ReentrantLock lock, SpoolFiles files) {
        this.lock = lock;
        this.changed = lock.newCondition();
        this.arrived = lock.newCondition();
        this.files = files;
        this.synced = files.next();
        this.thread =
                Thread.ofPlatform().name("spool-sync").daemon().unstarted(this::syncUntilClosed);
    }

    void start() {
        thread.start();
    }

    /// Something was appended to that file.
    void touched(SpoolSegment segment) {
        if (unsynced.add(segment)) {
            changed.signalAll();
        }
    }

    /// Completes when everything appended so far is on the disk.
    CompletionStage<Outcome> onDisk() {
        CompletableFuture<Outcome> stage = new CompletableFuture<>();
        waiting.add(stage);
        changed.signalAll();
        return stage;
    }

    /// The first sequence that is not on the disk yet.
    long synced() {
        return synced;
    }

    /// Waits until more than that sequence is on the disk, but no longer than so.
    void awaitAfter(long sequence, long nanos) throws InterruptedException {
        long left = nanos;
        while (synced - 1 <= sequence && !closing && left > 0) {
            left = arrived.awaitNanos(left);
        }
    }

    /// Why nothing more can be promised; null while it can.
    @Nullable String broken() {
        return broken;
    }

    /// Returns when everything is on the disk. Nothing may be appended afterwards.
    void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        Waits.join(thread);
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
            while (unsynced.isEmpty() && waiting.isEmpty() && !closing) {
                changed.awaitUninterruptibly();
            }
            long nanos = TimeUnit.MILLISECONDS.toNanos(Spool.SYNC_EVERY_MILLIS);
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
        lock.lock();
        try {
            dirty = List.copyOf(unsynced);
            unsynced.clear();
            due = waiting;
            waiting = new ArrayList<>();
            upTo = files.next();
        } finally {
            lock.unlock();
        }
        Outcome outcome = new Outcome.Kept();
        try {
            for (SpoolSegment segment : dirty) {
                segment.sync();
            }
        } catch (IOException diskFailed) {
            outcome = new Outcome.Lost("the spool cannot be synced: " + diskFailed.getMessage());
        }
        lock.lock();
        try {
            if (outcome instanceof Outcome.Lost(String why)) {
                // What the kernel dropped after a failed sync cannot be known: nothing more is
                // promised.
                broken = why;
            } else if (broken == null) {
                synced = upTo;
                arrived.signalAll();
            }
        } finally {
            lock.unlock();
        }
        for (CompletableFuture<Outcome> stage : due) {
            stage.complete(outcome);
        }
    }
}
