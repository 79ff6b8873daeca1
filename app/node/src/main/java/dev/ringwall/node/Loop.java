package dev.ringwall.node;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work that goes on in a thread of its own until it is closed. What goes wrong unforeseen is logged and tried again.
final class Loop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private final Thread thread;

    private Loop(Thread thread) {
        this.thread = thread;
    }

    /// One round of the work; returns whether it went well.
    @FunctionalInterface
    interface Round {
        boolean run() throws InterruptedException;
    }

    /// Starts going round.
    static Loop start(String name, Round round) {
        return new Loop(Thread.ofVirtual().name(name).start(() -> go(name, round)));
    }

    private static void go(String name, Round round) {
        Pace pace = new Pace();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                boolean well;
                try {
                    well = round.run();
                } catch (RuntimeException unforeseen) {
                    LOG.atError().setCause(unforeseen).addKeyValue("loop", name).log("unforeseen");
                    well = false;
                }
                if (well) {
                    pace.succeeded();
                } else {
                    pace.failed();
                }
            } catch (InterruptedException closed) {
                return;
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(java.time.Duration.ofSeconds(2));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
