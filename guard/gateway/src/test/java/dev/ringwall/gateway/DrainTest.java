package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How a node stops without a call being lost.
class DrainTest {

    private World world;

    @BeforeEach
    void begin() throws Exception {
        world = World.of(Shop.YAML);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aCallUnderWayEndsWellWhenItsNodeStopsAndNoOtherBegins() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        world.services
                .get("catalog")
                .answering(exchange -> {
                    if (exchange.getRequestURI().getPath().equals("/products")) {
                        begun.countDown();
                        try {
                            goOn.await();
                        } catch (InterruptedException over) {
                            Thread.currentThread().interrupt();
                        }
                    }
                    Backend.answer(exchange, 200, "{}");
                });
        Thread stopping = new Thread(world.plane::drain);
        try (Wire wire = Wire.tls(world.door)) {
            FutureTask<Wire.Reply> call = new FutureTask<>(() -> wire.call("GET", "/products"));
            Thread.ofVirtual().start(call);
            begun.await();
            stopping.start();
            World.await(() -> {
                try (Wire late = Wire.tls(world.door)) {
                    return late == null;
                } catch (IOException refused) {
                    return true;
                }
            });
            try (Wire out = Wire.plain(world.outbound.get("orders>payments"))) {
                assertThat(out.call("GET", "/nothing").reason())
                        .as("ways out stay open, for what is under way may need them")
                        .isEqualTo("not-declared");
            }
            goOn.countDown();
            assertThat(call.get().status()).isEqualTo(200);
        }
        stopping.join();
    }
}
