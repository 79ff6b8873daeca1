package dev.ringwall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacedTest {

    private final AtomicInteger answered = new AtomicInteger();
    private volatile int status = 200;
    private volatile long takesMillis;
    private HttpServer service;
    private ExecutorService threads;
    private Paced paced;

    @BeforeEach
    void begin() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        service = HttpServer.create(new InetSocketAddress(here, 0), 0);
        threads = Executors.newVirtualThreadPerTaskExecutor();
        service.setExecutor(threads);
        service.createContext(
                "/",
                exchange -> {
                    try {
                        Thread.sleep(takesMillis);
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    answered.incrementAndGet();
                    exchange.sendResponseHeaders(status, 3);
                    exchange.getResponseBody().write(new byte[3]);
                    exchange.close();
                });
        service.start();
        paced =
                new Paced(
                        URI.create(
                                "http://127.0.0.1:" + service.getAddress().getPort() + "/items"));
    }

    @AfterEach
    void end() {
        service.stop(0);
        threads.shutdownNow();
    }

    @Test
    void asManyCallsAreMadeAsWereDue() throws Exception {
        Paced.Times times = paced.load(4, 100, 1);
        assertThat(times.requests()).isEqualTo(answered.get()).isEqualTo(100);
        assertThat(times.perSecond()).isEqualTo(100);
    }

    @Test
    void whatWaitedForTheCallBeforeTookThatLong() throws Exception {
        // every 50 ms one is due, so the last of twenty waits for a second
        takesMillis = 100;
        Paced.Times times = paced.load(1, 20, 1);
        assertThat(times.requests()).isEqualTo(20);
        assertThat(times.p50Micros()).isGreaterThan(500_000);
        assertThat(times.p99Micros()).isGreaterThan(1_000_000);
    }

    @Test
    void withoutARateOneCallFollowsTheOther() throws Exception {
        Paced.Times times = paced.load(2, 0, 1);
        assertThat(times.requests()).isEqualTo(answered.get()).isGreaterThan(10);
    }

    @Test
    void oneFailedCallMakesTheRoundVoid() {
        status = 503;
        assertThatThrownBy(() -> paced.load(1, 10, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a call failed, so the round says nothing")
                .hasMessageContaining("answered 503");
        assertThatThrownBy(() -> Paced.Times.of(new long[0], 1)).isInstanceOf(IOException.class);
    }

    @Test
    void ofAllCallsTheMiddleAndTheSlowestHundredthAreTold() throws IOException {
        long[] nanos = LongStream.rangeClosed(1, 1_000).map(micros -> micros * 1_000).toArray();
        assertThat(Paced.Times.of(nanos, 10)).isEqualTo(new Paced.Times(1_000, 100, 501, 991));
    }

    @Test
    void ofSeveralRoundsTheMiddleOneCounts() {
        Paced.Times quick = new Paced.Times(10, 1, 100, 900);
        Paced.Times slow = new Paced.Times(10, 3, 300, 700);
        Paced.Times between = new Paced.Times(10, 2, 200, 800);
        assertThat(Paced.Times.median(List.of(quick, slow, between)))
                .isEqualTo(new Paced.Times(30, 2, 200, 800));
    }
}
