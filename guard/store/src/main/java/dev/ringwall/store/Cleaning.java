package dev.ringwall.store;

import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets what is over, now and then, so that the database does not grow with time.
public final class Cleaning implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cleaning.class);
    private static final long EVERY_MINUTES = 5;

    private final Store store;
    private final InstantSource clock;
    private final ScheduledExecutorService turns =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("store-cleaning").factory());

    /// Begins.
    public Cleaning(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        turns.scheduleWithFixedDelay(this::turn, EVERY_MINUTES, EVERY_MINUTES, TimeUnit.MINUTES);
    }

    private void turn() {
        try {
            store.forget(clock.instant());
        } catch (RuntimeException failed) {
            LOG.warn("could not forget what is over", failed);
        }
    }

    @Override
    public void close() {
        turns.shutdownNow();
    }
}
