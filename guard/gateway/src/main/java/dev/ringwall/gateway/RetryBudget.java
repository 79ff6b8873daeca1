package dev.ringwall.gateway;

import java.util.concurrent.atomic.AtomicLong;

/// How often requests may be tried again: one retry for ten requests, so that retries never become the load that keeps a service down.
/// Any thread may use it.
final class RetryBudget {

    /// So many requests pay for one retry.
    static final int REQUESTS_PER_RETRY = 10;

    /// So many retries can be saved up, and are there at the start.
    static final int SAVED_MAX = 20;

    private static final long FULL = (long) SAVED_MAX * REQUESTS_PER_RETRY;

    private final AtomicLong saved = new AtomicLong(FULL);

    /// A request is sent for the first time.
    void request() {
        if (saved.get() < FULL) { // else nothing is written, which all event loops would wait for
            saved.accumulateAndGet(1, (now, one) -> Math.min(now + one, FULL));
        }
    }

    /// Whether one may be sent again; if so, it is paid for.
    boolean retry() {
        long before =
                saved.getAndUpdate(
                        now -> now < REQUESTS_PER_RETRY ? now : now - REQUESTS_PER_RETRY);
        return before >= REQUESTS_PER_RETRY;
    }
}
