package dev.ringwall.command;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a command running until Ctrl-C or a polite end, and closes what it runs then.
final class Stopping {

    private static final Logger LOG = LoggerFactory.getLogger(Stopping.class);

    private Stopping() {}

    /// Waits; when the process is asked to end, closes the thing before it does.
    static void await(AutoCloseable running) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("stop")
                                .unstarted(() -> {
                                    try {
                                        running.close();
                                    } catch (Exception stubborn) {
                                        LOG.warn("did not stop cleanly", stubborn);
                                    }
                                    stopped.countDown();
                                }));
        stopped.await();
    }
}
