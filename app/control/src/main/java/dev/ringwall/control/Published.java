package dev.ringwall.control;

import dev.ringwall.link.Messages;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The newest signed documents, and a place to wait for newer ones. Thread-safe.
final class Published {

    /// A node that has not asked for so long is away.
    private static final Duration ASKS_WITHIN =
            Duration.ofSeconds(Messages.NEWS_WAIT_SECONDS).plusSeconds(5);

    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(2);

    private long bundleNumber;
    private @Nullable String bundle;
    private long rosterNumber;
    private @Nullable String roster;
    private boolean closed;
    private final Map<Member, Taken> nodes = new HashMap<>();

    /// What a node has taken up, and when it last asked.
    private record Taken(long bundle, long roster, long nanos) {
        boolean lately() {
            return System.nanoTime() - nanos < ASKS_WITHIN.toNanos();
        }
    }

    /// Documents that are newer than those asked about; null where there is none.
    record Newer(@Nullable String bundle, @Nullable String roster) {
        boolean nothing() {
            return bundle == null && roster == null;
        }
    }

    synchronized void bundle(long number, String signed) {
        if (number > bundleNumber) {
            bundleNumber = number;
            bundle = signed;
            notifyAll();
        }
    }

    synchronized void roster(long number, String signed) {
        if (number > rosterNumber) {
            rosterNumber = number;
            roster = signed;
            notifyAll();
        }
    }

    synchronized long bundleNumber() {
        return bundleNumber;
    }

    synchronized long rosterNumber() {
        return rosterNumber;
    }

    /// Waits until there is something newer, at most that long.
    ///
    /// @param node who asks; by asking it says what it has taken up
    synchronized Newer awaitNewer(Member node, long haveBundle, long haveRoster, Duration atMost)
            throws InterruptedException {
        nodes.values().removeIf(one -> !one.lately());
        nodes.put(node, new Taken(haveBundle, haveRoster, System.nanoTime()));
        notifyAll();
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            Newer newer =
                    new Newer(
                            bundleNumber > haveBundle ? bundle : null,
                            rosterNumber > haveRoster ? roster : null);
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (!newer.nothing() || leftMillis <= 0 || closed) {
                return newer;
            }
            wait(leftMillis);
        }
    }

    /// Waits until every node that is there decides by the newest roster, at most that long; a node that is away is not waited for.
    synchronized void awaitRosterTaken(Duration atMost) throws InterruptedException {
        long wanted = rosterNumber;
        awaitTaken(node -> node.roster() >= wanted, atMost);
    }

    /// Waits until every node that is there decides by the newest bundle, likewise.
    synchronized void awaitBundleTaken(Duration atMost) throws InterruptedException {
        long wanted = bundleNumber;
        awaitTaken(node -> node.bundle() >= wanted, atMost);
    }

    private synchronized void awaitTaken(Predicate<Taken> taken, Duration atMost)
            throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!closed
                && nodes.values().stream().anyMatch(one -> one.lately() && !taken.test(one))) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                return;
            }
            wait(leftMillis);
        }
    }

    /// The same for as long as one who changes something waits; a node that is slower takes it up later.
    void awaitRosterTakenQuietly() {
        try {
            awaitRosterTaken(TAKEN_WITHIN);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets everybody who waits go.
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
