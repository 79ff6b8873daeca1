package dev.ringwall.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Key sets at an address, and how often and how far they are gone for.
class PublishedKeysTest {

    private final HandClock clock = HandClock.at(Instant.parse("2026-11-29T12:00:00Z"));
    private final PublishedKeys keys = new PublishedKeys(clock);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String says = "one";
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    asked.incrementAndGet();
                    byte[] body = says.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Test
    void whatWasReadCountsForAWhileAndIsReadAgainForWhoMissesSomething() {
        assertThat(keys.at(at("/"), false)).hasValue("one");
        says = "two";
        assertThat(keys.at(at("/"), false)).hasValue("one");
        assertThat(keys.at(at("/"), true)).as("not so soon").hasValue("one");
        clock.advance(Known.PAUSE);
        assertThat(keys.at(at("/"), true)).hasValue("two");
        says = "three";
        clock.advance(Known.FRESH);
        assertThat(keys.at(at("/"), false)).hasValue("three");
        assertThat(asked.get()).isEqualTo(3);
    }

    @Test
    void itCountsForADayWhileNobodyAnswersAndNoLonger() {
        assertThat(keys.at(at("/"), false)).hasValue("one");
        URI gone = at("/");
        server.stop(0);
        clock.advance(Known.STALE.minus(Duration.ofSeconds(1)));
        assertThat(keys.at(gone, false)).hasValue("one");
        clock.advance(Duration.ofSeconds(1));
        assertThat(keys.at(gone, false)).isEmpty();
    }

    @Test
    void whatIsTooMuchOrNowhereIsNothing() {
        says = "x".repeat(Fetch.BYTES_MAX + 1);
        assertThat(keys.at(at("/"), false)).isEmpty();
        assertThat(keys.at(URI.create("https://10.0.0.7/keys"), false)).isEmpty();
        assertThat(keys.at(URI.create("https://169.254.169.254/latest"), false)).isEmpty();
    }

    @Test
    void noMoreAddressesAreRememberedThanThereMayBe() {
        assertThat(keys.at(at("/first"), false)).hasValue("one");
        says = "two";
        for (int i = 1; i < PublishedKeys.ADDRESSES_MAX; i++) {
            keys.at(URI.create("https://10.0.0.7/" + i), false);
        }
        assertThat(keys.at(at("/first"), false)).as("it is still there").hasValue("one");
        for (int i = 0; i < PublishedKeys.ADDRESSES_MAX; i++) {
            keys.at(URI.create("https://10.0.0.8/" + i), false);
        }
        assertThat(keys.at(at("/first"), false)).as("it was forgotten").hasValue("two");
    }
}
