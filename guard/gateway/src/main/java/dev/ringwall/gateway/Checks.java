package dev.ringwall.gateway;

import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks by itself whether all is well: beside this node ([OwnServices]) and at its next hops ([Probes]). On one event loop, never on the path
/// of a request.
final class Checks {

    /// How long from one check of something to the next, give or take a fifth.
    static final Duration EVERY = Duration.ofSeconds(3);

    /// The same, where the next check may change what is believed.
    static final Duration SOON = Duration.ofMillis(500);

    /// How long a check may take.
    static final Duration WITHIN = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Checks.class);
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
                                () -> look(pool, plan.get(), fronts.get()),
                                0,
                                LOOK.toMillis(),
                                TimeUnit.MILLISECONDS);
    }

    /// Whatever goes wrong once, it looks again: a loop that throws is not scheduled any more.
    private void look(Pool pool, @Nullable Plan plan, Collection<Front> fronts) {
        if (plan == null) {
            return;
        }
        try {
            long now = System.nanoTime();
            own.round(pool, plan, now);
            probes.round(pool, plan, fronts, now);
        } catch (RuntimeException unforeseen) {
            LOG.atError().setCause(unforeseen).log("unforeseen; checks go on");
        }
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
