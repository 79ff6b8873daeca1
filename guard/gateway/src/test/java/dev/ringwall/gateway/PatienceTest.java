package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever is slow, silent or idle for too long does not hold a connection that others could have. The connections are real; only the
/// time is made to pass.
class PatienceTest {

    private static final Duration A_LITTLE = Duration.ofSeconds(1);
    private static final Duration SETTLED = Duration.ofMillis(500);

    private static final String UPLOAD =
            "POST /pictures HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n";

    private final CountDownLatch answer = new CountDownLatch(1);

    private World world;
    private Backend catalog;

    @BeforeEach
    void begin() throws Exception {
        world = World.of(Shop.YAML);
        catalog = world.services.get("catalog");
    }

    @AfterEach
    void end() {
        answer.countDown();
        world.close();
    }

    /// Lets that much time pass for every connection, once what was sent has arrived.
    private void later(Duration by) throws InterruptedException {
        Thread.sleep(SETTLED);
        world.plane.tickIn(by);
        Thread.sleep(SETTLED);
    }

    /// Waits until so many requests are at the service.
    private void reached(int requests) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (catalog.seen().size() < requests) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    private static void isCut(Wire wire) throws IOException {
        try {
            assertThat(wire.closed()).isTrue();
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Test
    void aHeadMayTakeItsTimeButNotMore() throws Exception {
        try (Wire slow = Wire.tls(world.door);
                Wire slower = Wire.tls(world.door)) {
            slow.send("GET /products HTTP/1.1\r\nHost: lo");
            later(Patience.HEAD_MAX.minus(A_LITTLE));
            assertThat(slow.send("calhost\r\n\r\n").receive().status()).isEqualTo(200);

            slower.send("GET /products HTTP/1.1\r\nHost: lo");
            later(Patience.HEAD_MAX.plus(A_LITTLE));
            isCut(slower);
        }
    }

    @Test
    void aHeadThatTricklesIsMeasuredFromItsFirstByte() throws Exception {
        try (Wire trickling = Wire.tls(world.door)) {
            trickling.send("GET /products HTTP/1.1\r\n");
            Thread.sleep(A_LITTLE);
            trickling.send("X-Slow: 1\r\n");
            Thread.sleep(SETTLED);
            world.plane.tickIn(Patience.HEAD_MAX.minus(A_LITTLE));
            isCut(trickling);
        }
    }

    @Test
    void aBodyMayPauseButNotForLonger() throws Exception {
        CompletableFuture<String> arrived = new CompletableFuture<>();
        catalog.answering(exchange -> {
            try {
                byte[] body = exchange.getRequestBody().readAllBytes();
                arrived.complete(new String(body, java.nio.charset.StandardCharsets.US_ASCII));
            } catch (IOException broken) {
                arrived.complete("broken");
                throw broken;
            }
            Backend.answer(exchange, 201, "{}");
        });
        try (Wire pausing = Wire.tls(world.door)) {
            pausing.send(UPLOAD + "01234");
            later(Patience.PAUSE_MAX.minus(A_LITTLE));
            assertThat(pausing.send("56789").receive().status()).isEqualTo(201);
        }
        assertThat(arrived.get()).isEqualTo("0123456789");
    }

    @Test
    void aBodyThatPausesTooLongNeverLooksWholeToTheService() throws Exception {
        CompletableFuture<String> arrived = new CompletableFuture<>();
        catalog.answering(exchange -> {
            try {
                exchange.getRequestBody().readAllBytes();
                arrived.complete("whole");
            } catch (IOException broken) {
                arrived.complete("broken");
                throw broken;
            }
        });
        try (Wire silent = Wire.tls(world.door)) {
            silent.send(UPLOAD + "01234");
            later(Patience.PAUSE_MAX.plus(A_LITTLE));
            // where the sidecar loses its patience a moment before the door, the door still has
            // words
            assertThat(silent.in().read()).isIn(-1, (int) 'H');
        }
        assertThat(arrived.get(10, TimeUnit.SECONDS)).isEqualTo("broken");
    }

    @Test
    void aBodyThatTricklesIsRefusedHoweverShortItsPausesAre() throws Exception {
        try (Wire trickling = Wire.tls(world.door)) {
            trickling.send(UPLOAD + "0");
            for (int i = 1; i <= 2; i++) {
                later(Patience.PAUSE_MAX.minus(A_LITTLE));
                trickling.send("" + i);
            }
            later(Patience.PAUSE_MAX.minus(A_LITTLE));
            Wire.Reply reply = trickling.receive();
            assertThat(reply.status()).isEqualTo(408);
            assertThat(reply.reason()).isEqualTo("too-slow");
            isCut(trickling);
        }
        assertThat(world.recorded.last("gateway").reason()).contains(Reason.TOO_SLOW);
    }

    @Test
    void aBodyThatComesSteadilyMayTakeLong() throws Exception {
        int worth = 40 * Pace.BYTES_PER_SECOND_MIN;
        catalog.answering(exchange -> {
            int length = exchange.getRequestBody().readAllBytes().length;
            Backend.answer(exchange, 201, "{\"length\":" + length + "}");
        });
        try (Wire steady = Wire.tls(world.door)) {
            steady.send(UPLOAD.replace("10", "" + (worth + 3)));
            steady.send("x".repeat(worth));
            for (int i = 1; i <= 3; i++) {
                later(Patience.PAUSE_MAX.minus(A_LITTLE));
                steady.send("x");
            }
            assertThat(steady.receive().body()).isEqualTo("{\"length\":" + (worth + 3) + "}");
        }
    }

    @Test
    void theBodyOfACallThatWasRefusedMayNotTrickleEither() throws Exception {
        try (Wire refused = Wire.tls(world.door)) {
            refused.send(UPLOAD.replace("pictures", "nothing") + "0");
            assertThat(refused.receive().status()).isEqualTo(404);
            for (int i = 1; i <= 2; i++) {
                later(Patience.PAUSE_MAX.minus(A_LITTLE));
                refused.send("" + i);
            }
            later(Patience.PAUSE_MAX.minus(A_LITTLE));
            isCut(refused);
        }
    }

    @Test
    void anIdleConnectionIsKeptForAWhileAndThenClosed() throws Exception {
        try (Wire idle = Wire.tls(world.door)) {
            assertThat(idle.call("GET", "/products").status()).isEqualTo(200);
            later(Patience.IDLE_MAX.minus(A_LITTLE));
            assertThat(idle.call("GET", "/products").status()).isEqualTo(200);
            later(Patience.IDLE_MAX.plus(A_LITTLE));
            isCut(idle);
        }
    }

    @Test
    void aConnectionThatNeverSaysAnythingIsClosed() throws Exception {
        try (Wire mute = Wire.tls(world.door);
                Wire withoutTls = Wire.plain(world.door);
                Wire service = Wire.plain(world.outbound.get("orders>catalog"))) {
            later(Patience.IDLE_MAX.plus(A_LITTLE));
            isCut(mute);
            isCut(withoutTls);
            isCut(service);
        }
    }

    @Test
    void aServiceThatSaysNothingIsWaitedForAndThenGivenUp() throws Exception {
        catalog.answering(exchange -> {
            awaitAnswer();
            Backend.answer(exchange, 200, "{}");
        });
        try (Wire patient = Wire.tls(world.door);
                Wire waiting = Wire.tls(world.door)) {
            patient.send("GET /products HTTP/1.1\r\nHost: localhost\r\n\r\n");
            reached(1);
            later(Answer.FIRST_BYTE_MAX.minus(A_LITTLE.multipliedBy(2)));
            waiting.send("GET /products HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(patient.in().available()).isZero();

            reached(2);
            later(Answer.FIRST_BYTE_MAX.plus(A_LITTLE));
            Wire.Reply reply = waiting.receive();
            assertThat(reply.status()).isEqualTo(504);
            assertThat(reply.reason()).isEqualTo("upstream-timeout");
        }
        assertThat(world.recorded.last("gateway").reason()).contains(Reason.UPSTREAM_TIMEOUT);
    }

    @Test
    void anAnswerThatPausesTooLongDoesNotLookWhole() throws Exception {
        catalog.answering(exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(new byte[5]);
            exchange.getResponseBody().flush();
            awaitAnswer();
        });
        try (Wire waiting = Wire.tls(world.door)) {
            waiting.send("GET /products HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(waiting.head().headers()).containsEntry("content-length", "10");
            later(Answer.PAUSE_MAX.plus(A_LITTLE));
            assertThat(taken(waiting)).isLessThan(10);
        }
    }

    @Test
    void aClientThatTakesNothingOfItsAnswerIsCutOff() throws Exception {
        long bytes = 256L << 20;
        AtomicLong written = new AtomicLong();
        catalog.answering(exchange -> {
            exchange.sendResponseHeaders(200, bytes);
            byte[] part = new byte[64 << 10];
            while (written.get() < bytes) {
                exchange.getResponseBody().write(part);
                written.addAndGet(part.length);
            }
        });
        try (Wire full = Wire.tls(world.door)) {
            full.send("GET /products HTTP/1.1\r\nHost: localhost\r\n\r\n");
            long before = -1;
            while (written.get() == 0 || written.get() != before) {
                before = written.get();
                Thread.sleep(A_LITTLE);
            }
            assertThat(before).isLessThan(bytes);
            later(Patience.STALLED_MAX.plus(A_LITTLE));
            assertThat(taken(full)).isLessThan(bytes);
        }
    }

    private static long taken(Wire wire) {
        byte[] part = new byte[64 << 10];
        long all = 0;
        try {
            InputStream in = wire.in();
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                all += n;
            }
        } catch (IOException cut) {
            return all;
        }
        return all;
    }

    private void awaitAnswer() {
        try {
            answer.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
