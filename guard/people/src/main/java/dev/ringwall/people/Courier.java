package dev.ringwall.people;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries the letters of the outbox, on a thread of its own, until it is closed.
public final class Courier implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final Outbox outbox;
    private final Thread thread;

    Courier(Outbox outbox) {
        this.outbox = outbox;
        this.thread = Thread.ofVirtual().name("courier").unstarted(this::run);
    }

    /// Begins to carry.
    public Courier start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    outbox.carry();
                } catch (RuntimeException unforeseen) {
                    LOG.error("letters are not carried", unforeseen);
                }
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
