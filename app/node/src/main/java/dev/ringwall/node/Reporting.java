package dev.ringwall.node;

import dev.ringwall.audit.Spool;
import dev.ringwall.link.Messages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Tells the control plane every few seconds how this node is.
final class Reporting implements Loop.Round {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final NodeSettings settings;
    private final NodeIdentities identities;
    private final Places places;
    private final LastGood lastGood;
    private final Spool spool;
    private final Shipper shipper;
    private final Links links;
    private final ShownAtDoor shown;
    private final Supplier<List<String>> problems;

    Reporting(
            NodeSettings settings,
            NodeIdentities identities,
            Places places,
            LastGood lastGood,
            Spool spool,
            Shipper shipper,
            Links links,
            ShownAtDoor shown,
            Supplier<List<String>> problems) {
        this.shown = shown;
        this.problems = problems;
        this.settings = settings;
        this.identities = identities;
        this.places = places;
        this.lastGood = lastGood;
        this.spool = spool;
        this.shipper = shipper;
        this.links = links;
    }

    @Override
    public boolean run() throws InterruptedException {
        Map<String, Instant> ends = new TreeMap<>(identities.ends());
        List<String> carries = new ArrayList<>(places.services());
        carries.sort(null);
        if (settings.names().contains(NodeSettings.GATEWAY)) {
            carries.addFirst(NodeSettings.GATEWAY);
            ends.put(NodeIdentities.DOOR, shown.get().notAfter());
        }
        Messages.Report report =
                new Messages.Report(
                        carries,
                        lastGood.bundleNumber(),
                        lastGood.rosterNumber(),
                        Math.max(0, spool.syncedUpTo() - shipper.shipped()),
                        spool.bytesWaiting(),
                        ends,
                        problems.get());
        if (places.leaving()) {
            return false;
        }
        if (!(links.own().report(report)
                instanceof ControlLink.Reply.Answered<Messages.Noted>(Messages.Noted noted))) {
            return false;
        }
        if (!noted.missing().isEmpty()) {
            places.unknown(noted.missing());
            places.announce(links::of);
        }
        Thread.sleep(EVERY);
        return true;
    }
}
