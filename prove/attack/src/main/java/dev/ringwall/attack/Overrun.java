package dev.ringwall.attack;

import dev.ringwall.model.Limit;
import dev.ringwall.model.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends calls until one is refused for being too many, and says whether that came in time.
///
/// A limit refills while it is being overrun, so what may pass is its count and what has come back since the first call.
final class Overrun {

    /// Limits that cannot be reached in this time are not played.
    static final Duration TIME_MAX = Duration.ofMinutes(2);

    private static final Duration PACE_AFTER = Duration.ofSeconds(3);

    static final int CONNECTIONS_MAX = 16;

    /// Calls that may pass above the count: some counters take the call that fills them, and the clocks are not the same.
    static final int SLACK = 2;

    private Overrun() {}

    /// The `number`th call, counted from 0.
    @FunctionalInterface
    interface Calls {
        Call call(int number);
    }

    /// @param atOnce so many may be under way, so that it is this limit that refuses and not that one
    static Seen play(Scene scene, Road road, Limit limit, long atOnce, Calls calls)
            throws IOException, NotPlayable {
        scene.note(calls.call(0).curl(road.origin()) + "   # again and again");
        Count count = new Count(limit);
        int connections = Math.toIntExact(Math.min(connections(limit), atOnce));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> senders = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                senders.add(threads.submit(() -> count.spend(road, calls)));
            }
            for (Future<?> sender : senders) {
                sender.get();
            }
        } catch (ExecutionException broken) {
            throw new IOException("the calls broke off: " + broken.getCause(), broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
        return count.outcome();
    }

    /// Few for a small count, so that a refusal is not late; enough for a quick limit, which refills while it is being overrun.
    private static int connections(Limit limit) {
        long perSecond = limit.count() * 1_000 / Math.max(1, limit.per().toMillis());
        return Math.clamp(Math.max(limit.count() / 8, perSecond), 1, CONNECTIONS_MAX);
    }

    /// How far it has come. For any thread.
    private static final class Count {
        private final Limit limit;
        private final long begun = System.nanoTime();
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger passed = new AtomicInteger();
        private final AtomicBoolean refused = new AtomicBoolean();
        private final AtomicBoolean late = new AtomicBoolean();
        private volatile Optional<String> trouble = Optional.empty();

        Count(Limit limit) {
            this.limit = limit;
        }

        Void spend(Road road, Calls calls) throws IOException {
            try (Connection connection = road.open()) {
                while (!refused.get() && passed.get() <= allowance() && trouble.isEmpty()) {
                    if (elapsed().compareTo(TIME_MAX) > 0 || hopeless()) {
                        late.set(true);
                        return null;
                    }
                    Call call = calls.call(sent.getAndIncrement());
                    connection.send(call.bytes(road.host()));
                    Reply reply = connection.receive(call.method());
                    note(reply);
                    if (reply.closes()) {
                        return spend(road, calls);
                    }
                }
            }
            return null;
        }

        private void note(Reply reply) {
            Optional<Reason> reason = Scene.refusal(reply);
            if (reason.filter(Reason.LIMIT_REACHED::equals).isPresent()) {
                refused.set(true);
                if (reply.header("retry-after").isEmpty()) {
                    trouble = Optional.of("refused without Retry-After");
                }
            } else if (reply.status() >= 500 || reply.status() == 401) {
                trouble =
                        Optional.of(
                                "refused for something else before the limit was reached: "
                                        + reply.excerpt());
            } else {
                passed.incrementAndGet();
            }
        }

        /// Whether it would take too long at the pace so far.
        private boolean hopeless() {
            Duration elapsed = elapsed();
            return elapsed.compareTo(PACE_AFTER) > 0
                    && (double) limit.count() / Math.max(1, passed.get()) * elapsed.toMillis()
                            > TIME_MAX.toMillis();
        }

        /// Whether nobody else has used anything up.
        private boolean fresh() {
            return limit.key() == Limit.Key.CALLER;
        }

        private Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - begun);
        }

        private long allowance() {
            double refilled = (double) limit.count() * elapsed().toNanos() / limit.per().toNanos();
            return limit.count() + (long) refilled + SLACK;
        }

        Seen outcome() throws NotPlayable {
            String told = passed + " of " + limit + " passed in " + elapsed().toMillis() + " ms";
            if (trouble.isPresent()) {
                return new Seen.Silence(trouble.get());
            }
            if (passed.get() > allowance()) {
                return new Seen.Yielded(told);
            }
            if (refused.get() && fresh() && passed.get() < limit.count() / 2) {
                throw new NotPlayable("another limit stands before it: " + told);
            }
            if (refused.get()) {
                return new Seen.Thwarted(Reason.LIMIT_REACHED.word() + " (limit): " + told);
            }
            throw new NotPlayable(
                    late.get()
                            ? "the limit of "
                                    + limit
                                    + " cannot be reached in "
                                    + TIME_MAX.toSeconds()
                                    + " s"
                            : "no call was refused: " + told);
        }
    }
}
