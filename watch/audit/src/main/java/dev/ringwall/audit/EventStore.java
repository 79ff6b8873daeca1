package dev.ringwall.audit;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.EventJson;
import dev.ringwall.events.Header;
import dev.ringwall.events.Ids;
import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/// The control plane's events: takes its own and the nodes', each exactly once, and finds those of a request. Any thread may use it.
///
/// The log is the truth. An index beside it is filled in the background and, where it was lost, from the beginning of the log; until it has
/// caught up, batches are put off, because which of their events the log has already is not known.
public final class EventStore implements Recorder, AutoCloseable {

    /// How many events a page holds at most.
    public static final int PAGE_EVENTS_MAX = 1_000;

    /// How long a question waits for the index to catch up with the log.
    public static final int INDEX_WAIT_SECONDS = 5;

    /// So many batches are worked on at once, and so synced together; others wait, so that memory has an end.
    private static final int BATCHES_AT_ONCE_MAX = 16;

    private final AuditLog log;
    private final IndexFollower index;
    private final String system;
    private final InstantSource clock;
    private final Ids ids;
    private final long sizeAtOpening;
    private final ConcurrentMap<SpoolOf, Taken> spools = new ConcurrentHashMap<>();
    private final Semaphore turns = new Semaphore(BATCHES_AT_ONCE_MAX);

    /// What became of a batch.
    public sealed interface Accepted {
        /// Everything up to this sequence is in the log, and may be deleted where it came from.
        record UpTo(long sequence) implements Accepted {}

        /// Not now: ask again.
        record NotYet(String why) implements Accepted {}
    }

    private record SpoolOf(String node, String id) {}

    /// How far a spool is in the log. Its batches go in one after the other, each under the lock.
    private static final class Taken {
        private static final long NOT_ASKED = -1;

        private final ReentrantLock lock = new ReentrantLock();
        private long last = NOT_ASKED;
    }

    private EventStore(AuditLog log, IndexFollower index, String system, InstantSource clock) {
        this.log = log;
        this.index = index;
        this.system = system;
        this.clock = clock;
        this.ids = new Ids(clock);
        this.sizeAtOpening = log.size();
    }

    /// The store over an open log, which stays its owner's to close. The index lies in that file.
    ///
    /// @throws IOException when the disk fails
    public static EventStore over(AuditLog log, Path indexFile, String system, InstantSource clock)
            throws IOException {
        try {
            EventIndex index = EventIndex.open(indexFile, log.verifier().name(), log.size());
            IndexFollower follower = new IndexFollower(log, index);
            follower.start();
            return new EventStore(log, follower, system, clock);
        } catch (SQLException unusable) {
            throw new IOException("the index " + indexFile + " cannot be opened", unusable);
        }
    }

    /// Keeps an event of the control plane itself: it is on the disk before the stage completes, whatever firmness it asks for.
    @Override
    public CompletionStage<Outcome> record(SecurityEvent event) {
        byte[] entry = new LogEntry(Optional.empty(), event).bytes();
        int bytes = entry.length - LogEntry.AROUND_OWN_BYTES;
        if (bytes > EventJson.EVENT_BYTES_MAX) {
            return CompletableFuture.completedStage(
                    new Outcome.Lost(
                            "the event has "
                                    + bytes
                                    + " bytes (expected: at most "
                                    + EventJson.EVENT_BYTES_MAX
                                    + ")"));
        }
        return log.append(entry)
                .thenApply(appended ->
                        switch (appended) {
                            case AuditLog.Appended.At _ -> new Outcome.Kept();
                            case AuditLog.Appended.Lost(String why) -> new Outcome.Lost(why);
                        });
    }

    /// Keeps a node's events, each once however often it is sent. Returns when they are on the disk.
    ///
    /// An event that cannot be read, or that speaks in the name of another node, is kept as the fact that it was sent
    /// ([AdminAct#NODE_REFUSED]): it must not hold up those behind it.
    ///
    /// @param from  the node that sent the batch, as its certificate says
    /// @param names in whose names that node may speak
    public Accepted accept(String from, Set<String> names, Batch batch) {
        if (index.next() < sizeAtOpening) {
            return new Accepted.NotYet("the index is being made");
        }
        SpoolOf spool = new SpoolOf(from, batch.spool());
        // What brings nothing is not remembered: the node chooses what its spools are called.
        Taken taken =
                batch.events().isEmpty()
                        ? new Taken()
                        : spools.computeIfAbsent(spool, _ -> new Taken());
        taken.lock.lock();
        turns.acquireUninterruptibly();
        try {
            if (taken.last == Taken.NOT_ASKED) {
                // What is in the log from now on went through here.
                taken.last = index.sequence(from, batch.spool());
            }
            List<byte[]> entries = entries(from, names, batch, taken.last);
            if (entries.isEmpty()) {
                return new Accepted.UpTo(Math.max(taken.last, batch.last()));
            }
            return switch (log.appendAll(entries).toCompletableFuture().join()) {
                case AuditLog.Appended.Lost(String why) -> new Accepted.NotYet(why);
                case AuditLog.Appended.At _ -> {
                    taken.last = batch.last();
                    yield new Accepted.UpTo(batch.last());
                }
            };
        } catch (SQLException indexFailed) {
            return new Accepted.NotYet("the index cannot be read: " + indexFailed.getMessage());
        } finally {
            turns.release();
            taken.lock.unlock();
        }
    }

