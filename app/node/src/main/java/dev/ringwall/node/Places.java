package dev.ringwall.node;

import dev.ringwall.gateway.DataPlane;
import dev.ringwall.gateway.Listener;
import dev.ringwall.gateway.Snapshot;
import dev.ringwall.link.FreePorts;
import dev.ringwall.link.Messages;
import dev.ringwall.link.NodePlaces;
import dev.ringwall.model.Service;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that this node has opened and runs: the door, and a [ServicePlace] for each service that it stands beside.
final class Places implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Places.class);

    private final NodeSettings settings;
    private final NodeIdentities identities;
    private final DataPlane plane;
    private final ShownAtDoor shown;
    private final Orphans orphans;
    private final Optional<Programs> programs;
    private final Map<String, ServicePlace> services = new ConcurrentSkipListMap<>();
    private final Map<String, String> told = new ConcurrentHashMap<>();
    private volatile Optional<InetSocketAddress> door = Optional.empty();
    private volatile boolean leaving;

    /// @param shown what strangers see, where this is the gateway
    Places(NodeSettings settings, NodeIdentities identities, DataPlane plane, ShownAtDoor shown) {
        this.shown = shown;
        this.settings = settings;
        this.identities = identities;
        this.plane = plane;
        this.orphans = new Orphans(settings.folder().resolve("children"));
        this.programs = settings.programs().map(where -> new Programs(where, orphans));
    }

    /// Opens everything, and starts the programs.
    void open(Snapshot snapshot) throws IOException {
        int left = orphans.endLeftBehind();
        if (left > 0) {
            LOG.atInfo().addKeyValue("count", left).log("ended programs of an earlier run");
        }
        follow(snapshot);
        if (settings.names().contains(NodeSettings.GATEWAY)) {
            door =
                    Optional.of(
                            plane.open(
                                    new Listener.Door(
                                            settings.door(),
                                            shown,
                                            identities.of(NodeSettings.GATEWAY))));
        }
    }

    /// Opens what is new in that declaration, stops and closes what is not in it any more, and changes what changed. A service that did
    /// not change is not touched. What could not be done is done by the next call.
    ///
    /// @return the programs that were started
    List<Program> follow(Snapshot snapshot) throws IOException {
        Map<String, Service> declared = snapshot.blueprint().declaration().services();
        Map<String, Program> started = new LinkedHashMap<>();
        for (Map.Entry<String, ServicePlace> open : List.copyOf(services.entrySet())) {
            if (!declared.containsKey(open.getKey())) {
                LOG.atInfo().addKeyValue("service", open.getKey()).log("not declared any more");
                services.remove(open.getKey());
                told.remove(open.getKey());
                open.getValue().close();
            }
        }
        for (String name : identities.services()) {
            Service service = declared.get(name);
            if (service == null) {
                continue;
            }
            ServicePlace place = services.get(name);
            boolean anew = true;
            if (place == null) {
                place =
                        ServicePlace.open(
                                service, plane, identities.of(name), inside(name), programs);
                services.put(name, place);
            } else {
                anew = place.follow(service);
            }
            if (anew) {
                place.program().ifPresent(program -> started.put(name, program));
            }
        }
        return List.copyOf(started.values());
    }

    /// Where the sidecar listened before, so that a bundle of that time still tells where it is.
    private InetSocketAddress inside(String service) throws IOException {
        NodePlaces.Service before = NodePlaces.read(settings.folder()).services().get(service);
        int port =
                before == null
                        ? FreePorts.next()
                        : Integer.parseInt(
                                before.inbound().substring(before.inbound().lastIndexOf(':') + 1));
        return new InetSocketAddress(settings.inside(), port);
    }

    /// Waits until the programs accept connections.
    void awaitPrograms() throws IOException, InterruptedException {
        awaitReady(running());
    }

    void awaitReady(List<Program> started) throws IOException, InterruptedException {
        if (programs.isPresent()) {
            for (Program program : started) {
                programs.get().awaitReady(program);
            }
        }
    }

    private List<Program> running() {
        return services.values().stream().flatMap(place -> place.program().stream()).toList();
    }

    /// Tells the control plane where the sidecars listen, as far as it was not told yet; returns whether it knows all of it now.
    synchronized boolean announce(Function<String, ControlLink> links) {
        boolean all = true;
        if (leaving) {
            return true;
        }
        for (Map.Entry<String, ServicePlace> each : services.entrySet()) {
            String service = each.getKey();
            String text = settings.inside() + ":" + each.getValue().inbound().getPort();
            if (text.equals(told.get(service))) {
                continue;
            }
            ControlLink.Reply<Messages.Ack> reply =
                    links.apply(service).endpoints(new Messages.Endpoints(Map.of(service, text)));
            if (reply instanceof ControlLink.Reply.Answered<Messages.Ack>) {
                told.put(service, text);
            } else {
                all = false;
                LOG.atWarn()
                        .addKeyValue("service", service)
                        .log("the control plane was not told where its sidecar listens yet");
            }
        }
        return all;
    }

    /// The control plane does not know where these are, so they are told anew.
    void unknown(List<String> names) {
        names.forEach(told::remove);
    }

    /// From now on nothing is told any more: the node stops.
    synchronized void leave() {
        leaving = true;
    }

    boolean leaving() {
        return leaving;
    }

    /// Writes down where everything listens, for whoever runs this node.
    void write() throws IOException {
        Map<String, NodePlaces.Service> written = new HashMap<>();
        services.forEach((service, place) -> {
            Map<String, String> outbound = new HashMap<>();
            place.waysOut().forEach((callee, address) -> outbound.put(callee, text(address)));
            written.put(
                    service,
                    new NodePlaces.Service(
                            text(place.inbound()),
                            place.own().map(Places::text).orElse(null),
                            outbound));
        });
        new NodePlaces(written).write(settings.folder());
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    Optional<InetSocketAddress> door() {
        return door;
    }

    /// The services that this node stands beside now.
    Set<String> services() {
        return Set.copyOf(services.keySet());
    }

    /// What the node is now: the gateway, if it is, and the services that it stands beside.
    Set<String> names() {
        Set<String> names = new TreeSet<>(services.keySet());
        if (settings.names().contains(NodeSettings.GATEWAY)) {
            names.add(NodeSettings.GATEWAY);
        }
        return names;
    }

    /// Starts those programs again that ended by themselves, each when it is due.
    void startAgainWhenDue() {
        for (ServicePlace place : services.values()) {
            try {
                place.startAgainWhenDue();
            } catch (IOException failed) {
                LOG.atError().setCause(failed).log("a program cannot be started again yet");
            }
        }
    }

    /// Programs that ended although nobody stopped them.
    List<String> ended() {
        return running().stream()
                .filter(program -> !program.process().isAlive())
                .map(Program::service)
                .toList();
    }

    Map<String, InetSocketAddress> sidecars() {
        Map<String, InetSocketAddress> sidecars = new TreeMap<>();
        services.forEach((service, place) -> sidecars.put(service, place.inbound()));
        return sidecars;
    }

    Map<String, InetSocketAddress> programs() {
        Map<String, InetSocketAddress> own = new TreeMap<>();
        services.forEach((service, place) -> place.own().ifPresent(at -> own.put(service, at)));
        return own;
    }

    Map<String, InetSocketAddress> waysOut() {
        Map<String, InetSocketAddress> ways = new TreeMap<>();
        services.forEach((service, place) ->
                place.waysOut().forEach((callee, at) -> ways.put(service + ">" + callee, at)));
        return ways;
    }

    @Override
    public void close() throws IOException {
        running().parallelStream().forEach(Program::close);
        orphans.forget();
    }
}
