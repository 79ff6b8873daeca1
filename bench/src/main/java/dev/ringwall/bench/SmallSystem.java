package dev.ringwall.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Ringwall with one service, each part a process of its own: a control plane, and the nodes that are asked for.
final class SmallSystem implements AutoCloseable {

    private final Path home;
    private final List<String> launcher;
    private final String state;
    private final int port = freePort();
    private final List<Program> programs = new ArrayList<>();
    private final int listens = freePort();
    private Program control;

    /// Starts the control plane.
    ///
    /// @param ringwall the launcher
    /// @param files    by name; `ringwall.yaml` among them
    /// @param before   what stands before each command, such as `env`
    SmallSystem(Path home, Path ringwall, Map<String, String> files, List<String> before)
            throws IOException, InterruptedException {
        this.home = home;
        this.launcher = Stream.concat(before.stream(), Stream.of(ringwall.toString())).toList();
        this.state = home.resolve("control").toString();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(home.resolve(file.getKey()), file.getValue());
        }
        try {
            control = begin();
        } catch (IOException | InterruptedException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private Program begin() throws IOException, InterruptedException {
        return start(
                "control",
                "control ",
                command(
                        "control",
                        home.resolve("ringwall.yaml").toString(),
                        "--listen",
                        "127.0.0.1:" + listens,
                        "--health",
                        "0",
                        "--door",
                        door(),
                        "--state",
                        state));
    }

    Program control() {
        return control;
    }

    /// Ends the control plane, and starts it again on what it has.
    ///
    /// @return when that began, by `System.nanoTime`
    long restartControl() throws IOException, InterruptedException {
        stopControl();
        long began = System.nanoTime();
        control = begin();
        return began;
    }

    /// Ends the control plane until it is started again.
    void stopControl() {
        control.close();
        programs.remove(control);
    }

    /// The port of the door.
    int doorPort() {
        return port;
    }

    /// Where the control plane is.
    int controlPort() {
        return listens;
    }

    /// Has a command of the running system do something, and returns what it printed.
    String says(String name, String... words) throws IOException, InterruptedException {
        return Program.run(
                home,
                name,
                Stream.concat(command(words).stream(), Stream.of("--state", state)).toList());
    }

    /// Where the gateway is.
    String door() {
        return "https://localhost:" + port;
    }

    /// Starts the gateway; where it was one before, it goes on with what it has.
    Program gateway() throws IOException, InterruptedException {
        return node("gateway", List.of("--door", "127.0.0.1:" + port));
    }

    /// Starts the sidecar of a service; where it was one before, it goes on with what it has.
    Program sidecar(String service) throws IOException, InterruptedException {
        return node(service, List.of());
    }

    /// Where that node keeps what it has.
    Path stateOf(String node) {
        return home.resolve("node-" + node);
    }

    /// A token of a person in that role, good for five minutes.
    String token(String role) throws IOException, InterruptedException {
        return alone(Program.run(home, "token", command("token", "--as", role, "--state", state)));
    }

    private List<String> command(String... words) {
        return Stream.concat(launcher.stream(), Stream.of(words)).toList();
    }

    /// Takes care that it ends with the system.
    Program with(Program program) {
        programs.add(program);
        return program;
    }

    private Program node(String name, List<String> options)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        command(
                                "node",
                                name,
                                "--state",
                                stateOf(name).toString(),
                                "--health",
                                "0"));
        if (!Files.exists(stateOf(name))) {
            List<String> asking = command("join-token", name, "--state", state);
            String join = alone(Program.run(home, "join-" + name, asking));
            Path file = Files.writeString(home.resolve("join-" + name + ".txt"), join + "\n");
            command.addAll(List.of("--join", file.toString()));
        }
        command.addAll(options);
        return start("node-" + name, "node ", command);
    }

    private Program start(String name, String awaited, List<String> command)
            throws IOException, InterruptedException {
        Program program = with(Program.start(home, name, command));
        program.awaitLine(awaited);
        return program;
    }

    /// The secret that a command prints stands on a line of its own.
    private static String alone(String printed) {
        return printed.lines()
                .filter(line -> !line.isBlank() && line.indexOf(' ') < 0)
                .findFirst()
                .orElse("");
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new java.io.UncheckedIOException("no port is free", none);
        }
    }

    @Override
    public void close() {
        Collections.reverse(programs);
        programs.forEach(Program::close);
    }
}
