package dev.ringwall.node;

import dev.ringwall.gateway.DataPlane;
import dev.ringwall.gateway.Listener;
import dev.ringwall.gateway.Snapshot;
import dev.ringwall.link.Messages;
import dev.ringwall.link.NodePlaces;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens this node's listeners, and runs the programs behind them when it is told to.
final class Places implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Places.class);
    private static final int ENTRY_BYTES = 32;

    private final NodeSettings settings;
    private final NodeIdentities identities;
    private final DataPlane plane;
    private final Orphans orphans;
    private final Map<String, InetSocketAddress> sidecars = new LinkedHashMap<>();
    private final Map<String, InetSocketAddress> programs = new LinkedHashMap<>();
    private final Map<String, InetSocketAddress> waysOut = new LinkedHashMap<>();
    private final List<Program> running = new ArrayList<>();
    private Optional<InetSocketAddress> door = Optional.empty();

    Places(NodeSettings settings, NodeIdentities identities, DataPlane plane) {
        this.settings = settings;
        this.identities = identities;
        this.plane = plane;
        this.orphans = new Orphans(settings.folder().resolve("children"));
    }

    /// Opens everything, and starts the programs.
    void open(Snapshot snapshot) throws IOException, InterruptedException {
        int left = orphans.endLeftBehind();
        if (left > 0) {
            LOG.atInfo().addKeyValue("count", left).log("ended programs of an earlier run");
        }
        for (String name : settings.services()) {
            Service service = snapshot.blueprint().declaration().services().get(name);
            if (service == null) {
                throw new IOException("the declaration has no service " + name + " any more");
            }
            open(service);
        }
        if (settings.names().contains(NodeSettings.GATEWAY)) {
            door =
                    Optional.of(
                            plane.open(
                                    new Listener.Door(
                                            settings.door(),
                                            identities.of(NodeIdentities.DOOR),
                                            identities.of(NodeSettings.GATEWAY))));
        }
    }

    /// Waits until the programs accept connections.
    void awaitPrograms() throws IOException, InterruptedException {
        for (Program program : running) {
            awaitReady(program);
        }
    }

    private void open(Service service) throws IOException {
        InetSocketAddress upstream = upstream(service);
        byte[] secret = new byte[ENTRY_BYTES];
        new SecureRandom().nextBytes(secret);
        String entry = HexFormat.of().formatHex(secret);
        Map<String, String> environment = new HashMap<>();
        Set<String> callees = new TreeSet<>();
        service.calls().keySet().stream().map(OperationName::owner).forEach(callees::add);
        for (String callee : callees) {
            InetSocketAddress out =
                    plane.open(
                            new Listener.Outbound(
                                    service.name(),
                                    callee,
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                    identities.of(service.name())));
            waysOut.put(service.name() + ">" + callee, out);
            environment.put(Service.urlVariable(callee), "http://127.0.0.1:" + out.getPort());
        }
        sidecars.put(
                service.name(),
                plane.open(
                        new Listener.Inbound(
                                service.name(),
                                new InetSocketAddress(settings.inside(), 0),
                                identities.of(service.name()),
                                upstream,
                                entry)));
        if (settings.programs().isPresent()
                && service.runs().orElse(null) instanceof Service.Runs.Command command) {
            environment.put("RINGWALL_ENTRY", entry);
            run(
                    service.name(),
                    command,
                    environment,
                    upstream.getPort(),
                    settings.programs().get());
        }
    }

    private static InetSocketAddress upstream(Service service) throws IOException {
        if (service.runs().orElse(null) instanceof Service.Runs.Url url) {
            return new InetSocketAddress(url.url().getHost(), url.url().getPort());
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
        }
    }

    private void run(
            String service,
            Service.Runs.Command command,
            Map<String, String> environment,
            int port,
            NodeSettings.Programs where)
            throws IOException {
        Path data = where.data().resolve(service);
        Files.createDirectories(data);
        environment.put("HOST", "127.0.0.1");
        environment.put("PORT", Integer.toString(port));
        environment.put("DATA_DIR", data.toString());
        Program program =
                Program.start(
                        service,
                        JavaCommand.words(
                                service, command.words(), where.folder(), where.archives()),
                        where.folder(),
                        environment,
                        port,
                        where.logs().resolve(service + ".log"));
        orphans.remember(program.process().toHandle());
        running.add(program);
        programs.put(service, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private void awaitReady(Program program) throws IOException, InterruptedException {
        switch (program.awaitReady()) {
            case Program.Readiness.Ready() -> {}
            case Program.Readiness.Ended(int exitCode) ->
                    throw new IOException(
                            "the service "
                                    + program.service()
                                    + " ended with exit code "
                                    + exitCode
                                    + " instead of listening; its log says more: "
                                    + settings.programs()
                                            .orElseThrow()
                                            .logs()
                                            .resolve(program.service() + ".log"));
            case Program.Readiness.TooSlow() ->
                    throw new IOException(
                            "the service " + program.service() + " does not listen on its PORT");
        }
    }

    /// Tells the control plane where the sidecars listen.
    void announce(Function<String, ControlLink> links) {
        sidecars.forEach((service, address) -> {
            String text = settings.inside() + ":" + address.getPort();
            ControlLink.Reply<Messages.Ack> reply =
                    links.apply(service).endpoints(new Messages.Endpoints(Map.of(service, text)));
            if (!(reply instanceof ControlLink.Reply.Answered<Messages.Ack>)) {
                LOG.atWarn()
                        .addKeyValue("service", service)
                        .log("the control plane was not told where its sidecar listens");
            }
        });
    }

    /// Writes down where everything listens, for whoever runs this node.
    void write() throws IOException {
        Map<String, NodePlaces.Service> services = new HashMap<>();
        sidecars.forEach((service, inbound) -> {
            Map<String, String> outbound = new HashMap<>();
            waysOut.forEach((way, address) -> {
                if (way.startsWith(service + ">")) {
                    outbound.put(way.substring(service.length() + 1), text(address));
                }
            });
            InetSocketAddress own = programs.get(service);
            services.put(
                    service,
                    new NodePlaces.Service(
                            text(inbound), own == null ? null : text(own), outbound));
        });
        new NodePlaces(services).write(settings.folder());
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    Optional<InetSocketAddress> door() {
        return door;
    }

    Map<String, InetSocketAddress> sidecars() {
        return Map.copyOf(sidecars);
    }

    Map<String, InetSocketAddress> programs() {
        return Map.copyOf(programs);
    }

    Map<String, InetSocketAddress> waysOut() {
        return Map.copyOf(waysOut);
    }

    @Override
    public void close() throws IOException {
        running.parallelStream().forEach(Program::close);
        orphans.forget();
    }
}
