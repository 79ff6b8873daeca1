package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.control.Declared;
import dev.ringwall.link.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A control plane and a node as processes of their own, one killed while the other goes on.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApartTest {

    private static final List<String> NAMES = List.of("gateway", "catalog", "orders", "payments");

    private static final Duration ARRIVES_WITHIN = Duration.ofMinutes(2);

    @TempDir private static Path folder;

    private static ShopCopy copy;
    private static StateFolder state;
    private static Declared declared;
    private static int controlPort;
    private static int doorPort;
    private static RingwallProcess control;
    private static RingwallProcess node;
    private static String placedMeanwhile = "";

    @BeforeAll
    static void startThemApart() throws IOException, InterruptedException {
        copy = ShopCopy.in(folder);
        state = new StateFolder(folder.resolve(".ringwall"));
        declared = Loading.declared(copy.declaration(), ShopUnderTest.silent());
        controlPort = FreePorts.next();
        doorPort = FreePorts.next();
        control = startControl();
        ShopUnderTest.keepStripeKey(state);
        joinToken(folder.resolve("token"));
        node = startNode("--join", folder.resolve("token").toString());
    }

    @AfterAll
    static void stopThem() {
        node.close();
        control.close();
        copy.close();
    }

    @Test
    @Order(1)
    void aNodeThatJoinedWithATokenServesTheShop() {
        assertThat(call("catalog.list", null).status()).isEqualTo(200);
        DoorCall.Answer placed = call("orders.place", "shopper");
        assertThat(placed.status()).as(placed.body()).isEqualTo(201);
        assertThat(call("orders.read", "clerk", "1").status()).isEqualTo(200);
        assertThat(call("orders.ship", "shopper", "1").status()).isEqualTo(403);
    }

    @Test
    @Order(2)
    void aJoinTokenIsGoodOnce() throws IOException, InterruptedException {
        ShopUnderTest.Ended second =
                RingwallProcess.run(
                        folder,
                        "node",
                        "orders",
                        "--join",
                        folder.resolve("token").toString(),
                        "--health",
                        "0",
                        "--state",
                        folder.resolve("thief").toString());
        assertThat(second.exitCode()).as(second.out()).isEqualTo(Exit.UNUSABLE);
        assertThat(second.out()).contains("token").doesNotContain("Exception");
    }

    @Test
    @Order(3)
    void withTheControlPlaneKilledTheNodeGoesOnAndStillRefuses() throws InterruptedException {
        control.kill();

        DoorCall.Answer placed = call("orders.place", "shopper");
        assertThat(placed.status()).as(placed.body()).isEqualTo(201);
        placedMeanwhile = placed.request();
        assertThat(call("orders.ship", "shopper", "1").status()).isEqualTo(403);
        assertThat(call("orders.place", null).status()).isEqualTo(401);
    }

    @Test
    @Order(4)
    void aNodeStartsAgainWithoutTheControlPlaneButWithoutCredentialsOfThirdParties()
            throws IOException, InterruptedException {
        node.kill();
        node = startNode();

        assertThat(call("orders.read", "clerk", "1").status()).isEqualTo(200);
        assertThat(call("orders.ship", "shopper", "1").status()).isEqualTo(403);
        assertThat(call("orders.place", "shopper").status())
                .as("the key of the third party is on no disk of a node")
                .isEqualTo(402);
    }

    @Test
    @Order(5)
    void aBundleThatWasAlteredOnDiskIsNotLivedOn() throws IOException, InterruptedException {
        node.stop();
        Path bundle = folder.resolve("node").resolve("bundle.jws");
        Path kept =
                Files.copy(
                        bundle, folder.resolve("bundle.kept"), StandardCopyOption.REPLACE_EXISTING);
        String text = Files.readString(bundle);
        int at = text.indexOf('.') + 40;
        Files.writeString(
                bundle,
                text.substring(0, at)
                        + (text.charAt(at) == 'A' ? 'B' : 'A')
                        + text.substring(at + 1));

        try (RingwallProcess altered = nodeProcess()) {
            assertThat(altered.awaitEnd()).isNotZero();
            assertThat(altered.printed()).contains("bundle.jws").doesNotContain("\tat ");
        }

        Files.copy(kept, bundle, StandardCopyOption.REPLACE_EXISTING);
        node = startNode();
        assertThat(call("catalog.list", null).status()).isEqualTo(200);
    }

    @Test
    @Order(6)
    void whatWasDecidedMeanwhileArrivesWhenTheControlPlaneIsBack()
            throws IOException, InterruptedException {
        control = startControl();

        ShopUnderTest.Ended why = ShopUnderTest.run(state, "why", placedMeanwhile);
        long deadline = System.nanoTime() + ARRIVES_WITHIN.toNanos();
        while (why.exitCode() != 0 && System.nanoTime() < deadline) {
            Thread.sleep(100);
            why = ShopUnderTest.run(state, "why", placedMeanwhile);
        }
        assertThat(why.out()).contains("orders.place");
        assertThat(ShopUnderTest.run(state, "audit", "verify").exitCode()).isZero();
        assertThat(call("orders.place", "shopper").status()).isEqualTo(201);
    }

    private static RingwallProcess startControl() throws IOException, InterruptedException {
        RingwallProcess started =
                RingwallProcess.start(
                        folder,
                        "control",
                        copy.declaration().toString(),
                        "--listen",
                        "127.0.0.1:" + controlPort,
                        "--health",
                        "0",
                        "--door",
                        door());
        started.awaitLine("control ");
        return started;
    }

    private static void joinToken(Path file) throws IOException {
        List<String> words = new ArrayList<>(List.of("join-token"));
        words.addAll(NAMES);
        ShopUnderTest.Ended made = ShopUnderTest.run(state, words.toArray(String[]::new));
        assertThat(made.exitCode()).as(made.out()).isZero();
        Files.writeString(file, made.out().lines().findFirst().orElseThrow());
    }

    private static RingwallProcess startNode(String... more)
            throws IOException, InterruptedException {
        RingwallProcess started = nodeProcess(more);
        started.awaitLine("node ");
        return started;
    }

    private static RingwallProcess nodeProcess(String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("node"));
        words.addAll(NAMES);
        words.addAll(
                List.of(
                        "--state",
                        folder.resolve("node").toString(),
                        "--door",
                        "127.0.0.1:" + doorPort,
                        "--health",
                        "0",
                        "--run",
                        "--folder",
                        folder.toString()));
        words.addAll(List.of(more));
        return RingwallProcess.start(folder, words.toArray(String[]::new));
    }

    private static String door() {
        return "https://localhost:" + doorPort;
    }

    private static DoorCall.Answer call(String operation, @Nullable String role, String... values) {
        String bearer =
                role == null
                        ? null
                        : Tokens.bearer(
                                state,
                                OperatorClient.connect(state.operator()),
                                declared.blueprint(),
                                role);
        return DoorCall.of(declared.blueprint(), operation, List.of(values), null)
                .send(state, door(), bearer);
    }
}
