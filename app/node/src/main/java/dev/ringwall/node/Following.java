package dev.ringwall.node;

import dev.ringwall.gateway.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what this node has opened and runs in line with the newest declaration, starts programs again that ended by themselves, and
/// tells the control plane where it listens. What fails is tried again, until it is done or a newer declaration comes.
final class Following implements Loop.Round {

    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    /// How often it looks whether programs have ended by themselves.
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /// The same where it runs none.
    private static final Duration LOOK_SELDOM = Duration.ofSeconds(10);

    private final Places places;
    private final NodeIdentities identities;
    private final Links links;
    private final NodeSettings settings;
    private final Duration lookEvery;
    private @Nullable Snapshot wanted;
    private long done;

    Following(Places places, NodeIdentities identities, Links links, NodeSettings settings) {
        this.places = places;
        this.identities = identities;
        this.links = links;
        this.settings = settings;
        this.lookEvery = settings.programs().isPresent() ? LOOK_EVERY : LOOK_SELDOM;
    }

    /// From now on it is this that is followed.
    synchronized void want(Snapshot snapshot) {
        wanted = snapshot;
        notifyAll();
    }

    /// The declaration to follow; null where there is nothing new within a while.
    private synchronized @Nullable Snapshot awaitWanted() throws InterruptedException {
        long deadline = System.nanoTime() + lookEvery.toNanos();
        while (wanted == null || wanted.number() <= done) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return wanted;
    }

    @Override
    public boolean run() throws InterruptedException {
        places.startAgainWhenDue();
        Snapshot next = awaitWanted();
        if (next == null) {
            return true;
        }
        Set<String> declared = new LinkedHashSet<>();
        next.blueprint().programs().forEach(service -> declared.add(service.name()));
        links.declared(declared);
        if (!admitted(declared)) {
            return false;
        }
        try {
            List<Program> started = places.follow(next);
            places.write();
            places.awaitReady(started);
        } catch (IOException failed) {
            LOG.atError().setCause(failed).log("the new declaration is not followed in full yet");
            return false;
        }
        if (!places.announce(links::of)) {
            return false;
        }
        synchronized (this) {
            done = next.number();
        }
        return true;
    }

    /// Gets certificates for services that were declared later, where this node stands beside every service.
    private boolean admitted(Set<String> declared) {
        List<String> missing =
                declared.stream().filter(name -> !identities.services().contains(name)).toList();
        if (settings.admission().isEmpty() || missing.isEmpty()) {
            return true;
        }
        List<String> all = new ArrayList<>(declared);
        if (settings.names().contains(NodeSettings.GATEWAY)) {
            all.addFirst(NodeSettings.GATEWAY);
        }
        try {
            String token = settings.admission().get().joinToken(all, identities.instance());
            if (Joining.joinAs(missing, identities, token, settings)
                    instanceof Joining.Outcome.Refused(String why)) {
                LOG.atError().addKeyValue("why", why).log("not admitted as the new services");
                return false;
            }
            return true;
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }
}
