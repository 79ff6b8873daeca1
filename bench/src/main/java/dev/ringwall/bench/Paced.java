package dev.ringwall.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/// Calls at a given rate, due evenly one after the other over all connections. How long one takes counts from when it was due: where it had
/// to wait for the one before, that is part of it.
record Paced(URI url) {

    private static final long FIRST_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /// How long calls took.
    record Times(long requests, double perSecond, double p50Micros, double p99Micros) {

        /// Of those durations in nanoseconds, measured in so many seconds.
        static Times of(long[] nanos, int seconds) throws IOException {
            if (nanos.length == 0) {
                throw new IOException("no call was answered, so nothing can be said");
            }
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            return new Times(
                    sorted.length,
                    (double) sorted.length / seconds,
                    sorted[sorted.length / 2] / 1e3,
                    sorted[(int) (sorted.length * 99L / 100)] / 1e3);
        }

        /// Of each figure the one in the middle.
        static Times median(List<Times> all) {
            return new Times(
                    all.stream().mapToLong(Times::requests).sum(),
                    middle(all, Times::perSecond),
                    middle(all, Times::p50Micros),
                    middle(all, Times::p99Micros));
        }

        private static double middle(List<Times> all, ToDoubleFunction<Times> of) {
            double[] sorted = all.stream().mapToDouble(of).sorted().toArray();
            return sorted[sorted.length / 2];
        }

        String json() {
            return String.format(
                    Locale.ROOT,
                    "{\"requests\": %d, \"requestsPerSecond\": %.0f, \"p50Micros\": %.0f, \"p99Micros\": %.0f}",
                    requests,
                    perSecond,
                    p50Micros,
                    p99Micros);
        }
    }

    /// Calls for so long.
    ///
    /// @param perSecond on all connections together; 0 for as fast as can be
    /// @throws IOException when one answer is not 200; a round with such says nothing
    Times load(int connections, int perSecond, int seconds)
            throws IOException, InterruptedException {
        long first = System.nanoTime() + FIRST_AFTER_NANOS;
        long end = first + TimeUnit.SECONDS.toNanos(seconds);
        long apart = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
        try (ExecutorService each = Executors.newFixedThreadPool(connections)) {
            List<Future<long[]>> all = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                long begins = first + i * apart;
                all.add(each.submit(() -> calls(begins, apart * connections, end)));
            }
            long[] nanos = new long[0];
            for (Future<long[]> some : all) {
                nanos = joined(nanos, some.get());
            }
            return Times.of(nanos, seconds);
        } catch (ExecutionException failed) {
            throw new IOException(
                    "a call failed, so the round says nothing: " + failed.getCause(), failed);
        }
    }

    private static long[] joined(long[] some, long[] more) {
        long[] both = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, both, some.length, more.length);
        return both;
    }

    private long[] calls(long first, long apart, long end) throws IOException {
        long[] nanos = new long[1 << 12];
        int n = 0;
        try (PlainCalls calls = new PlainCalls(url)) {
            long due = first;
            while (due < end) {
                awaitTime(due);
                int status = calls.call();
                long now = System.nanoTime();
                if (status != 200) {
                    throw new IOException(url + " answered " + status);
                }
                nanos = n < nanos.length ? nanos : Arrays.copyOf(nanos, 2 * n);
                nanos[n++] = now - due;
                due = apart == 0 ? now : due + apart;
            }
        }
        return Arrays.copyOf(nanos, n);
    }

    private static void awaitTime(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
