package dev.ringwall.node;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.Header;
import dev.ringwall.events.Ids;
import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.gateway.Snapshot;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.link.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for newer documents, verifies them, and hands on what they make. A document that is refused changes nothing and is recorded.
final class News implements Loop.Round {

    private static final Logger LOG = LoggerFactory.getLogger(News.class);
    private static final Duration FIRST_WITHIN = Duration.ofSeconds(30);

    private final Links control;
    private final LastGood lastGood;
    private final PeerVerifier peers;
    private final Recorder recorder;
    private final NodeSettings settings;
    private final Ids ids;
    private final Snapshots snapshots = new Snapshots();
    private @Nullable Snapshot snapshot;
    private volatile Consumer<Snapshot> follower = _ -> {};

    News(
            Links control,
            LastGood lastGood,
            PeerVerifier peers,
            Recorder recorder,
            NodeSettings settings) {
        this.control = control;
        this.lastGood = lastGood;
        this.peers = peers;
        this.recorder = recorder;
        this.settings = settings;
        this.ids = new Ids(settings.clock());
    }

    /// Makes sure that there is something to decide by: what is on disk, or else what the control plane gives within a while.
    boolean awaitBundle() throws InterruptedException {
        make();
        long deadline = System.nanoTime() + FIRST_WITHIN.toNanos();
        Pace pace = new Pace();
        while (snapshot == null && System.nanoTime() < deadline) {
            if (!run()) {
                pace.failed();
            }
        }
        return snapshot != null;
    }

    Snapshot snapshot() {
        return Objects.requireNonNull(snapshot);
    }

    /// Hands on what comes from now on.
    void follow(Consumer<Snapshot> to) {
        follower = to;
        to.accept(snapshot());
    }

    @Override
    public boolean run() throws InterruptedException {
        return switch (control.own().news(lastGood.bundleNumber(), lastGood.rosterNumber())) {
            case ControlLink.Reply.Refused<Messages.News>(String detail) -> {
                LOG.atWarn().addKeyValue("why", detail).log("the control plane refuses news");
                yield false;
            }
            case ControlLink.Reply.Unavailable<Messages.News> _ -> false;
            case ControlLink.Reply.Answered<Messages.News>(Messages.News news) -> take(news);
        };
    }

    private boolean take(Messages.News news) {
        try {
            boolean changed = false;
            boolean well = true;
            if (news.bundle() != null) {
                LastGood.Taken taken = lastGood.takeBundle(news.bundle());
                changed |= taken instanceof LastGood.Taken.Accepted;
                well &= notedIfRefused("bundle", taken);
            }
            if (news.roster() != null) {
                LastGood.Taken taken = lastGood.takeRoster(news.roster());
                changed |= taken instanceof LastGood.Taken.Accepted;
                well &= notedIfRefused("roster", taken);
            }
            if (changed) {
                make();
            }
            return well;
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }

    private void make() {
        if (lastGood.bundle().isEmpty() || lastGood.roster().isEmpty()) {
            return; // without the roster nobody knows which tokens and keys count no more
        }
        switch (snapshots.of(lastGood.bundle().get(), lastGood.roster())) {
            case Snapshots.Made.Ready(Snapshot made) -> {
                snapshot = made;
                LOG.atInfo().addKeyValue("bundle", made.number()).log("configuration applied");
                follower.accept(made);
            }
            case Snapshots.Made.Unusable(String why) -> refused("bundle", why);
        }
    }

    private boolean notedIfRefused(String what, LastGood.Taken taken) {
        if (taken instanceof LastGood.Taken.Refused(String why)) {
            refused(what, why);
            return false;
        }
        return true;
    }

    private void refused(String what, String why) {
        LOG.atError().addKeyValue("what", what).addKeyValue("why", why).log("document refused");
        recorder.record(
                new SecurityEvent.Administered(
                        new Header(
                                ids.next(),
                                settings.clock().instant().truncatedTo(ChronoUnit.MICROS),
                                peers.root().system(),
                                settings.names().getFirst(),
                                Optional.empty(),
                                Optional.empty()),
                        AdminAct.BUNDLE_REFUSED,
                        Actor.system(),
                        what,
                        Map.of("why", why)));
    }
}
