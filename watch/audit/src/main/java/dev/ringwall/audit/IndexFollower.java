package dev.ringwall.audit;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the log into its index, in the background, and answers from the index. Any thread may ask.
final class IndexFollower implements AutoCloseable {

    private static final int ENTRIES_PER_TRANSACTION = 10_000;
    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(1);

    /// How long the index may stay behind while nobody asks: a transaction writes each page that it touches, however few of the rows on it are
    /// new, and the last pages are touched by nearly all. After a restart so much is read again before the first batch is taken.
    private static final Duration BEHIND_MAX = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(IndexFollower.class);

    private final AuditLog log;
    private final EventIndex index;
    private final Thread following;
    private final BundleFile bundle = new BundleFile();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grew = lock.newCondition();
    private final Condition hurried = lock.newCondition();
    private int asking;
    private volatile long next;

    IndexFollower(AuditLog log, EventIndex index) throws SQLException {
        this.log = log;
        this.index = index;
        this.next = index.next();
        this.following = Thread.ofPlatform().name("audit-index").daemon().unstarted(this::follow);
    }

    void start() {
        following.start();
    }

    /// How many entries of the log have been read.
    long next() {
        return next;
    }

    /// The places of the request's events, once the index has read that many entries.
    List<Long> places(String request, long entries, int waitSeconds) throws IOException {
        lock.lock();
        try {
            asking++;
            hurried.signalAll();
            long nanos = TimeUnit.SECONDS.toNanos(waitSeconds);
            while (next < entries && !closed.isDone() && nanos > 0) {
                nanos = grew.awaitNanos(nanos);
            }
            if (next < entries) {
                throw new IndexBehind(next, entries);
            }
            return index.places(request);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the index", asked);
        } catch (SQLException unreadable) {
            throw new IOException("the index cannot be read", unreadable);
        } finally {
            asking--;
            lock.unlock();
        }
    }

    /// The last sequence of that spool that has been read; 0 when there is none.
    long sequence(String sender, String spool) throws SQLException {
        lock.lock();
        try {
            return index.sequence(sender, spool);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        closed.complete(null);
        lock.lock();
        try {
            hurried.signalAll();
        } finally {
            lock.unlock();
        }
        Waits.join(following);
        try {
            index.close();
        } catch (SQLException unusable) {
            throw new IOException("the index cannot be closed", unusable);
        }
    }

    private void follow() {
        while (!closed.isDone() && !(log.ended() && next() >= log.size())) {
            try {
                long from = next();
                long size = log.size();
                if (from < size) {
                    read(from, Math.min(size, from + ENTRIES_PER_TRANSACTION));
                    letMoreCome();
                } else {
                    CompletableFuture.anyOf(closed, log.grownBeyond(size).toCompletableFuture())
                            .join();
                }
            } catch (IOException | SQLException failed) {
                LOG.atError()
                        .setCause(failed)
                        .addKeyValue("entry", next())
                        .log("the audit index cannot go on; it is tried again");
                pause();
            }
        }
    }

    private void letMoreCome() {
        lock.lock();
        try {
            long nanos = BEHIND_MAX.toNanos();
            while (asking == 0
                    && !closed.isDone()
                    && next + ENTRIES_PER_TRANSACTION > log.size()
                    && nanos > 0) {
                nanos = hurried.awaitNanos(nanos);
            }
        } catch (InterruptedException hurriedToo) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        CompletableFuture<Void> over = new CompletableFuture<>();
        over.completeOnTimeout(null, TRY_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture.anyOf(closed, over).join();
    }

    private void read(long from, long to) throws IOException, SQLException {
        List<EventIndex.Row> rows = new ArrayList<>();
        long[] place = {from};
        while (place[0] < to) {
            log.tell(
                    place[0],
                    bundle,
                    (bytes, start, end) -> {
                        LogEntry.key(bytes, start, end)
                                .ifPresent(key -> rows.add(new EventIndex.Row(place[0], key)));
                        place[0]++;
                    });
        }
        lock.lock();
        try {
            index.add(rows, place[0]);
            next = place[0];
            grew.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
