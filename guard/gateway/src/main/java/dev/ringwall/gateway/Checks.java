package dev.ringwall.gateway;

import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Looks by itself whether all is well: beside this node ([OwnServices]) and at its next hops ([Probes]). On one event loop, never on the path
/// of a request.
final class Checks {

    /// How long from one check of something to the next, give or take a fifth.
    static final Duration EVERY = Duration.ofSeconds(3);

    /// The same, where the next check may change what is believed.
    static final Duration SOON = Duration.ofMillis(500);

    /// How long a check may take.
    static final Duration WITHIN = Duration.ofSeconds(2);

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final double SPREAD = 0.2;

    private final OwnServices own = new OwnServices();
    private final Probes probes;
    private @Nullable ScheduledFuture<?> looking;

    Checks(String system, Outliers outliers) {
        this.probes = new Probes(system, outliers);
    }

    OwnServices own() {
        return own;
    }

    Probes probes() {
        return probes;
    }

    /// Begins to look.
    synchronized void start(
            Pool pool, Supplier<@Nullable Plan> plan, Supplier<Collection<Front>> fronts) {
        looking =
                pool.loop()
                        .scheduleWithFixedDelay(
                                () -> {
                                    Plan current = plan.get();
                                    if (current != null) {
                                        long now = System.nanoTime();
                                        own.round(pool, current, now);
                                        probes.round(pool, current, fronts.get(), now);
                                    }
                                },
                                0,
                                LOOK.toMillis(),
                                TimeUnit.MILLISECONDS);
    }

    synchronized void stop() {
        if (looking != null) {
            looking.cancel(false);
        }
    }

    /// Until the next check.
    static Duration pause(Wellness wellness) {
        if (wellness.wavers()) {
            return SOON;
        }
        double share = 1 - SPREAD + 2 * SPREAD * ThreadLocalRandom.current().nextDouble();
        return Duration.ofNanos((long) (EVERY.toNanos() * share));
    }
}
