package dev.ringwall.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Lets a command that runs on be asked to end (Ctrl-C, SIGTERM), and keeps the process until the command has closed what it runs.
///
/// Opened first, so that it is closed last:
///
/// ```java
/// try (Stopping stopping = Stopping.begin(); Node node = start()) {
///     stopping.await();
/// }
/// ```
///
/// Whoever is asked to end while it still starts is interrupted, and closes what it has started so far.
final class Stopping implements AutoCloseable {

    /// How long closing may take before the process ends without.
    static final Duration WITHIN = Duration.ofSeconds(20);

    private static final AtomicBoolean ASKED = new AtomicBoolean();

    private final Thread command = Thread.currentThread();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("stop").unstarted(this::end);
    private boolean started;

    private Stopping() {}

    /// From here on, being asked to end waits for the closing of what this returns.
    static Stopping begin() {
        Stopping stopping = new Stopping();
        Runtime.getRuntime().addShutdownHook(stopping.hook);
        return stopping;
    }

    private void end() {
        ASKED.set(true);
        asked.countDown();
        synchronized (this) {
            if (!started) {
                command.interrupt();
            }
        }
        try {
            closed.await(WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether the process has been asked to end; what fails after that fails because of it.
    static boolean wasAsked() {
        return ASKED.get();
    }

    /// Waits until somebody asks.
    void await() throws InterruptedException {
        synchronized (this) {
            started = true;
        }
        asked.await();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // the hook runs already, and waits for us no longer
        }
    }
}
