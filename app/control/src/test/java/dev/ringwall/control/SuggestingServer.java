package dev.ringwall.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ringwall.keys.CertificateAuthority;
import dev.ringwall.keys.DoorCertificates;
import dev.ringwall.keys.DoorTlsKeys;
import dev.ringwall.keys.Profile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/// The directory of an authority over TLS, and what it says of when certificates are to be renewed (RFC 9773).
final class SuggestingServer implements AutoCloseable {

    private final HttpsServer server;
    private final AtomicInteger asked = new AtomicInteger();

    volatile boolean offers = true;
    volatile int status = 200;
    volatile Instant opens = Instant.EPOCH;
    volatile Instant closes = Instant.EPOCH;
    volatile Optional<Instant> again = Optional.empty();

    private SuggestingServer(HttpsServer server) {
        this.server = server;
    }

    static SuggestingServer knownBy(CertificateAuthority authority)
            throws IOException, GeneralSecurityException {
        DoorCertificates shown =
                DoorCertificates.own(authority.issue(new Profile.Door(Set.of("localhost"))));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(new KeyManager[] {new DoorTlsKeys(() -> shown)}, null, null);
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        SuggestingServer started = new SuggestingServer(server);
        server.createContext("/dir", started::directory);
        server.createContext("/when/", started::suggest);
        server.start();
        return started;
    }

    URI at(String path) {
        return URI.create("https://localhost:" + server.getAddress().getPort() + path);
    }

    /// How often it was asked what it suggests.
    AtomicInteger asked() {
        return asked;
    }

    private void directory(HttpExchange exchange) throws IOException {
        answer(exchange, 200, offers ? "{\"renewalInfo\":\"" + at("/when") + "\"}" : "{}");
    }

    private void suggest(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        again.ifPresent(when ->
                exchange.getResponseHeaders()
                        .set(
                                "Retry-After",
                                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                        when.atOffset(ZoneOffset.UTC))));
        answer(
                exchange,
                status,
                "{\"suggestedWindow\":{\"start\":\"%s\",\"end\":\"%s\"}}".formatted(opens, closes));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
