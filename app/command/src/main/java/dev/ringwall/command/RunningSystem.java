package dev.ringwall.command;

import dev.ringwall.control.ControlPlane;
import dev.ringwall.control.ControlSettings;
import dev.ringwall.control.Declared;
import dev.ringwall.keys.UnlockSecret;
import dev.ringwall.link.FreePorts;
import dev.ringwall.link.HealthServer;
import dev.ringwall.model.Service;
import dev.ringwall.node.Node;
import dev.ringwall.node.NodeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A whole system in this process: a control plane, and one node that is the gateway and every service's sidecar.
///
/// The node joins the control plane and lives on it over the same sockets, certificates and documents as if it were far away.
final class RunningSystem implements AutoCloseable {

    private static final Duration JOIN_WITHIN = Duration.ofMinutes(5);

    /// The name of the node in the state folder.
    static final String NODE = "up";

    /// The parts whose health matters.
    static final List<String> PARTS = List.of("control", "node");

    private final Declared declared;
    private final StateFolder state;
    private final URI door;
    private final ControlPlane control;
    private final Node node;
    private final Path file;

    /// What is to run, where it keeps what it must remember, and on which ports; 0 picks a free one.
    ///
    /// @param secrets credentials of third parties to begin with, by name
    record Plan(
            Path file,
            StateFolder state,
            int doorPort,
            int controlPort,
            Map<String, String> secrets,
            InstantSource clock) {}

    private RunningSystem(
            Declared declared,
            Path file,
            StateFolder state,
            URI door,
            ControlPlane control,
            Node node) {
        this.declared = declared;
        this.file = file;
        this.state = state;
        this.door = door;
        this.control = control;
        this.node = node;
    }

    /// Starts it. A declaration with an error starts nothing.
    static RunningSystem start(Plan plan, Screen screen) throws IOException, InterruptedException {
        Declared declared = Loading.declared(plan.file(), screen);
        StateFolder state = plan.state().create();
        LogFile.open(state.log());
        int doorPort = plan.doorPort() == 0 ? FreePorts.next() : plan.doorPort();
        URI door = URI.create("https://localhost:" + doorPort);
        InstantSource clock = plan.clock();
        UnlockSecret unlock = Unlocking.secretFor(state, declared.blueprint().system());
        ControlPlane control =
                startControl(
                        new ControlSettings(
                                state.control(),
                                Optional.empty(),
                                state.operator(),
                                plan.file().toString(),
                                loopback(plan.controlPort()),
                                door,
                                unlock,
                                clock),
                        declared);
        try {
            for (Map.Entry<String, String> secret : plan.secrets().entrySet()) {
                control.keepSecret(secret.getKey(), secret.getValue());
            }
            List<String> names = names(declared);
            Optional<String> token =
                    Node.hasIdentities(state.node(NODE), names, clock)
                            ? Optional.empty()
                            : Optional.of(control.joinTokens().make(names, JOIN_WITHIN));
            Node node =
                    startNode(
                            new NodeSettings(
                                    state.node(NODE),
                                    control.address(),
                                    token,
                                    names,
                                    loopback(doorPort),
                                    "127.0.0.1",
                                    Optional.of(
                                            new NodeSettings.Programs(
                                                    Objects.requireNonNull(
                                                            plan.file()
                                                                    .toAbsolutePath()
                                                                    .getParent()),
                                                    state.data(),
                                                    state.log(),
                                                    state.archives())),
                                    Optional.of((all, instance) ->
                                            control.joinTokens()
                                                    .further(all, JOIN_WITHIN, instance)),
                                    clock));
            state.declaration(plan.file());
            return new RunningSystem(declared, plan.file(), state, door, control, node);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            control.close();
            throw failed;
        }
    }

    static ControlPlane startControl(ControlSettings settings, Declared declared)
            throws IOException {
        return switch (ControlPlane.start(settings, declared)) {
            case ControlPlane.Start.Running(ControlPlane control) -> control;
            case ControlPlane.Start.Refused(String why) -> throw new Unusable(why);
        };
    }

    static Node startNode(NodeSettings settings) throws IOException, InterruptedException {
        return switch (Node.start(settings)) {
            case Node.Start.Running(Node node) -> node;
            case Node.Start.Refused(String why) -> throw new Unusable(why);
        };
    }

    private static List<String> names(Declared declared) {
        List<String> names = new ArrayList<>(List.of("gateway"));
        declared.blueprint().programs().stream().map(Service::name).forEach(names::add);
        return names;
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /// Prints what runs.
    void announce(Screen screen) {
        long services = declared.blueprint().services().size();
        long operations = declared.blueprint().operations().size();
        long calls =
                declared.blueprint().services().stream()
                        .mapToLong(service -> service.calls().size())
                        .sum();
        screen.print(
                String.format(
                        "%-10s %-29s %d services, %d operations, %d calls",
                        "declared", file, services, operations, calls));
        screen.print(
                String.format(
                        "%-10s %-29s %d identities, mutual TLS on every hop",
                        "guarding", door, names(declared).size()));
        screen.print(
                String.format(
                        "%-10s %-29s audit log at tree size %d",
                        "watching", control.address(), control.treeSize()));
    }

    /// From now on its health is told there.
    void watchedBy(HealthServer health) {
        health.watch("control", control.health());
        health.watch("node", node);
    }

    /// The public door.
    URI door() {
        return door;
    }

    /// What runs.
    Declared declared() {
        return declared;
    }

    StateFolder state() {
        return state;
    }

    ControlPlane control() {
        return control;
    }

    Node node() {
        return node;
    }

    @Override
    public void close() throws IOException {
        try (control) {
            node.close();
        }
    }
}
