package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.keys.DoorCertificates;
import dev.ringwall.keys.Profile;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The door's certificate and those of the nodes are exchanged while callers call, with either library for TLS.
class SwapUnderLoadTest {

    private static final int CALLERS = 4;
    private static final int SWAPS = 20;

    @ParameterizedTest
    @EnumSource
    void certificatesChangeUnderLoadAndNoCallIsLost(NodeSettings.TlsLibrary library)
            throws Exception {
        try (World world =
                        new World(
                                Map.of("ringwall.yaml", Shop.YAML),
                                usual -> usual.with(library),
                                Rings::standard);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicBoolean enough = new AtomicBoolean();
            AtomicInteger standing = new AtomicInteger();
            AtomicInteger fresh = new AtomicInteger();
            Set<BigInteger> seen = ConcurrentHashMap.newKeySet();
            CountDownLatch begun = new CountDownLatch(2 * CALLERS);
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                calls.add(
                        callers.submit(() -> {
                            try (Wire wire = Wire.tls(world.door)) {
                                begun.countDown();
                                while (!enough.get()) {
                                    call(wire);
                                    standing.incrementAndGet();
                                }
                            }
                            return null;
                        }));
                calls.add(
                        callers.submit(() -> {
                            begun.countDown();
                            while (!enough.get()) {
                                try (Wire wire = Wire.tls(world.door)) {
                                    call(wire);
                                    seen.add(wire.peer().getSerialNumber());
                                    fresh.incrementAndGet();
                                }
                            }
                            return null;
                        }));
            }
            begun.await();
            for (int i = 0; i < SWAPS; i++) {
                int wanted = fresh.get() + CALLERS;
                world.shown.swap(
                        DoorCertificates.own(world.authority.issue(new Profile.Door(Set.of()))));
                world.identities.forEach((name, identity) -> identity.swap(world.issue(name)));
                World.await(() -> fresh.get() >= wanted || calls.stream().anyMatch(Future::isDone));
            }
            enough.set(true);
            for (Future<?> call : calls) {
                call.get(); // none of them failed
            }
            assertThat(standing.get()).isGreaterThan(SWAPS);
            assertThat(seen).hasSizeGreaterThanOrEqualTo(SWAPS / 2);
        }
    }

    private static void call(Wire wire) throws IOException {
        Wire.Reply reply = wire.call("GET", "/products");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }
}
