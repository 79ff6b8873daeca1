package dev.ringwall.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Ringwall as it runs in a small system: control plane and gateway, each a process. What is measured is the gateway: TLS 1.3 in, mutual TLS
/// out to the sidecar of one service. That has joined like any other, and then an nginx took its place, under its name and certificate: the
/// next hop costs the same as that of the peers, and leaves the processors to whom is measured.
final class Guarded implements AutoCloseable {

    private static final String DECLARATION =
            """
            ringwall: 1
            system: bench
            data:
              item: { class: internal }
              page: { class: public }
            roles:
              reader: { login: password }
            services:
              items:
                url: http://127.0.0.1:UPSTREAM
                openapi: items.yaml
                stores: { files: [item, page] }
                operations:
                  find: { http: "GET /items/{id}", allow: reader, returns: [item], limit: 1000000/s per caller }
                  look: { http: "GET /pages/{id}", allow: reader, returns: [page], limit: 1000000/s per caller }
                  peek: { http: GET /peek, allow: anyone, returns: [page], limit: 1000000/s per operation }
            """;

    private static final String OPENAPI =
            """
            openapi: 3.0.3
            info: { title: items, version: "1" }
            paths:
              /items/{id}:
                get:
                  parameters:
                    - { name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }
                    - { name: page, in: query, schema: { type: integer, minimum: 1, maximum: 1000 } }
                    - { name: sort, in: query, schema: { type: string, enum: [name, price] } }
                  responses: { "200": { description: found } }
              /pages/{id}:
                get:
                  parameters:
                    - { name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }
                    - { name: page, in: query, schema: { type: integer, minimum: 1, maximum: 1000 } }
                    - { name: sort, in: query, schema: { type: string, enum: [name, price] } }
                  responses: { "200": { description: found } }
              /peek:
                get:
                  responses: { "200": { description: found } }
            """;

    private static final Pattern INBOUND = Pattern.compile("\"inbound\":\"([^\"]+)\"");

    private final List<Program> programs = new ArrayList<>();
    private final Program gateway;
    private final String door;
    private final String token;

    /// Starts it before the service at that port.
    Guarded(Path home, Path ringwall, int upstream) throws IOException, InterruptedException {
        Files.writeString(
                home.resolve("ringwall.yaml"),
                DECLARATION.replace("UPSTREAM", Integer.toString(upstream)));
        Files.writeString(home.resolve("items.yaml"), OPENAPI);
        String launcher = ringwall.toString();
        int port = freePort();
        door = "https://localhost:" + port;
        String state = home.resolve("control").toString();
        try {
            start(
                    home,
                    "control",
                    "control ",
                    List.of(
                            launcher,
                            "control",
                            home.resolve("ringwall.yaml").toString(),
                            "--listen",
                            "127.0.0.1:" + freePort(),
                            "--health",
                            "0",
                            "--door",
                            door,
                            "--state",
                            state));
            Program sidecar = node(home, launcher, state, "items", List.of());
            sidecar.kill();
            programs.add(inItsPlace(home));
            gateway =
                    node(home, launcher, state, "gateway", List.of("--door", "127.0.0.1:" + port));
            token =
                    alone(
                            Program.run(
                                    home,
                                    "token",
                                    List.of(
                                            launcher, "token", "--as", "reader", "--state",
                                            state)));
        } catch (IOException | InterruptedException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private static Program inItsPlace(Path home) throws IOException {
        Path state = home.resolve("node-items");
        Matcher inbound = INBOUND.matcher(Files.readString(state.resolve("places.json")));
        if (!inbound.find()) {
            throw new IOException("the sidecar has not said where it listens");
        }
        Path identity = state.resolve("identity");
        return Proxies.inPlaceOfSidecar(
                home,
                inbound.group(1),
                identity.resolve("items.pem"),
                identity.resolve("root.pem"));
    }

    private Program node(
            Path home, String launcher, String state, String name, List<String> options)
            throws IOException, InterruptedException {
        String join =
                alone(
                        Program.run(
                                home,
                                "join-" + name,
                                List.of(launcher, "join-token", name, "--state", state)));
        Path file = Files.writeString(home.resolve("join-" + name + ".txt"), join + "\n");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                launcher,
                                "node",
                                name,
                                "--state",
                                home.resolve("node-" + name).toString(),
                                "--health",
                                "0",
                                "--join",
                                file.toString()));
        command.addAll(options);
        return start(home, "node-" + name, "node ", command);
    }

    private Program start(Path home, String name, String awaited, List<String> command)
            throws IOException, InterruptedException {
        Program program = Program.start(home, name, command);
        programs.add(program);
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

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Token, decision, limit, the shape of three parameters, and an event on the disk.
    Peer allRings() {
        return new Peer(
                "ringwall, all rings on",
                "token, decision, limit, shape, event",
                door + "/items/17?page=2&sort=name",
                java.util.Optional.of(token),
                gateway.pid());
    }

    /// The same for data that is public, whose use is not recorded.
    Peer unrecorded() {
        return new Peer(
                "ringwall, nothing recorded",
                "token, decision, limit, shape",
                door + "/pages/17?page=2&sort=name",
                java.util.Optional.of(token),
                gateway.pid());
    }

    /// What anyone may call and nobody records: the least that the rings do.
    Peer open() {
        return new Peer(
                "ringwall, open operation",
                "decision, limit",
                door + "/peek",
                java.util.Optional.empty(),
                gateway.pid());
    }

    @Override
    public void close() {
        Collections.reverse(programs);
        programs.forEach(Program::close);
    }
}
