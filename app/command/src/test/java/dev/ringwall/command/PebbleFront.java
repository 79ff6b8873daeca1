package dev.ringwall.command;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ringwall.keys.DoorCertificates;
import dev.ringwall.keys.DoorTlsKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/// Stands before pebble, TLS on both sides, and is the authority for whoever asks. Debian's pebble has no renewal information (RFC 9773):
/// this offers it. It also loses or refuses what a test wants lost or refused.
final class PebbleFront implements AutoCloseable {

    static final String ORDER = "/order-plz";
    static final String REVOKE = "/revoke-cert";
    static final String KEY_CHANGE = "/rollover-account-key";

    private static final String RENEWAL = "/when-to-renew/";
    private static final Pattern PAYLOAD = Pattern.compile("\"payload\"\\s*:\\s*\"([^\"]*)\"");
    private static final Set<String> NOT_PASSED =
            Set.of("content-length", "connection", "transfer-encoding", "date");

    /// What it suggests for a certificate.
    record Window(Instant start, Instant end, String retryAfter) {}

    /// What it answers in pebble's place.
    record Refusal(int status, String type) {}

    private final Pebble pebble;
    private final HttpsServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> payloads = new CopyOnWriteArrayList<>();
    private final List<String> reached = new CopyOnWriteArrayList<>();

    /// By what RFC 9773 §4.1 calls the certificate.
    volatile Function<String, Window> suggests =
            _ ->
                    new Window(
                            Instant.parse("2999-01-01T00:00:00Z"),
                            Instant.parse("2999-01-02T00:00:00Z"),
                            "86400");

    /// Refuses what has that path and payload before pebble sees it; null where it does not.
    volatile Function<String, Refusal> refuses = _ -> null;

    /// The path whose answers are lost after pebble has acted.
    volatile String loses = "";

    private PebbleFront(Pebble pebble, HttpsServer server) {
        this.pebble = pebble;
        this.server = server;
    }

    static PebbleFront before(Pebble pebble) throws IOException {
        try {
            DoorCertificates shown = DoorCertificates.own(pebble.another());
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(new KeyManager[] {new DoorTlsKeys(() -> shown)}, null, null);
            HttpsServer server =
                    HttpsServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            PebbleFront front = new PebbleFront(pebble, server);
            server.createContext("/", front::answer);
            server.start();
            return front;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String directory() {
        return address() + "/dir";
    }

    private String address() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    /// The certificates that it was asked about, as RFC 9773 calls them.
    List<String> asked() {
        return List.copyOf(asked);
    }

    /// The payloads of what was ordered.
    List<String> orders() {
        return payloads.stream().filter(one -> one.contains("identifiers")).toList();
    }

    /// How often pebble was asked that.
    long reached(String path) {
        return reached.stream().filter(path::equals).count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (path.startsWith(RENEWAL)) {
                suggest(exchange, path.substring(RENEWAL.length()));
                return;
            }
            String payload = payload(body);
            Refusal refusal = refuses.apply(path + " " + payload);
            if (refusal != null) {
                exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
                send(
                        exchange,
                        refusal.status(),
                        "{\"type\":\"urn:ietf:params:acme:error:%s\",\"detail\":\"not that\"}"
                                .formatted(refusal.type()));
                return;
            }
            payloads.add(payload);
            reached.add(path);
            pass(exchange, forward(exchange, body), path);
        }
    }

    private void suggest(HttpExchange exchange, String certificate) throws IOException {
        Window window = suggests.apply(certificate);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Retry-After", window.retryAfter());
        send(
                exchange,
                200,
                "{\"suggestedWindow\":{\"start\":\"%s\",\"end\":\"%s\"}}"
                        .formatted(window.start(), window.end()));
        asked.add(certificate);
    }

    private static String payload(byte[] body) {
        Matcher payload = PAYLOAD.matcher(new String(body, StandardCharsets.US_ASCII));
        return payload.find()
                ? new String(
                        Base64.getUrlDecoder().decode(payload.group(1)), StandardCharsets.UTF_8)
                : "";
    }

    private byte[] forward(HttpExchange exchange, byte[] body) throws IOException {
        StringBuilder head =
                new StringBuilder(exchange.getRequestMethod())
                        .append(' ')
                        .append(exchange.getRequestURI())
                        .append(" HTTP/1.0\r\nContent-Length: ")
                        .append(body.length)
                        .append("\r\n");
        exchange.getRequestHeaders()
                .forEach((name, values) -> {
                    if (!NOT_PASSED.contains(name.toLowerCase(Locale.ROOT))
                            && !name.equalsIgnoreCase("Accept-Encoding")) {
                        values.forEach(value ->
                                head.append(name).append(": ").append(value).append("\r\n"));
                    }
                });
        try (Socket socket =
                pebble.believing().getSocketFactory().createSocket("localhost", pebble.port())) {
            OutputStream out = socket.getOutputStream();
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            whole.writeBytes(body);
            whole.writeTo(out);
            out.flush();
            return socket.getInputStream().readAllBytes();
        }
    }

    private void pass(HttpExchange exchange, byte[] answer, String path) throws IOException {
        if (path.equals(loses)) {
            return;
        }
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        List<String> head = new ArrayList<>(List.of(text.substring(0, end).split("\r\n", -1)));
        String body = text.substring(end + 4);
        Headers headers = exchange.getResponseHeaders();
        for (String line : head.subList(1, head.size())) {
            String[] header = line.split(":", 2);
            if (!NOT_PASSED.contains(header[0].toLowerCase(Locale.ROOT))) {
                headers.add(header[0], header[1].strip());
            }
        }
        if (path.equals("/dir")) {
            body = body.replaceFirst("\\{", "{ \"renewalInfo\": \"" + address() + RENEWAL + "\",");
        }
        send(exchange, Integer.parseInt(head.getFirst().split(" ", -1)[1]), body);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        boolean none = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, none ? -1 : bytes.length);
        if (!none) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
