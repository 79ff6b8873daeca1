package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A few threads for what takes too long on an event loop: checking and making signatures, long validations, looking names up, TLS
/// handshakes. What waits for them is bounded; past that a request is refused rather than queued.
final class Workers implements AutoCloseable {

    /// So much may wait.
    static final int WAITING_MAX = 1_024;

    private final ThreadPoolExecutor threads;
    private final QuickSoon quick = new QuickSoon();

    Workers(String name, int count) {
        this.threads =
                new ThreadPoolExecutor(
                        count,
                        count,
                        1,
                        TimeUnit.MINUTES,
                        new ArrayBlockingQueue<>(WAITING_MAX),
                        Thread.ofPlatform().name(name, 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// Answers later, or refuses now when too much waits.
    Passage later(Supplier<Passage> work) {
        quick.task();
        try {
            return new Passage.Later(
                    CompletableFuture.supplyAsync(work, threads).thenCompose(Workers::flat));
        } catch (RejectedExecutionException busy) {
            return new Passage.Refused(
                    Reason.LIMIT_REACHED,
                    List.of(),
                    "too many signatures wait to be checked",
                    Map.of("retry-after", "1"));
        }
    }

    private static CompletionStage<Passage> flat(Passage passage) {
        return passage instanceof Passage.Later(CompletionStage<Passage> then)
                ? then
                : CompletableFuture.completedStage(passage);
    }

    /// For those that bring their own bound.
    Executor executor() {
        return threads;
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(
                    Duration.ofSeconds(1).toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException stopped) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
