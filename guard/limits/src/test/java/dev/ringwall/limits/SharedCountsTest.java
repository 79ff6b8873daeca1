package dev.ringwall.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringwall.model.Limit;
import dev.ringwall.model.Line;
import dev.ringwall.testkit.HandClock;
import dev.ringwall.testkit.RedisServer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nodes that count together in a real Redis, and what becomes of limits when it is gone.
class SharedCountsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final HandClock clock = HandClock.at(Instant.parse("2027-01-01T00:00:00Z"));
    private final List<SharedCounts> nodes = new ArrayList<>();
    private RedisServer redis;

    @BeforeEach
    void begin() throws Exception {
        if (!RedisServer.installed()) {
            System.err.println("NOT TESTED: redis-server is not installed");
        }
        assumeTrue(RedisServer.installed(), "redis-server is not installed");
        redis = RedisServer.start();
    }

    @AfterEach
    void end() throws Exception {
        nodes.forEach(SharedCounts::close);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        if (redis != null) {
            redis.close();
        }
    }

    private SharedCounts node(URI where, Optional<char[]> password) {
        SharedCounts node =
                new SharedCounts(
                        "shop",
                        () -> new Bootstrap().group(loops).channel(NioSocketChannel.class),
                        () -> password,
                        clock);
        nodes.add(node);
        node.at(Optional.of(where));
        return node;
    }

    private static void await(BooleanSupplier wanted) throws InterruptedException {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    private List<Counted> both(Limit limit) throws InterruptedException {
        List<Counted> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            SharedCounts node = node(redis.uri(), Optional.empty());
            await(() -> node.reached().equals(Optional.of(true)));
            both.add(new Counts(node).ofOperation("orders.place", List.of(limit)).getFirst());
        }
        // the first one hears of the second when it says that it is still here
        await(() -> nodes.stream().allMatch(node -> node.link().nodes() == 2));
        return both;
    }

    private boolean granted(Counted counted, long key) throws Exception {
        Turn turn = counted.take(key, TimeUnit.MILLISECONDS.toNanos(clock.millis()));
        if (turn instanceof Turn.Asked(var then)) {
            turn = then.toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        return turn instanceof Turn.Granted;
    }

    private static Limit perHour(long count) {
        return new Limit(count, Duration.ofHours(1), Limit.Key.CALLER, Line.BUILT_IN);
    }

    @Test
    void twoNodesGrantTogetherWhatOneMay() throws Exception {
        List<Counted> both = both(perHour(60));
        int granted = 0;
        for (int i = 0; i < 200; i++) {
            granted += granted(both.get(i % 2), 7) ? 1 : 0;
        }
        assertThat(granted).isBetween(60, 61);
        assertThat(granted(both.get(0), 8)).as("somebody else").isTrue();
    }

    @Test
    void withoutTheRedisNobodyGetsMoreThanWhatComesBackWithTime() throws Exception {
        List<Counted> both = both(perHour(60));
        for (int i = 0; i < 60; i++) {
            granted(both.getFirst(), 7);
        }
        redis.kill();
        await(() -> nodes.stream().allMatch(node -> node.reached().equals(Optional.of(false))));
        assertThat(granted(both.get(0), 7)).isFalse();
        assertThat(granted(both.get(1), 7)).as("it has used nothing itself").isFalse();
        clock.advance(Duration.ofMinutes(10));
        int granted = 0;
        for (int i = 0; i < 40; i++) {
            granted += granted(both.get(i % 2), 7) ? 1 : 0;
        }
        assertThat(granted).as("ten came back, half at each").isBetween(8, 10);
    }

    @Test
    void whenTheRedisIsBackBothItsCountAndTheSharesHold() throws Exception {
        List<Counted> both = both(perHour(60));
        redis.kill();
        await(() -> nodes.stream().allMatch(node -> node.reached().equals(Optional.of(false))));
        clock.advance(Duration.ofMinutes(10));
        for (int i = 0; i < 40; i++) {
            granted(both.get(i % 2), 7);
        }
        redis.startAgain();
        await(() -> nodes.stream().allMatch(node -> node.reached().equals(Optional.of(true))));
        assertThat(granted(both.get(0), 7))
                .as("it forgot everything, so its word alone does not count")
                .isFalse();
        clock.advance(Duration.ofMinutes(61));
        assertThat(granted(both.get(0), 7)).isTrue();
    }

    @Test
    void bytesAreCountedTogetherToo() throws Exception {
        List<Counted> both =
                both(
                        new Limit(
                                1_000_000,
                                Limit.Unit.BYTES,
                                Duration.ofHours(1),
                                Limit.Key.CALLER,
                                Line.BUILT_IN));
        assertThat(granted(both.get(0), 7)).isTrue();
        both.get(0).charge(7, 2_000_000, TimeUnit.MILLISECONDS.toNanos(clock.millis()));
        await(() -> {
            try {
                return !granted(both.get(1), 7);
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    @Test
    void aPasswordIsShown() throws Exception {
        redis.close();
        redis = RedisServer.start("--requirepass", "so-secret");
        SharedCounts knows = node(redis.uri(), Optional.of("so-secret".toCharArray()));
        await(() -> knows.reached().equals(Optional.of(true)));
        SharedCounts guesses = node(redis.uri(), Optional.of("wrong".toCharArray()));
        SharedCounts silent = node(redis.uri(), Optional.empty());
        await(() -> knows.link().nodes() == 1);
        assertThat(guesses.reached()).contains(false);
        assertThat(silent.reached()).contains(false);
    }
}
