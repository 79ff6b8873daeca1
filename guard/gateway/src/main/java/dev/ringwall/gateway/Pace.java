package dev.ringwall.gateway;

import java.time.Duration;

/// How fast a body comes. Only the time counts in which more of it was wanted: whoever waits for a slow next hop is not slow. A body that
/// trickles, a byte before each pause gets too long, would hold a connection for as long as it likes.
final class Pace {

    /// Every body may take so long.
    static final Duration GRACE = Duration.ofMinutes(1);

    /// After that it may take another second for each so many bytes that have come.
    static final int BYTES_PER_SECOND_MIN = 500;

    private static final long NANOS_PER_BYTE =
            Duration.ofSeconds(1).toNanos() / BYTES_PER_SECOND_MIN;

    private long waitedNanos;
    private long waitingNanos;
    private long bytes;

    /// It has been waited for so long by now, since something came.
    void waiting(long nanos) {
        waitingNanos = Math.max(waitingNanos, nanos);
    }

    /// So many bytes have come; the wait for them is over.
    void came(int more) {
        waitedNanos += waitingNanos;
        waitingNanos = 0;
        bytes += more;
    }

    /// Whether it takes longer than its bytes are worth.
    ///
    /// @param more time than it has anyway
    boolean tooSlow(Duration more) {
        return waitedNanos + waitingNanos - GRACE.plus(more).toNanos() > bytes * NANOS_PER_BYTE;
    }
}
