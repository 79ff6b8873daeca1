package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.TrustRoot;
import dev.ringwall.link.MutualTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
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

    @TempDir private static Path folder;

    private static InstancesUnderTest shop;

    @BeforeAll
    static void startThemApart() throws Exception {
        shop = new InstancesUnderTest(folder);
    }

    @AfterAll
    static void stopThem() {
        shop.close();
    }

    @Test
    @Order(1)
    void bothAreOnTheListAndShownAsNodesOfTheirOwn() {
        assertThat(shop.onTheList()).isEqualTo(2);
        assertThat(shop.ringwall("status").out().lines())
                .filteredOn(line -> line.startsWith("node      catalog  carries catalog"))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    @Order(2)
    void aNodeDoesNotJoinAsAServiceThatItsTokenIsNotFor() throws IOException, InterruptedException {
        ShopUnderTest.Ended refused =
                RingwallProcess.run(
                        shop.folder,
                        "node",
                        "payments",
                        "--join",
                        shop.joinToken("catalog").toString(),
                        "--health",
                        "0",
                        "--state",
                        shop.folder.resolve("thief").toString());

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
        assertThat(shop.onTheList()).isEqualTo(2);
        assertThat(shop.ringwall("status").out()).doesNotContain("127.0.0.1:9,", "payments  127");
    }

    /// What the control plane answers to an instance of the catalog.
    private static int asked(String path, String json) throws Exception {
        Path identity = shop.folder.resolve("node1").resolve("identity");
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
                                                            + shop.controlPort
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
        List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            callers.add(
                    thread.start(() -> {
                        try {
                            for (int call = 0; call < 100; call++) {
                                statuses.add(shop.list());
                            }
                        } catch (IOException | InterruptedException lost) {
                            statuses.add(-1);
                        }
                    }));
        }
        shop.await("some calls are made", () -> statuses.size() > 40, false);
        shop.nodes[2].kill();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(statuses).hasSize(400).containsOnly(200);
    }

    @Test
    @Order(5)
    void whoComesBackIsTheSameInstanceAndIsUsedAgain() throws IOException, InterruptedException {
        shop.nodes[2] = shop.node(2);
        shop.nodes[2].awaitLine("node ");

        shop.await("it is used again", () -> shop.served(2) > 0, true);
        assertThat(shop.onTheList()).isEqualTo(2);
    }

    @Test
    @Order(6)
    void aProgramThatHangsBehindASidecarThatIsWellGetsNoCalls()
            throws IOException, InterruptedException {
        hangs(shop.nodes[2].children().getFirst());
    }

    @Test
    @Order(7)
    void aNodeThatHangsGetsNoCalls() throws IOException, InterruptedException {
        hangs(shop.nodes[2].pid());
    }

    private static void hangs(long process) throws IOException, InterruptedException {
        shop.await("both are well", () -> shop.well() == 2, false);
        InstancesUnderTest.signal("STOP", process);
        try {
            shop.await("one is ill", () -> shop.well() == 1, false);
            for (int i = 0; i < 40; i++) {
                assertThat(shop.list()).isEqualTo(200);
            }
        } finally {
            InstancesUnderTest.signal("CONT", process);
        }
        shop.await("both are well again", () -> shop.well() == 2, true);
        double before = shop.served(2);
        shop.await("it is used again", () -> shop.served(2) > before, true);
    }

    @Test
    @Order(9)
    void noCallIsLostWhenOneLeaves() throws IOException, InterruptedException {
        String bearer =
                Tokens.bearer(
                        shop.state,
                        OperatorClient.connect(shop.state.operator()),
                        shop.declared.blueprint(),
                        "clerk");
        int usual = shop.edit(bearer);
        assertThat(usual).isIn(200, 404);
        List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
        List<Thread> callers = new ArrayList<>();
        AtomicBoolean left = new AtomicBoolean();
        for (int i = 0; i < 4; i++) {
            callers.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    while (!left.get()) {
                                        statuses.add(shop.edit(bearer));
                                    }
                                } catch (IOException | InterruptedException lost) {
                                    statuses.add(-1);
                                }
                            }));
        }
        shop.await("some calls are made", () -> statuses.size() > 40, false);
        shop.nodes[2].stop();
        int meanwhile = statuses.size();
        shop.await("the other one is called", () -> statuses.size() > meanwhile + 40, false);
        left.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(statuses).containsOnly(usual);
        assertThat(shop.onTheList()).isEqualTo(1);
    }
}
