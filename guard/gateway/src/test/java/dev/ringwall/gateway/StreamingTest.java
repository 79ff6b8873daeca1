package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Bodies pass through in small pieces, as fast as the slower side takes them, and what breaks is not made to look whole.
class StreamingTest {

    private static final long LARGE_BYTES = 200L << 20;

    /// What the buffers between a client and a service that reads nothing may hold: those of four sockets and the gateway's own.
    private static final long BUFFERED_BYTES_MAX = 50L << 20;

    /// More than that, and little enough that a machine with other work passes it on within the client's patience.
    private static final long HELD_BACK_BYTES = 64L << 20;

    private static final long HEAP_GROWTH_BYTES_MAX = 64L << 20;

    private static final String CHUNKED_HEAD =
            "POST /pictures HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";

    private World world;
    private Backend catalog;

    @BeforeEach
    void begin() throws Exception {
        world = World.of(Shop.YAML);
        catalog = world.services.get("catalog");
    }

    @AfterEach
    void end() {
        world.close();
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void upload(Wire wire, long bytes) throws IOException {
        wire.send(
                "POST /pictures HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                        + bytes
                        + "\r\n\r\n");
        byte[] part = new byte[64 << 10];
        for (long left = bytes; left > 0; left -= part.length) {
            wire.send(part);
        }
    }

    @Test
    void aLargeUploadPassesInConstantMemory() throws IOException {
        AtomicLong arrived = new AtomicLong();
        AtomicLong most = new AtomicLong();
        long before = usedBytes();
        catalog.answering(exchange -> {
            byte[] part = new byte[64 << 10];
            InputStream body = exchange.getRequestBody();
            for (int n = body.read(part); n >= 0; n = body.read(part)) {
                if (arrived.addAndGet(n) % (32 << 20) < n) {
                    most.accumulateAndGet(usedBytes(), Math::max);
                }
            }
            Backend.answer(exchange, 201, "{}");
        });
        try (Wire wire = Wire.tls(world.door)) {
            upload(wire, LARGE_BYTES);
            assertThat(wire.receive().status()).isEqualTo(201);
        }
        assertThat(arrived).hasValue(LARGE_BYTES);
        assertThat(most.get() - before).isLessThan(HEAP_GROWTH_BYTES_MAX);
    }

    @Test
    void aLargeAnswerPassesInConstantMemory() throws IOException {
        catalog.answering(exchange -> {
            exchange.sendResponseHeaders(200, LARGE_BYTES);
            byte[] part = new byte[64 << 10];
            for (long left = LARGE_BYTES; left > 0; left -= part.length) {
                exchange.getResponseBody().write(part);
            }
        });
        long before = usedBytes();
        try (Wire wire = Wire.tls(world.door)) {
            wire.send("GET /products HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(wire.head().headers())
                    .containsEntry("content-length", Long.toString(LARGE_BYTES));
            byte[] part = new byte[64 << 10];
            long arrived = 0;
            long most = 0;
            while (arrived < LARGE_BYTES) {
                int n = wire.in().read(part);
                assertThat(n).isPositive();
                if ((arrived += n) % (64 << 20) < n) {
                    most = Math.max(most, usedBytes());
                }
            }
            assertThat(most - before).isLessThan(HEAP_GROWTH_BYTES_MAX);
        }
    }

    @Test
    void aServiceThatReadsSlowlyHoldsTheClientBack() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        catalog.answering(exchange -> {
            try {
                go.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            Backend.answer(exchange, 200, "{}");
        });
        AtomicLong sent = new AtomicLong();
        try (Wire wire = Wire.tls(world.door)) {
            Thread uploader =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    wire.send(
                                            "POST /pictures HTTP/1.1\r\nHost: localhost\r\n"
                                                    + "Content-Length: "
                                                    + HELD_BACK_BYTES
                                                    + "\r\n\r\n");
                                    byte[] part = new byte[64 << 10];
                                    while (sent.get() < HELD_BACK_BYTES) {
                                        wire.send(part);
                                        sent.addAndGet(part.length);
                                    }
                                } catch (IOException broken) {
                                    sent.set(-1);
                                }
                            });
            long last = -1;
            while (last != sent.get()) {
                last = sent.get();
                Thread.sleep(500);
            }
            assertThat(last).isPositive().isLessThan(BUFFERED_BYTES_MAX);
            go.countDown();
            uploader.join(); // so that the client's patience begins when everything is sent
            assertThat(sent).hasValue(HELD_BACK_BYTES);
            assertThat(wire.receive().status()).isEqualTo(200);
        }
    }

    @Test
    void theClientIsToldToSendOnlyWhenItsRequestIsWanted() throws IOException {
        String expecting =
                " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n";
        try (Wire wire = Wire.tls(world.door)) {
            wire.send("POST /pictures" + expecting);
            assertThat(wire.head().status()).isEqualTo(100);
            wire.send("hello");
            assertThat(wire.receive().status()).isEqualTo(200);
        }
        assertThat(catalog.last().headers()).doesNotContainKey("expect");
        try (Wire wire = Wire.tls(world.door)) {
            wire.send("POST /nowhere" + expecting);
            assertThat(wire.receive().status()).isEqualTo(404);
            assertThat(wire.closed()).isTrue();
        }
    }

    @Test
    void aRefusedRequestsBodyIsThrownAwayAndTheConnectionGoesOn() throws IOException {
        try (Wire wire = Wire.tls(world.door)) {
            assertThat(wire.post("/nowhere", "x".repeat(100_000)).status()).isEqualTo(404);
            assertThat(wire.call("GET", "/products").status()).isEqualTo(200);
        }
    }

    @Test
    void chunkedBodiesAndHeadRequestsPassAsTheyShould() throws IOException {
        AtomicLong arrived = new AtomicLong();
        catalog.answering(exchange -> {
            arrived.set(exchange.getRequestBody().readAllBytes().length);
            Backend.answer(exchange, 200, "{\"some\":1}");
        });
        try (Wire wire = Wire.tls(world.door)) {
            wire.send(CHUNKED_HEAD).send("5\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: x\r\n\r\n");
            assertThat(wire.receive().status()).isEqualTo(200);
            assertThat(arrived).hasValue(11);
            assertThat(wire.call("HEAD", "/products").status()).isEqualTo(200);
            assertThat(wire.call("GET", "/products").body()).isEqualTo("{\"some\":1}");
        }
    }

    @Test
    void aBrokenChunkEndsTheConnection() throws IOException {
        try (Wire wire = Wire.tls(world.door)) {
            wire.send(CHUNKED_HEAD).send("zz\r\nhello\r\n0\r\n\r\n");
            assertThat(wire.receive().reason()).isEqualTo("bad-request");
            assertThat(wire.closed()).isTrue();
        }
    }
}
