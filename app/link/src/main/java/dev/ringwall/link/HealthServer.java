package dev.ringwall.link;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Answers `/livez`, `/readyz` and `/metrics` for the machine's own watchers, over plain HTTP and never at the door.
///
/// It is opened first, and says "not ready" until every part that it was told to await is there and lacks nothing. What it answers holds
/// neither secrets nor anything about callers, but is best kept to the loopback.
public final class HealthServer implements AutoCloseable {

    /// So many connections it holds at a time; more are closed at once.
    static final int CONNECTIONS_MAX = 100;

    /// How long a watcher may take to ask.
    static final int REQUEST_SECONDS_MAX = 5;

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    static {
        // The JDK's server reads its limits from here, once.
        System.setProperty("jdk.httpserver.maxConnections", Integer.toString(CONNECTIONS_MAX));
        System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(REQUEST_SECONDS_MAX));
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> awaited;
    private final Map<String, Part> parts = new ConcurrentHashMap<>();

    /// Something that is watched. Any thread asks it.
    public interface Part {
        /// What it lacks to do its work; empty when it is ready.
        Optional<String> lacking();

        /// What it counts, in the text format of Prometheus.
        byte[] metrics();
    }

    private HealthServer(HttpServer server, List<String> awaited) {
        this.server = server;
        this.awaited = List.copyOf(awaited);
    }

    /// Begins to answer.
    ///
    /// @param awaited the names of the parts without which it is not ready
    /// @throws IOException when the address cannot be listened on
    public static HealthServer open(InetSocketAddress address, List<String> awaited)
            throws IOException {
        HealthServer health = new HealthServer(HttpServer.create(address, 0), awaited);
        health.server.setExecutor(health.threads);
        health.server.createContext("/", health::answerOrFail);
        health.server.start();
        return health;
    }

    /// From now on that part is watched as well.
    public void watch(String name, Part part) {
        parts.put(name, part);
    }

    /// Where it answers.
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            send(exchange, 405, TEXT, bytes("only GET\n"));
            return;
        }
        switch (exchange.getRequestURI().getRawPath()) {
            case "/livez" -> send(exchange, 200, TEXT, bytes("alive\n"));
            case "/readyz" -> {
                List<String> lacking = lacking();
                send(
                        exchange,
                        lacking.isEmpty() ? 200 : 503,
                        TEXT,
                        bytes(lacking.isEmpty() ? "ready\n" : String.join("\n", lacking) + "\n"));
            }
            case "/metrics" -> send(exchange, 200, PROMETHEUS, metrics());
            default -> send(exchange, 404, TEXT, bytes("no such page\n"));
        }
    }

    private List<String> lacking() {
        List<String> lacking = new ArrayList<>();
        for (String name : awaited) {
            Part part = parts.get(name);
            Optional<String> why =
                    part == null ? Optional.of("has not started yet") : part.lacking();
            why.ifPresent(reason -> lacking.add(name + ": " + reason));
        }
        return lacking;
    }

    private byte[] metrics() {
        StringBuilder text = new StringBuilder(JvmMetrics.text());
        parts.values()
                .forEach(part -> text.append(new String(part.metrics(), StandardCharsets.UTF_8)));
        return bytes(text.toString());
    }

    /// What fails unforeseen is told to the watcher, who would else see only a connection that ends.
    private void answerOrFail(HttpExchange exchange) throws IOException {
        try {
            answer(exchange);
        } catch (RuntimeException unforeseen) {
            send(exchange, 500, TEXT, bytes("our fault: " + unforeseen + "\n"));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(status, body.length);
        try (exchange;
                OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
