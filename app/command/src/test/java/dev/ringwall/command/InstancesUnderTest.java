package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.control.Declared;
import dev.ringwall.link.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A control plane, a gateway and two instances of the catalog with their programs, each a process of its own.
final class InstancesUnderTest implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofMinutes(2);

    final Path folder;
    final ShopCopy copy;
    final StateFolder state;
    final Declared declared;
    final int controlPort = FreePorts.next();
    private final int doorPort = FreePorts.next();
    private final int[] health = new int[3];
    final RingwallProcess control;
    final RingwallProcess[] nodes = new RingwallProcess[3];
    final HttpClient http;

    InstancesUnderTest(Path folder) throws Exception {
        this.folder = folder;
        copy = ShopCopy.in(folder);
        Files.writeString(
                copy.declaration(),
                Files.readString(copy.declaration())
                        .replace("300/min per address", "100000/min per address")
                        .replace("catalog.jar\n", "catalog.jar\n    health: /products\n"));
        state = new StateFolder(folder.resolve(".ringwall"));
        declared = Loading.declared(copy.declaration(), ShopUnderTest.silent());
        control =
                RingwallProcess.start(
                        folder,
                        "control",
                        copy.declaration().toString(),
                        "--listen",
                        "127.0.0.1:" + controlPort,
                        "--health",
                        "0",
                        "--door",
                        "https://localhost:" + doorPort);
        control.awaitLine("control ");
        for (int i = 0; i < nodes.length; i++) {
            health[i] = FreePorts.next();
            Path token = joinToken(i == 0 ? "gateway" : "catalog");
            nodes[i] = node(i, "--join", token.toString());
        }
        for (RingwallProcess node : nodes) {
            node.awaitLine("node ");
        }
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(DoorCall.trustingRootOf(state))
                        .build();
        await("both instances are used", () -> served(1) > 0 && served(2) > 0, true);
    }

    Path joinToken(String name) throws IOException {
        ShopUnderTest.Ended made = ringwall("join-token", name);
        assertThat(made.exitCode()).as(made.out()).isZero();
        return Files.writeString(
                Files.createTempFile(folder, "token", ""),
                made.out().lines().findFirst().orElseThrow());
    }

    RingwallProcess node(int which, String... more) throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "node",
                                which == 0 ? "gateway" : "catalog",
                                "--state",
                                folder.resolve("node" + which).toString(),
                                "--door",
                                "127.0.0.1:" + doorPort,
                                "--health",
                                Integer.toString(health[which]),
                                "--run",
                                "--folder",
                                folder.toString()));
        words.addAll(List.of(more));
        return RingwallProcess.start(folder, words.toArray(String[]::new));
    }

    ShopUnderTest.Ended ringwall(String... arguments) {
        return ShopUnderTest.run(state, arguments);
    }

    int list() throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(
                                        URI.create("https://localhost:" + doorPort + "/products"))
                                .timeout(Duration.ofSeconds(60))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    int edit(String bearer) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "https://localhost:" + doorPort + "/products/tea"))
                                .header("Authorization", "Bearer " + bearer)
                                .header("Content-Type", "application/json")
                                .PUT(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"name\":\"Tea\",\"price\":1}"))
                                .timeout(Duration.ofSeconds(60))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /// How many instances of the catalog the gateway takes for well.
    double well() throws IOException, InterruptedException {
        return metric(0, "ringwall_instances_well{service=\"catalog\"}");
    }

    /// Stops a process from doing anything, or lets it go on.
    static void signal(String signal, long process) throws IOException, InterruptedException {
        assertThat(
                        new ProcessBuilder("kill", "-" + signal, Long.toString(process))
                                .start()
                                .waitFor())
                .isZero();
    }

    /// How many calls an instance has served.
    double served(int which) throws IOException, InterruptedException {
        return metric(which, "ringwall_calls_total{hop=\"catalog\",operation=\"catalog.");
    }

    double metric(int which, String beginning) throws IOException, InterruptedException {
        try (HttpClient plain = HttpClient.newHttpClient()) {
            return plain.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:"
                                                            + health[which]
                                                            + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(beginning))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        }
    }

    /// Something to wait for.
    @FunctionalInterface
    interface Wanted {
        boolean holds() throws IOException, InterruptedException;
    }

    /// Waits until it is so.
    ///
    /// @param calling whether calls are made meanwhile, each of which must succeed
    void await(String what, Wanted wanted, boolean calling)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (!wanted.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time: " + what);
            }
            if (calling) {
                assertThat(list()).as("while waiting until " + what).isEqualTo(200);
            } else {
                Thread.sleep(50);
            }
        }
    }

    long onTheList() {
        return ringwall("status")
                .out()
                .lines()
                .filter(line -> line.startsWith("endpoint  catalog"))
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .count();
    }

    @Override
    public void close() {

        for (RingwallProcess node : nodes) {
            node.close();
        }
        control.close();
        copy.close();
    }
}
