package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The certificates of the nodes live for an hour; here hours pass while calls go on.
class RenewalTest {

    private static final Duration ALMOST_AN_HOUR = Duration.ofMinutes(40);
    private static final Duration RENEWED_WITHIN = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int LIVES = 2;
    private static final int CALLS_MIN = 10;

    @TempDir private Path folder;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> InstantSource.system().instant().plus(ahead.get());

    /// No call takes 40 minutes: time jumps while none is under way, for what was said within a call is good for seconds.
    private final ReadWriteLock jumping = new ReentrantReadWriteLock(true);

    @Test
    void identitiesAreRenewedWhileCallsGoOnAndNoCallFails() throws Exception {
        try (ShopUnderTest shop = ShopUnderTest.start(folder, clock)) {
            Queue<Integer> answers = new ConcurrentLinkedQueue<>();
            AtomicBoolean enough = new AtomicBoolean();
            Thread caller = Thread.ofVirtual().start(() -> callUntil(enough, shop, answers));
            for (int life = 0; life < LIVES; life++) {
                Map<String, String> before = identities(shop);
                jump();
                awaitOther(shop, before);
                answers.add(call(shop));
            }
            while (answers.size() < CALLS_MIN && caller.isAlive()) {
                Thread.sleep(PAUSE);
            }
            enough.set(true);
            caller.join();

            assertThat(answers).hasSizeGreaterThanOrEqualTo(CALLS_MIN).containsOnly(200);
        }
    }

    /// Not ended by an interrupt: a call that is under way would be broken off and count as one that failed.
    private void callUntil(AtomicBoolean enough, ShopUnderTest shop, Queue<Integer> answers) {
        try {
            while (!enough.get()) {
                answers.add(call(shop));
                Thread.sleep(PAUSE);
            }
        } catch (RuntimeException | InterruptedException brokenOff) {
            answers.add(0);
        }
    }

    private int call(ShopUnderTest shop) {
        jumping.readLock().lock();
        try {
            return shop.call("catalog.list", List.of(), null).status();
        } finally {
            jumping.readLock().unlock();
        }
    }

    private void jump() {
        jumping.writeLock().lock();
        try {
            ahead.updateAndGet(one -> one.plus(ALMOST_AN_HOUR));
        } finally {
            jumping.writeLock().unlock();
        }
    }

    private static void awaitOther(ShopUnderTest shop, Map<String, String> before)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + RENEWED_WITHIN.toNanos();
        while (identities(shop).entrySet().stream()
                .anyMatch(each -> each.getValue().equals(before.get(each.getKey())))) {
            assertThat(System.nanoTime()).as("renewed in time").isLessThan(deadline);
            Thread.sleep(PAUSE);
        }
    }

    /// What lies in the node's folder: certificate and key of each of its names. The door's lives for months.
    private static Map<String, String> identities(ShopUnderTest shop) throws IOException {
        Map<String, String> found = new TreeMap<>();
        Path identities = shop.state().node(RunningSystem.NODE).resolve("identity");
        try (Stream<Path> files = Files.list(identities)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".pem") && !name.startsWith("root") && !name.startsWith("door")) {
                    found.put(name, Files.readString(file));
                }
            }
        }
        assertThat(found).hasSizeGreaterThanOrEqualTo(4);
        return found;
    }
}
