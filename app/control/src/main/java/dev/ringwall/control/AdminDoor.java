package dev.ringwall.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ringwall.admin.AdminAnswer;
import dev.ringwall.admin.AdminApi;
import dev.ringwall.admin.AdminRequest;
import dev.ringwall.admin.Administrator;
import dev.ringwall.people.Asked;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the sidecar of `ringwall` brings requests to, on the loopback. Nobody else knows the secret of the entry, so nobody else is
/// answered.
final class AdminDoor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminDoor.class);

    /// The largest body, in bytes; what is larger is cut off, and so cannot be read.
    private static final int BODY_BYTES_MAX = (256 << 10) + 1;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final byte[] entry;
    private final String base;
    private final AdminApi api;
    private final Runnable taken;

    private AdminDoor(HttpServer server, String entry, String base, AdminApi api, Runnable taken) {
        this.server = server;
        this.entry = entry.getBytes(StandardCharsets.UTF_8);
        this.base = base;
        this.api = api;
        this.taken = taken;
    }

    static AdminDoor open(String entry, String base, AdminApi api, Runnable taken)
            throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AdminDoor door = new AdminDoor(server, entry, base, api, taken);
        server.setExecutor(door.threads);
        server.createContext("/", door::answerOrFail);
        server.start();
        return door;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    private void answerOrFail(HttpExchange exchange) throws IOException {
        try {
            answer(exchange);
        } catch (RuntimeException unforeseen) {
            LOG.atError()
                    .setCause(unforeseen)
                    .addKeyValue("operation", header(exchange, "Ringwall-Operation"))
                    .log("unforeseen");
            send(exchange, 500, "", Map.of(), new byte[0]);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] shown = header(exchange, "Ringwall-Entry").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(shown, entry)) {
            send(exchange, 403, "", Map.of(), new byte[0]);
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX);
        Administrator by = AdminCaller.read(header(exchange, "Txn-Token"));
        String operation = header(exchange, "Ringwall-Operation");
        AdminRequest request =
                new AdminRequest(
                        operation.substring(operation.indexOf('.') + 1),
                        part(exchange.getRequestURI().getRawPath(), 4),
                        part(exchange.getRequestURI().getRawPath(), 6),
                        query(exchange.getRequestURI().getRawQuery()),
                        Optional.of(header(exchange, "If-Match")).filter(text -> !text.isEmpty()),
                        body,
                        base,
                        by);
        Asked asked =
                new Asked(
                        Optional.of(header(exchange, "Ringwall-Request"))
                                .filter(text -> !text.isEmpty()),
                        Optional.empty(),
                        by.actor().address(),
                        "",
                        exchange.getRequestURI().getPath());
        AdminAnswer answer =
                ScopedValue.where(Asked.CURRENT, asked).call(() -> api.answer(request));
        if (!exchange.getRequestMethod().equals("GET")) {
            taken.run();
        }
        send(exchange, answer.status(), answer.type(), answer.headers(), answer.body());
    }

    /// One part of the path: of `/admin/v1/users/17/factors/app` the fourth is `17` and the sixth `app`.
    private static String part(String path, int which) {
        String[] parts = path.split("/", -1);
        return parts.length > which ? decoded(parts[which].replace("+", "%2B")) : "";
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String each : raw.split("&", -1)) {
                int equals = each.indexOf('=');
                if (equals > 0) {
                    query.putIfAbsent(
                            decoded(each.substring(0, equals)),
                            decoded(each.substring(equals + 1)));
                }
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException unreadable) {
            return "";
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static void send(
            HttpExchange exchange,
            int status,
            String type,
            Map<String, String> headers,
            byte[] body)
            throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        if (!type.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", type);
        }
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        try (exchange) {
            exchange.sendResponseHeaders(status, empty ? -1 : body.length);
            if (!empty) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
