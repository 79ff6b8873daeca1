package dev.ringwall.control;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every few seconds at what must be renewed. What goes wrong is logged and tried again.
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Thread thread;

    private Upkeep(Thread thread) {
        this.thread = thread;
    }

    /// One look.
    @FunctionalInterface
    interface Look {
        void run() throws Exception;
    }

    static Upkeep start(Look... looks) {
        return start(EVERY, looks);
    }

    static Upkeep start(Duration every, Look... looks) {
        return new Upkeep(
                Thread.ofVirtual()
                        .name("upkeep")
                        .start(() -> {
                            while (!Thread.currentThread().isInterrupted()) {
                                try {
                                    Thread.sleep(every);
                                    for (Look look : looks) {
                                        look.run();
                                    }
                                } catch (InterruptedException closed) {
                                    return;
                                } catch (Exception failed) {
                                    LOG.error("upkeep failed", failed);
                                }
                            }
                        }));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