    /// All events of a request that are in the log, in the order in which their hops began.
    ///
    /// @throws IOException when the disk fails, or the index does not catch up in time
    public List<Recorded> about(String request) throws IOException {
        List<Recorded> events = new ArrayList<>();
        for (long place : index.places(request, log.size(), INDEX_WAIT_SECONDS)) {
            read(place, log.read(place).getFirst()).ifPresent(events::add);
        }
        events.sort(Hops.IN_ORDER);
        return events;
    }

    /// Events from that place in the log on; empty when there are none yet. Ask again from `last index + 1`.
    ///
    /// @param max at most this many, and never more than [#PAGE_EVENTS_MAX]
    /// @throws IOException when the disk fails
    public List<Recorded> page(long from, int max) throws IOException {
        List<Recorded> events = new ArrayList<>();
        long place = from;
        while (events.size() < Math.min(max, PAGE_EVENTS_MAX)) {
            List<byte[]> entries = log.read(place);
            if (entries.isEmpty()) {
                break;
            }
            for (byte[] entry : entries) {
                if (events.size() < Math.min(max, PAGE_EVENTS_MAX)) {
                    read(place, entry).ifPresent(events::add);
                    place++;
                }
            }
        }
        return events;
    }

    /// How many entries the log has.
    public long size() {
        return log.size();
    }

    /// Completes when the log has more than that many entries, or is closed.
    public CompletionStage<Void> grownBeyond(long size) {
        return log.grownBeyond(size);
    }

    /// Lets go of the index. The log stays open.
    @Override
    public void close() throws IOException {
        index.close();
    }

    /// The entries of those events of the batch that are behind that sequence.
    private List<byte[]> entries(String from, Set<String> names, Batch batch, long last) {
        Envelope envelope = new Envelope(from, batch.spool());
        List<byte[]> entries = new ArrayList<>(batch.events().size());
        long sequence = batch.first();
        for (byte[] json : batch.events()) {
            if (sequence > last) {
                byte[] event =
                        EventJson.nodeOfWritten(json).filter(names::contains).isPresent()
                                ? json
                                : read(
                                        new LogEntry.Origin(from, batch.spool(), sequence),
                                        names,
                                        json);
                entries.add(envelope.around(sequence, event));
            }
            sequence++;
        }
        return entries;
    }

    /// The event as it is written, or the fact that it was sent.
    private byte[] read(LogEntry.Origin origin, Set<String> names, byte[] json) {
        return EventJson.write(
                switch (EventJson.read(json)) {
                    case EventJson.Parsed.Malformed(String why) -> misreport(origin, why);
                    case EventJson.Parsed.Event(SecurityEvent sent)
                            when !names.contains(sent.header().node()) ->
                            misreport(origin, "it speaks in the name of " + sent.header().node());
                    case EventJson.Parsed.Event(SecurityEvent sent) -> sent;
                });
    }

    private SecurityEvent misreport(LogEntry.Origin origin, String why) {
        Header header =
                new Header(
                        ids.next(),
                        clock.instant(),
                        system,
                        "control",
                        Optional.empty(),
                        Optional.empty());
        Actor node = new Actor(Actor.Kind.SERVICE, "service:" + origin.from(), List.of(), "-");
        String event = origin.spool() + "/" + origin.sequence();
        return new SecurityEvent.Administered(
                header,
                AdminAct.NODE_REFUSED,
                node,
                origin.from(),
                Map.of("event", event, "why", why));
    }

    private static Optional<Recorded> read(long place, byte[] bytes) {
        return LogEntry.parse(bytes) instanceof LogEntry.Parsed.Entry(LogEntry entry)
                ? Optional.of(new Recorded(place, entry.event()))
                : Optional.empty();
    }
}
