package dev.ringwall.control;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The newest signed documents, and a place to wait for newer ones. Thread-safe.
final class Published {

    private long bundleNumber;
    private @Nullable String bundle;
    private long rosterNumber;
    private @Nullable String roster;
    private boolean closed;

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
    synchronized Newer awaitNewer(long haveBundle, long haveRoster, Duration atMost)
            throws InterruptedException {
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

    /// Lets everybody who waits go.
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
