package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Bodies and answers that must be looked at whole have a limit all together. What is left of it is made small by others here.
class HeldBodiesTest {

    private static final int LEFT_BYTES = 100 << 10;
    private static final String LARGE = "{\"sku\":\"tea\"}" + " ".repeat(2 * LEFT_BYTES);
    private static final String SMALL = "{\"sku\":\"tea\"}";
    private static final String JSON = "Content-Type: application/json";

    private static World world;
    private static Held held;

    private Held.Part others;

    @BeforeAll
    static void begin() throws Exception {
        world =
                new World(
                        Map.of(
                                "ringwall.yaml",
                                InspectTest.YAML,
                                "orders.yaml",
                                InspectTest.DOCUMENT),
                        settings -> settings,
                        tools -> {
                            held = tools.held();
                            return Rings.standard(tools);
                        });
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @BeforeEach
    void forget() {
        world.services.get("orders").clear();
        world.recorded.clear();
        others = held.by(Side.INBOUND, InetAddress.getLoopbackAddress()).get();
    }

    @AfterEach
    void letGo() {
        others.end();
    }

    private static Wire from(String address) throws IOException {
        return Wire.tls(world.door, InetAddress.getByName(address), null);
    }

    @Test
    void whereAllRoomIsTakenALargeBodyIsRefusedAndSmallOnesPass() throws IOException {
        assertThat(others.take((int) held.bytesMax() - LEFT_BYTES)).isTrue();
        Wire.Reply reply = world.post("/orders", LARGE, JSON);
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.reason()).isEqualTo("limit-reached");
        assertThat(reply.headers()).containsEntry("retry-after", "1");
        assertThat(world.recorded.last("gateway").reason()).contains(Reason.LIMIT_REACHED);
        assertThat(world.services.get("orders").seen()).isEmpty();
        assertThat(world.post("/orders", SMALL, JSON).status()).isEqualTo(200);
        others.end();
        assertThat(world.post("/orders", LARGE, JSON).status()).isEqualTo(200);
    }

    @Test
    void whoeverTakesTheRoomOfAnAddressKeepsNobodyElseOut() throws IOException {
        Held.Part hog = held.by(Side.DOOR, InetAddress.getByName("127.0.0.7")).get();
        assertThat(hog.take((int) held.addressBytesMax() - LEFT_BYTES)).isTrue();
        try (Wire same = from("127.0.0.7");
                Wire other = from("127.0.0.8")) {
            assertThat(same.post("/orders", LARGE, JSON).reason()).isEqualTo("limit-reached");
            assertThat(other.post("/orders", LARGE, JSON).status()).isEqualTo(200);
        } finally {
            hog.end();
        }
    }

    @Test
    void anAnswerForWhichThereIsNoRoomIsNotLetThroughUnseen() throws Exception {
        AtomicReference<Held> room = new AtomicReference<>();
        try (World shop =
                new World(
                        Map.of("ringwall.yaml", Shop.YAML),
                        settings -> settings,
                        tools -> {
                            room.set(tools.held());
                            return Rings.standard(tools);
                        })) {
            String ana = World.bearer(shop.tokens.of("ana", "shopper", "orders.read"));
            String own = "{\"owner\":\"ana\",\"pad\":\"" + "x".repeat(2 * LEFT_BYTES) + "\"}";
            shop.services.get("orders").answering(exchange -> Backend.answer(exchange, 200, own));
            Held.Part taken = room.get().by(Side.INBOUND, InetAddress.getLoopbackAddress()).get();
            assertThat(taken.take((int) room.get().bytesMax() - LEFT_BYTES)).isTrue();
            assertThat(shop.get("/orders/17", ana).reason()).isEqualTo("answer-too-large");
            taken.end();
            assertThat(shop.get("/orders/17", ana).body()).isEqualTo(own);
            isHeld(room.get(), 0);
        }
    }

    @Test
    void nothingIsHeldOnceEverybodyHasBeenAnsweredOrIsGone() throws Exception {
        assertThat(world.post("/orders", LARGE, JSON).status()).isEqualTo(200);
        assertThat(world.post("/orders", LARGE + "!", JSON).reason())
                .isEqualTo("request-not-valid");
        assertThat(world.post("/orders", " ".repeat(InspectRing.BODY_BYTES_MAX + 1), JSON).reason())
                .isEqualTo("too-large");
        try (Wire gone = Wire.tls(world.door)) {
            gone.send("POST /orders HTTP/1.1\r\nHost: localhost\r\n" + JSON);
            gone.send("\r\nContent-Length: 1000000\r\n\r\n" + LARGE);
            isHeld(held, LARGE.length());
        }
        isHeld(held, 0);
        assertThat(held.addresses()).isZero();
    }

    private static void isHeld(Held held, long bytes) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (held.bytes() != bytes) {
            assertThat(System.nanoTime()).as("held: %s", held.bytes()).isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}
