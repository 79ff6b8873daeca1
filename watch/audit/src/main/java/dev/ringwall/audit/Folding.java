package dev.ringwall.audit;

import dev.ringwall.events.EventJson;
import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.events.SecurityEvent.CallDecided;
import dev.ringwall.model.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps a flood of like refusals from filling the spool: of refusals with the same source address, hop, operation and reason, the first
/// [#SINGLE_PER_SECOND] in a second are recorded one by one, the rest as one event a second whose `times` says how many.
///
/// The count is exact. It lies in a file that is mapped into memory, so the death of the process loses nothing of it; a loss of power may
/// lose what was folded in the last second and the [Spool#SYNC_EVERY_MILLIS] after it. Everything that is no refusal passes untouched.
/// Where more than [FoldSlots#SLOTS_MAX] floods run at once, further ones are recorded one by one.
public final class Folding implements Recorder, AutoCloseable {

    /// How many like refusals a second are recorded one by one.
    public static final int SINGLE_PER_SECOND = 5;

    /// How many kinds of refusals are watched at a time; those of further kinds are recorded one by one.
    static final int KINDS_MAX = 10_000;

    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final int NO_SLOT = -1;
    private static final CompletionStage<Outcome> KEPT =
            CompletableFuture.completedStage(new Outcome.Kept());

    private final Spool spool;
    private final FoldSlots slots;
    private final InstantSource clock;
    private final Duration writeEvery;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closed = lock.newCondition();
    private final Map<Kind, Window> windows = new LinkedHashMap<>();
    private final Thread writing;
    private boolean closing;

    /// What makes refusals like each other.
    private record Kind(
            String node, String hop, Optional<String> operation, Reason reason, String address) {}

    private static final class Window {
        private final Instant began;
        private int single;
        private int slot = NO_SLOT;

        private Window(Instant began) {
            this.began = began;
        }
    }

    private Folding(Spool spool, FoldSlots slots, InstantSource clock, Duration writeEvery) {
        this.writeEvery = writeEvery;
        this.spool = spool;
        this.slots = slots;
        this.clock = clock;
        this.writing =
                Thread.ofPlatform()
                        .name("spool-folding")
                        .daemon()
                        .unstarted(this::writeUntilClosed);
    }

    /// Folds before that spool. What a process that died had counted in the file is recorded first.
    ///
    /// @throws IOException when the disk fails
    public static Folding over(Spool spool, Path file, InstantSource clock) throws IOException {
        return over(spool, file, clock, WINDOW);
    }

    /// The same, with another time after which counts are written.
    static Folding over(Spool spool, Path file, InstantSource clock, Duration writeEvery)
            throws IOException {
        Folding folding = new Folding(spool, FoldSlots.open(file), clock, writeEvery);
        folding.recover();
        folding.writing.start();
        return folding;
    }

    @Override
    public CompletionStage<Outcome> record(SecurityEvent event) {
        return isFolded(event) ? KEPT : spool.record(event);
    }

    @Override
    public List<CompletionStage<Outcome>> record(List<SecurityEvent> events) {
        List<SecurityEvent> single = new ArrayList<>(events.size());
        List<Boolean> counted = new ArrayList<>(events.size());
        for (SecurityEvent event : events) {
            boolean folded = isFolded(event);
            counted.add(folded);
            if (!folded) {
                single.add(event);
            }
        }
        if (single.size() == events.size()) {
            return spool.record(events);
        }
        Iterator<CompletionStage<Outcome>> spooled = spool.record(single).iterator();
        List<CompletionStage<Outcome>> outcomes = new ArrayList<>(events.size());
        for (boolean folded : counted) {
            outcomes.add(folded ? KEPT : spooled.next());
        }
        return outcomes;
    }

    private boolean isFolded(SecurityEvent event) {
        return event instanceof CallDecided call && call.reason().isPresent() && folded(call);
    }

    /// Writes what has been counted. The spool stays open.
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            closed.signalAll();
        } finally {
            lock.unlock();
        }
        Waits.join(writing);
        writeOut();
    }

    /// Records every count, and begins to count anew.
    void writeOut() {
        lock.lock();
        try {
            Instant now = clock.instant();
            Iterator<Window> all = windows.values().iterator();
            while (all.hasNext()) {
                Window window = all.next();
                if (window.slot != NO_SLOT && writtenOut(window.slot)) {
                    window.slot = NO_SLOT;
                }
                if (window.slot == NO_SLOT && over(window, now)) {
                    all.remove();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean folded(CallDecided call) {
        lock.lock();
        try {
            Instant now = clock.instant();
            Kind kind =
                    new Kind(
                            call.header().node(),
                            call.hop(),
                            call.operation(),
                            call.reason().orElseThrow(),
                            call.caller().address());
            Window window = windows.get(kind);
            if (window == null || (over(window, now) && window.slot == NO_SLOT)) {
                if (windows.size() >= KINDS_MAX && window == null) {
                    return false;
                }
                window = new Window(now);
                windows.put(kind, window);
            }
            if (window.slot != NO_SLOT) {
                slots.add(window.slot, call.times());
                return true;
            }
            if (window.single < SINGLE_PER_SECOND) {
                window.single++;
                return false;
            }
            byte[] json = EventJson.write(call);
            if (closing || json.length > FoldSlots.EVENT_BYTES_MAX) {
                return false;
            }
            window.slot = slots.take(json, call.times());
            return window.slot != NO_SLOT;
        } finally {
            lock.unlock();
        }
    }

    private static boolean over(Window window, Instant now) {
        return !now.isBefore(window.began.plus(WINDOW));
    }

    private boolean writtenOut(int slot) {
        if (EventJson.read(slots.event(slot)) instanceof EventJson.Parsed.Event(CallDecided call)) {
            slots.writingOut(slot);
            // A refusal is answered for when it is in the page cache, so this does not wait.
            Outcome outcome =
                    spool.record(times(call, slots.count(slot))).toCompletableFuture().join();
            if (outcome instanceof Outcome.Lost) {
                slots.goOn(slot);
                return false;
            }
        }
        slots.release(slot);
        return true;
    }

    private void recover() throws IOException {
        for (int slot : slots.kept()) {
            if (EventJson.read(slots.event(slot))
                    instanceof EventJson.Parsed.Event(CallDecided call)) {
                if (slots.wasWritingOut(slot) && spool.heldLast(call.header().id())) {
                    slots.release(slot);
                } else {
                    writtenOut(slot);
                }
            }
        }
    }

    private void writeUntilClosed() {
        while (awaitNextTime()) {
            writeOut();
        }
    }

    private boolean awaitNextTime() {
        lock.lock();
        try {
            long nanos = writeEvery.toNanos();
            while (!closing && nanos > 0) {
                nanos = closed.awaitNanos(nanos);
            }
            return !closing;
        } catch (InterruptedException writeNow) {
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    private static CallDecided times(CallDecided call, long times) {
        return new CallDecided(
                call.header(),
                call.hop(),
                call.operation(),
                call.method(),
                call.caller(),
                call.onBehalfOf(),
                call.reason(),
                call.because(),
                call.rings(),
                call.status(),
                call.sensitivity(),
                times);
    }
}
