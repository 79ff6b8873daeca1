package dev.ringwall.identity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets what is over, now and then, so that the database does not grow with time.
final class Cleaning implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cleaning.class);
    private static final long EVERY_MINUTES = 5;

    /// A spent token is remembered for a while longer than it lived, for clocks that differ.
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final Store store;
    private final InstantSource clock;
    private final ScheduledExecutorService turns =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("identity-cleaning").factory());

    Cleaning(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        turns.scheduleWithFixedDelay(this::turn, EVERY_MINUTES, EVERY_MINUTES, TimeUnit.MINUTES);
    }

    private void turn() {
        try {
            clean();
        } catch (RuntimeException failed) {
            LOG.warn("could not forget what is over", failed);
        }
    }

    /// Does it once, and says how many rows it forgot.
    int clean() {
        long before = clock.millis() - GRACE.toMillis();
        long familiar = clock.millis() - Throttle.FAMILIAR.toMillis();
        return store.write(tx ->
                tx.change("DELETE FROM token_family WHERE expires < ?", before)
                        + tx.change("DELETE FROM spent_refresh WHERE expires < ?", before)
                        + tx.change("DELETE FROM login_session WHERE expires < ?", before)
                        + tx.change("DELETE FROM revocation WHERE until < ?", before)
                        + tx.change("DELETE FROM used_assertion WHERE expires < ?", before)
                        + tx.change("DELETE FROM pushed_request WHERE expires < ?", clock.millis())
                        + tx.change("DELETE FROM sign_in_failure WHERE last < ?", familiar));
    }

    @Override
    public void close() {
        turns.shutdownNow();
    }
}
