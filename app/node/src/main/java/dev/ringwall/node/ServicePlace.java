package dev.ringwall.node;

import dev.ringwall.gateway.DataPlane;
import dev.ringwall.gateway.Listener;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.Rotating;
import dev.ringwall.link.FreePorts;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a node holds for one service that it stands beside: the sidecar before it, a way out to each service or third party that its
/// `calls` name, and the program itself where the node runs it.
///
/// [#follow] brings it in line with a later declaration and touches only what changed. One thread changes it, any may look.
final class ServicePlace implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServicePlace.class);
    private static final int ENTRY_BYTES = 32;

    private final DataPlane plane;
    private final Rotating<Identity> identity;
    private final InetSocketAddress inside;
    private final Optional<Programs> programs;
    private final String entry;
    private final Map<String, InetSocketAddress> waysOut = new ConcurrentHashMap<>();
    private volatile Service service;
    private volatile InetSocketAddress upstream;
    private volatile InetSocketAddress inbound;
    private volatile @Nullable Program program;
    private final Comeback comeback = new Comeback();

    private ServicePlace(
            Service service,
            DataPlane plane,
            Rotating<Identity> identity,
            InetSocketAddress inside,
            Optional<Programs> programs)
            throws IOException {
        this.plane = plane;
        this.identity = identity;
        this.inside = inside;
        this.programs = programs;
        this.service = service;
        byte[] secret = new byte[ENTRY_BYTES];
        new SecureRandom().nextBytes(secret);
        this.entry = HexFormat.of().formatHex(secret);
        this.upstream = upstream(service);
        openWaysOut(callees(service));
        this.inbound = openInbound(upstream);
    }

    /// Opens the listeners and starts the program.
    ///
    /// @param inside   where the sidecar listens; on another port where that one is taken
    /// @param programs starts the program; empty where somebody else runs it
    static ServicePlace open(
            Service service,
            DataPlane plane,
            Rotating<Identity> identity,
            InetSocketAddress inside,
            Optional<Programs> programs)
            throws IOException {
        ServicePlace place = new ServicePlace(service, plane, identity, inside, programs);
        place.startProgram();
        return place;
    }

    /// Becomes what the later declaration says; returns whether the program was started anew.
    ///
    /// A way out that is new needs a new variable in the program's environment, so the program starts anew; one that is gone is closed
    /// only after that.
    boolean follow(Service next) throws IOException {
        Set<String> callees = callees(next);
        boolean otherWays = !callees.equals(waysOut.keySet());
        boolean otherProgram = !words(next).equals(words(service));
        if (!where(next).equals(where(service))) {
            upstream = upstream(next);
            InetSocketAddress before = inbound;
            inbound = openInbound(upstream);
            plane.shut(before);
        }
        service = next;
        boolean missing = program == null && programs.isPresent() && !words(next).isEmpty();
        boolean anew = otherWays || otherProgram || missing;
        if (anew) {
            openWaysOut(callees);
            stopProgram();
            startProgram();
            waysOut.entrySet().removeIf(way -> !callees.contains(way.getKey()) && shut(way));
            LOG.atInfo().addKeyValue("service", next.name()).log("follows the new declaration");
        }
        return anew;
    }

    private boolean shut(Map.Entry<String, InetSocketAddress> way) {
        plane.shut(way.getValue());
        return true;
    }

    private static Set<String> callees(Service service) {
        Set<String> callees = new TreeSet<>();
        service.calls().keySet().stream().map(OperationName::owner).forEach(callees::add);
        return callees;
    }

    private static List<String> words(Service service) {
        return service.runs().orElse(null) instanceof Service.Runs.Command command
                ? command.words()
                : List.of();
    }

    /// Where others run it; empty text where a command does.
    private static String where(Service service) {
        return service.runs().orElse(null) instanceof Service.Runs.Url url
                ? url.url().toString()
                : "";
    }

    private static InetSocketAddress upstream(Service service) throws IOException {
        if (service.runs().orElse(null) instanceof Service.Runs.Url url) {
            return new InetSocketAddress(url.url().getHost(), url.url().getPort());
        }
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next());
    }

    private void openWaysOut(Set<String> callees) throws IOException {
        for (String callee : callees) {
            if (!waysOut.containsKey(callee)) {
                waysOut.put(
                        callee,
                        plane.open(
                                new Listener.Outbound(
                                        service.name(),
                                        callee,
                                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                        identity)));
            }
        }
    }

    private InetSocketAddress openInbound(InetSocketAddress to) throws IOException {
        try {
            return openInbound(inside, to);
        } catch (IOException taken) {
            if (inside.getPort() == 0) {
                throw taken;
            }
            LOG.atInfo()
                    .addKeyValue("service", service.name())
                    .addKeyValue("port", inside.getPort())
                    .log("the sidecar's port is taken, another one does");
            return openInbound(new InetSocketAddress(inside.getAddress(), 0), to);
        }
    }

    private InetSocketAddress openInbound(InetSocketAddress listen, InetSocketAddress to)
            throws IOException {
        return plane.open(new Listener.Inbound(service.name(), listen, identity, to, entry));
    }

    private void startProgram() throws IOException {
        if (programs.isEmpty()
                || !(service.runs().orElse(null) instanceof Service.Runs.Command command)) {
            return;
        }
        Map<String, String> environment = new HashMap<>();
        Set<String> callees = callees(service);
        waysOut.forEach((callee, address) -> {
            if (callees.contains(callee)) {
                environment.put(
                        Service.urlVariable(callee), "http://127.0.0.1:" + address.getPort());
            }
        });
        environment.put("RINGWALL_CALLS", String.join(",", new TreeSet<>(callees)));
        environment.put("RINGWALL_ENTRY", entry);
        program =
                programs.get()
                        .start(service.name(), command.words(), environment, upstream.getPort());
        comeback.started(System.nanoTime());
    }

    /// Starts the program again when it has ended by itself and has stayed away for long enough.
    void startAgainWhenDue() throws IOException {
        Program ended = program;
        if (ended == null || ended.process().isAlive() || !comeback.isDue(System.nanoTime())) {
            return;
        }
        LOG.atWarn()
                .addKeyValue("service", service.name())
                .addKeyValue("exit", ended.process().exitValue())
                .log("the program ended by itself and is started again");
        startProgram();
    }

    private void stopProgram() {
        Program running = program;
        program = null;
        if (running != null) {
            running.close();
        }
    }

    InetSocketAddress inbound() {
        return inbound;
    }

    Map<String, InetSocketAddress> waysOut() {
        return Map.copyOf(waysOut);
    }

    Optional<Program> program() {
        return Optional.ofNullable(program);
    }

    /// Where the program itself listens, where the node runs it.
    Optional<InetSocketAddress> own() {
        return program().map(_ -> upstream);
    }

    /// Closes the sidecar to callers first, then stops the program, then closes its ways out.
    @Override
    public void close() {
        plane.shut(inbound);
        stopProgram();
        waysOut.values().forEach(plane::shut);
        waysOut.clear();
    }
}
