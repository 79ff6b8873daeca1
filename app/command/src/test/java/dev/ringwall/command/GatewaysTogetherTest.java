package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringwall.link.FreePorts;
import dev.ringwall.node.Node;
import dev.ringwall.node.NodeSettings;
import dev.ringwall.testkit.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two gateways of one system that count together in a real Redis: what was used at one of them is used up at the other.
class GatewaysTogetherTest {

    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);

    @TempDir private static Path folder;

    private static RedisServer redis;
    private static NotesUnderTest notes;
    private static Node second;
    private static int secondDoor;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        if (!RedisServer.installed()) {
            System.err.println(
                    "LOUD: redis-server is not installed, so two gateways are not attacked; `apt-get install redis-server` makes it so");
        }
        assumeTrue(RedisServer.installed(), "redis-server is missing");
        redis = RedisServer.start();
        notes = NotesUnderTest.start(folder, "counters: { redis: \"" + redis.uri() + "\" }\n");
        secondDoor = FreePorts.next();
        second =
                RunningSystem.startNode(
                        new NodeSettings(
                                folder.resolve("second"),
                                notes.system().control().address(),
                                Optional.of(
                                        notes.system()
                                                .control()
                                                .joinTokens()
                                                .make(
                                                        List.of(NodeSettings.GATEWAY),
                                                        Duration.ofMinutes(5))),
                                List.of(NodeSettings.GATEWAY),
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), secondDoor),
                                "127.0.0.1",
                                Optional.empty(),
                                Optional.empty(),
                                InstantSource.system()));
    }

    @AfterAll
    static void stop() throws IOException {
        if (second != null) {
            second.close();
        }
        if (notes != null) {
            notes.close();
        }
        if (redis != null) {
            redis.close();
        }
    }

    private static ShopUnderTest.Ended prove(String attacks, String... more) {
        List<String> words = new ArrayList<>(List.of("prove", "--only", attacks, "--verbose"));
        words.addAll(List.of("--state", notes.state().path().toString()));
        words.addAll(List.of(more));
        return ShopUnderTest.run(words.toArray(String[]::new));
    }

    private static String line(ShopUnderTest.Ended proof, String attack) {
        return proof.out()
                .lines()
                .filter(one -> one.contains(attack))
                .findFirst()
                .orElseThrow(() -> new AssertionError(attack + " is not in " + proof.out()));
    }

    /// A gateway that has just come to know the Redis wants a word of its own in proofs; later it knows what was used at the other.
    @Test
    void whatWasOverheardAtOneGatewayIsNotGoodAtTheOther() throws InterruptedException {
        String elsewhere = "auth/bound-proof-replayed-elsewhere";
        ShopUnderTest.Ended proof = proveAtBoth("auth/bound-*");
        assertThat(line(proof, elsewhere)).containsAnyOf("proof-nonce-missing", "proof-replayed");
        assertThat(line(proof, "auth/bound-proof-nonce-made-up")).contains("proof-nonce-missing");

        long deadline = System.nanoTime() + SETTLED_WITHIN.toNanos();
        while (!line(proof, elsewhere).contains("proof-replayed")) {
            assertThat(System.nanoTime()).as(proof.out()).isLessThan(deadline);
            Thread.sleep(2_000);
            proof = proveAtBoth(elsewhere);
        }
    }

    private static ShopUnderTest.Ended proveAtBoth(String attacks) {
        ShopUnderTest.Ended proof =
                prove(
                        attacks,
                        "--gateway",
                        "127.0.0.1:" + URI.create(notes.door()).getPort(),
                        "--gateway",
                        "127.0.0.1:" + secondDoor);
        assertThat(proof.exitCode()).as(proof.out() + proof.err()).isZero();
        return proof;
    }

    @Test
    void aSecondGatewayThatIsNotNamedIsNotTakenForAttacked() {
        ShopUnderTest.Ended proof = prove("auth/bound-*");

        assertThat(proof.exitCode()).isEqualTo(Exit.FINDINGS);
        assertThat(line(proof, "auth/bound-proof-replayed-elsewhere"))
                .contains("NOT PLAYED", "--gateway");
    }
}
