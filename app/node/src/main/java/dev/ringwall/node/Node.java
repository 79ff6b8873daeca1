package dev.ringwall.node;

import dev.ringwall.audit.Folding;
import dev.ringwall.audit.Spool;
import dev.ringwall.gateway.DataPlane;
import dev.ringwall.gateway.Snapshot;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.link.Bundle;
import dev.ringwall.link.HealthServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node at work.
///
/// It starts from what it has on disk, and asks the control plane only for what it lacks; when that is gone it goes on.
public final class Node implements HealthServer.Part, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final Duration LOOK_FOR_RENEWAL_EVERY = Duration.ofSeconds(5);

    private final List<AutoCloseable> parts;
    private final DataPlane plane;
    private final LastGood lastGood;
    private final Places places;
    private final NodeIdentities identities;
    private final DoorFiles doorFiles;
    private final Spool spool;
    private final InstantSource clock;
    private final Leaving leaving;

    private Node(
            List<AutoCloseable> parts,
            DataPlane plane,
            LastGood lastGood,
            Places places,
            NodeIdentities identities,
            DoorFiles doorFiles,
            Spool spool,
            InstantSource clock,
            Leaving leaving) {
        this.leaving = leaving;
        this.doorFiles = doorFiles;
        this.parts = parts;
        this.plane = plane;
        this.lastGood = lastGood;
        this.places = places;
        this.identities = identities;
        this.spool = spool;
        this.clock = clock;
    }

    /// What became of the wish to start a node.
    public sealed interface Start {
        /// It is at work.
        record Running(Node node) implements Start {}

        /// It is not, and this is why, with the remedy.
        record Refused(String why) implements Start {}
    }

    /// Whether a node in that folder has good certificates for those names, and so needs no join token.
    public static boolean hasIdentities(Path folder, List<String> names, InstantSource clock)
            throws IOException {
        return NodeIdentities.load(identityFolder(folder), names, clock).isPresent();
    }

    /// Starts a node and returns when its listeners are open; the programs behind them may take longer, see [#awaitPrograms()].
    public static Start start(NodeSettings settings) throws IOException, InterruptedException {
        Optional<NodeIdentities> known =
                NodeIdentities.load(
                        identityFolder(settings.folder()), settings.names(), settings.clock());
        NodeIdentities identities;
        if (known.isPresent()) {
            identities = known.get();
        } else {
            switch (Joining.join(settings, identityFolder(settings.folder()))) {
                case Joining.Outcome.Refused(String why) -> {
                    return new Start.Refused(why);
                }
                case Joining.Outcome.Joined(NodeIdentities joined) -> identities = joined;
            }
        }
        return switch (Spool.open(
                settings.folder().resolve("spool"), Spool.BYTES_MAX_DEFAULT, settings.clock())) {
            case Spool.Opening.Refused(String why) -> new Start.Refused(why);
            case Spool.Opening.Opened(Spool spool, List<String> damaged) -> {
                damaged.forEach(what ->
                        LOG.atError().addKeyValue("what", what).log("the spool is damaged"));
                List<AutoCloseable> parts = new ArrayList<>(List.of(spool));
                try {
                    yield start(settings, identities, spool, parts);
                } catch (IOException | InterruptedException | RuntimeException failed) {
                    closeAll(parts);
                    throw failed;
                }
            }
        };
    }

    private static Start start(
            NodeSettings settings,
            NodeIdentities identities,
            Spool spool,
            List<AutoCloseable> parts)
            throws IOException, InterruptedException {
        PeerVerifier peers = identities.verifier(settings.clock());
        Links links = new Links(settings.control(), identities, peers, settings.names());
        LastGood lastGood = new LastGood(settings.folder(), peers);
        lastGood.load();
        News news = new News(links, lastGood, peers, spool, settings);
        if (!news.awaitBundle()) {
            closeAll(parts);
            return new Start.Refused(
                    "no configuration: the control plane at "
                            + settings.control()
                            + " cannot be reached and this node has none of an earlier run");
        }
        Snapshot snapshot = news.snapshot();
        Credentials credentials = new Credentials();
        for (String name : settings.names()) {
            credentials.fetch(name, links.of(name));
        }
        Folding recorder =
                Folding.over(spool, settings.folder().resolve("folding"), settings.clock());
        parts.add(recorder);
        DataPlane plane =
                DataPlane.start(
                        dev.ringwall.gateway.NodeSettings.of(identities.root()).with(credentials),
                        recorder,
                        settings.clock());
        parts.add(plane);
        plane.apply(snapshot);
        ShownAtDoor shown = new ShownAtDoor(() -> identities.of(NodeIdentities.DOOR).current());
        Places places = new Places(settings, identities, plane, shown);
        parts.add(places);
        places.open(snapshot);
        places.write();
        places.announce(links::of);
        AtomicReference<Snapshot> newest = new AtomicReference<>(snapshot);
        DoorFiles doorFiles = new DoorFiles(newest::get, shown, settings.clock());
        DoorIssued issued = new DoorIssued(newest::get, links, shown, settings);
        if (settings.names().contains(NodeSettings.GATEWAY)) {
            doorFiles.look();
            issued.begin();
            parts.add(Loop.start("door-files", doorFiles));
            parts.add(Loop.start("door-issued", issued));
        }
        Following following = new Following(places, identities, links, settings);
        news.follow(latest -> {
            plane.apply(latest);
            newest.set(latest);
            following.want(latest);
        });
        parts.add(Loop.start("follow", following));
        parts.add(Loop.start("news", news));
        Shipper shipper = new Shipper(spool, links.handover(plane)::events);
        parts.add(Loop.start("ship", shipper));
        parts.add(
                Loop.start(
                        "renew",
                        new Renewal(
                                identities,
                                links::of,
                                name -> isCurrent(name, places),
                                settings.clock(),
                                LOOK_FOR_RENEWAL_EVERY)));
        parts.add(Loop.start("credentials", credentials.fetching(places::names, links::of)));
        parts.add(
                Loop.start(
                        "report",
                        new Reporting(
                                settings,
                                identities,
                                places,
                                lastGood,
                                spool,
                                shipper,
                                links,
                                shown,
                                () ->
                                        Stream.of(doorFiles.lacking(), issued.lacking())
                                                .flatMap(Optional::stream)
                                                .toList())));
        return new Start.Running(
                new Node(
                        parts,
                        plane,
                        lastGood,
                        places,
                        identities,
                        doorFiles,
                        spool,
                        settings.clock(),
                        new Leaving(links, places, plane)));
    }

    private static boolean isCurrent(String name, Places places) {
        return name.equals(NodeSettings.GATEWAY)
                || name.equals(NodeIdentities.DOOR)
                || places.services().contains(name);
    }

    private static Path identityFolder(Path folder) {
        return folder.resolve("identity");
    }

    /// The number of the bundle that it lives on.
    public long bundleNumber() {
        return lastGood.bundle().map(Bundle::number).orElse(0L);
    }

    /// Waits until the programs that it runs accept connections.
    ///
    /// @throws IOException when one of them ended instead, or takes too long
    public void awaitPrograms() throws IOException, InterruptedException {
        places.awaitPrograms();
    }

    /// Where the public door listens; empty when it is not the gateway.
    public Optional<InetSocketAddress> door() {
        return places.door();
    }

    /// Where the sidecar before each of its services listens.
    public Map<String, InetSocketAddress> sidecars() {
        return places.sidecars();
    }

    /// Where the programs of its services listen, as far as it runs them.
    public Map<String, InetSocketAddress> programs() {
        return places.programs();
    }

    /// The ways out of its services: `orders>payments` → where that listens.
    public Map<String, InetSocketAddress> waysOut() {
        return places.waysOut();
    }

    /// What it lacks to do its work; empty when it is ready.
    @Override
    public Optional<String> lacking() {
        if (plane.bundle() == 0) {
            return Optional.of("no configuration yet");
        }
        if (spool.bytesWaiting() >= Spool.BYTES_MAX_DEFAULT) {
            return Optional.of("the spool is full");
        }
        List<String> over =
                identities.ends().entrySet().stream()
                        .filter(end -> isCurrent(end.getKey(), places))
                        .filter(end -> !end.getValue().isAfter(clock.instant()))
                        .map(Map.Entry::getKey)
                        .toList();
        if (!over.isEmpty()) {
            return Optional.of("certificates have ended: " + String.join(", ", over));
        }
        Optional<String> unfit = doorFiles.lacking();
        if (unfit.isPresent()) {
            return Optional.of("the declared certificate is not shown: " + unfit.get());
        }
        List<String> ended = places.ended();
        return ended.isEmpty()
                ? Optional.empty()
                : Optional.of("programs have ended: " + String.join(", ", ended));
    }

    @Override
    public byte[] metrics() {
        return plane.metrics();
    }

    /// Leaves the system first, so that nobody calls it any more, then lets what is under way end, then stops.
    @Override
    public void close() {
        leaving.leave();
        closeAll(parts);
    }

    /// In the reverse of the order in which they were started, each whatever becomes of the others.
    private static void closeAll(List<AutoCloseable> parts) {
        for (AutoCloseable part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception stubborn) {
                LOG.warn("a part of the node did not close", stubborn);
            }
        }
    }
}
