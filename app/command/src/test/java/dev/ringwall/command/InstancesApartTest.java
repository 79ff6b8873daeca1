package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.control.Declared;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.TrustRoot;
import dev.ringwall.link.FreePorts;
import dev.ringwall.link.MutualTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Two instances of one service, each a node of its own with its program: one is killed, comes back, hangs, and leaves, while others call.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstancesApartTest {

    private static final Duration WITHIN = Duration.ofMinutes(2);

    @TempDir private static Path folder;

    private static ShopCopy copy;
    private static StateFolder state;
    private static Declared declared;
    private static int controlPort;
    private static int doorPort;
    private static final int[] HEALTH = new int[3];
    private static RingwallProcess control;
    private static final RingwallProcess[] NODES = new RingwallProcess[3];
    private static HttpClient http;

    @BeforeAll
    static void startThemApart() throws Exception {
        copy = ShopCopy.in(folder);
        Files.writeString(
                copy.declaration(),
                Files.readString(copy.declaration())
                        .replace("300/min per address", "100000/min per address"));
        state = new StateFolder(folder.resolve(".ringwall"));
        declared = Loading.declared(copy.declaration(), ShopUnderTest.silent());
        controlPort = FreePorts.next();
        doorPort = FreePorts.next();
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
        for (int i = 0; i < NODES.length; i++) {
            HEALTH[i] = FreePorts.next();
            Path token = joinToken(i == 0 ? "gateway" : "catalog");
            NODES[i] = node(i, "--join", token.toString());
        }
        for (RingwallProcess node : NODES) {
            node.awaitLine("node ");
        }
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(DoorCall.trustingRootOf(state))
                        .build();
        await("both instances are used", () -> served(1) > 0 && served(2) > 0, true);
    }

    @AfterAll
    static void stopThem() {
        for (RingwallProcess node : NODES) {
            node.close();
        }
        control.close();
        copy.close();
    }

    private static Path joinToken(String name) throws IOException, InterruptedException {
        ShopUnderTest.Ended made = ringwall("join-token", name);
        assertThat(made.exitCode()).as(made.out()).isZero();
        return Files.writeString(
                Files.createTempFile(folder, "token", ""),
                made.out().lines().findFirst().orElseThrow());
    }

    private static RingwallProcess node(int which, String... more) throws IOException {
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
                                Integer.toString(HEALTH[which]),
                                "--run",
                                "--folder",
                                folder.toString()));
        words.addAll(List.of(more));
        return RingwallProcess.start(folder, words.toArray(String[]::new));
    }

    private static ShopUnderTest.Ended ringwall(String... arguments)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--state", state.path().toString()));
        return RingwallProcess.run(folder, words.toArray(String[]::new));
    }

    private static int list() throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(
                                        URI.create("https://localhost:" + doorPort + "/products"))
                                .timeout(Duration.ofSeconds(60))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static int edit(String bearer) throws IOException, InterruptedException {
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

    /// How many calls an instance has served.
    private static double served(int which) throws IOException, InterruptedException {
        return metric(which, "ringwall_calls_total{hop=\"catalog\",operation=\"catalog.");
    }

    private static double metric(int which, String beginning)
            throws IOException, InterruptedException {
        try (HttpClient plain = HttpClient.newHttpClient()) {
            return plain.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:"
                                                            + HEALTH[which]
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
    private interface Wanted {
        boolean holds() throws IOException, InterruptedException;
    }

    /// Waits until it is so.
    ///
    /// @param calling whether calls are made meanwhile, each of which must succeed
    private static void await(String what, Wanted wanted, boolean calling)
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

    private static long onTheList() throws IOException, InterruptedException {
        return ringwall("status")
                .out()
                .lines()
                .filter(line -> line.startsWith("endpoint  catalog"))
                .flatMap(line -> java.util.Arrays.stream(line.split(",", -1)))
                .count();
    }

    @Test
    @Order(1)
    void bothAreOnTheListAndShownAsNodesOfTheirOwn() throws IOException, InterruptedException {
        assertThat(onTheList()).isEqualTo(2);
        assertThat(ringwall("status").out().lines())
                .filteredOn(line -> line.startsWith("node      catalog  carries catalog"))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    @Order(2)
    void aNodeDoesNotJoinAsAServiceThatItsTokenIsNotFor() throws IOException, InterruptedException {
        ShopUnderTest.Ended refused =
                RingwallProcess.run(
                        folder,
                        "node",
                        "payments",
                        "--join",
                        joinToken("catalog").toString(),
                        "--health",
                        "0",
                        "--state",
                        folder.resolve("thief").toString());

        assertThat(refused.exitCode()).as(refused.out()).isEqualTo(Exit.UNUSABLE);
        assertThat(refused.out()).contains("the join token is not for payments");
    }

    @Test
    @Order(3)
    void aNodeWithAGoodIdentitySpeaksOfNoOtherService() throws Exception {
        assertThat(asked("endpoints", "{\"addresses\":{\"payments\":\"127.0.0.1:9\"}}"))
                .isEqualTo(403);
        assertThat(
                        asked(
                                "report",
                                "{\"carries\":[\"payments\"],\"bundle\":1,\"roster\":1,\"spooled\":0,"
                                        + "\"spooledBytes\":0,\"certificates\":{},\"problems\":[]}"))
                .isEqualTo(403);
        assertThat(onTheList()).isEqualTo(2);
        assertThat(ringwall("status").out()).doesNotContain("127.0.0.1:9,", "payments  127");
    }

    /// What the control plane answers to an instance of the catalog.
    private static int asked(String path, String json) throws Exception {
        Path identity = folder.resolve("node1").resolve("identity");
        TrustRoot root = TrustRoot.parse(Files.readString(identity.resolve("root.pem")));
        Identity catalog = Identity.load(identity.resolve("catalog.pem"));
        try (HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(
                                MutualTls.toControl(
                                        () -> catalog,
                                        new PeerVerifier(root, InstantSource.system())))
                        .build()) {
            return client.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "https://localhost:"
                                                            + controlPort
                                                            + "/v1/"
                                                            + path))
                                    .POST(HttpRequest.BodyPublishers.ofString(json))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    @Order(4)
    void noCallThatCanBeRepeatedIsLostWhenOneIsKilled() throws IOException, InterruptedException {
        Thread.Builder.OfVirtual thread = Thread.ofVirtual();
        List<Integer> statuses = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            callers.add(
                    thread.start(() -> {
                        try {
                            for (int call = 0; call < 100; call++) {
                                statuses.add(list());
                            }
                        } catch (IOException | InterruptedException lost) {
                            statuses.add(-1);
                        }
                    }));
        }
        await("some calls are made", () -> statuses.size() > 40, false);
        NODES[2].kill();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(statuses).hasSize(400).containsOnly(200);
    }

    @Test
    @Order(5)
    void whoComesBackIsTheSameInstanceAndIsUsedAgain() throws IOException, InterruptedException {
        NODES[2] = node(2);
        NODES[2].awaitLine("node ");

        await("it is used again", () -> served(2) > 0, true);
        assertThat(onTheList()).isEqualTo(2);
    }

    @Test
    @Order(9)
    void noCallIsLostWhenOneLeaves() throws IOException, InterruptedException {
        String bearer =
                Tokens.bearer(
                        state,
                        OperatorClient.connect(state.operator()),
                        declared.blueprint(),
                        "clerk");
        int usual = edit(bearer);
        assertThat(usual).isIn(200, 404);
        List<Integer> statuses = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> callers = new ArrayList<>();
        java.util.concurrent.atomic.AtomicBoolean left =
                new java.util.concurrent.atomic.AtomicBoolean();
        for (int i = 0; i < 4; i++) {
            callers.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    while (!left.get()) {
                                        statuses.add(edit(bearer));
                                    }
                                } catch (IOException | InterruptedException lost) {
                                    statuses.add(-1);
                                }
                            }));
        }
        await("some calls are made", () -> statuses.size() > 40, false);
        NODES[2].stop();
        int meanwhile = statuses.size();
        await("the other one is called", () -> statuses.size() > meanwhile + 40, false);
        left.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(statuses).containsOnly(usual);
        assertThat(onTheList()).isEqualTo(1);
    }
}
