package dev.ringwall.shop.kit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/// A service behind its sidecar: it listens on the address that it was handed, and answers nothing that did not come through there.
///
/// What came through the sidecar carries the entry secret that this process was started with; whoever else finds the port is refused.
public final class ShopServer {

    private static final String ENTRY = "Ringwall-Entry";
    private static final int BODY_BYTES_MAX = 1 << 20;

    private final Optional<String> entry;
    private final Handler handler;

    private ShopServer(Optional<String> entry, Handler handler) {
        this.entry = entry;
        this.handler = handler;
    }

    /// Answers one request.
    @FunctionalInterface
    public interface Handler {
        /// The answer; an exception becomes a 500 without details.
        Answer answer(Request request) throws Exception;
    }

    /// A request as a service sees it.
    ///
    /// @param caller     who calls, as the sidecar proved it; `-` where nobody is
    /// @param credential what stands in `Authorization`; always empty behind a sidecar
    /// @param onwards    the headers that go on with calls made for this request
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Request(
            String method,
            String path,
            byte[] body,
            String caller,
            String credential,
            Map<String, String> onwards) {}

    /// An answer.
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Answer(int status, String type, byte[] body, Map<String, String> headers) {

        /// An answer in JSON.
        public static Answer json(int status, Object value) {
            return new Answer(status, "application/json", ShopJson.write(value), Map.of());
        }

        /// An error in JSON.
        public static Answer error(int status, String message) {
            return json(status, Map.of("error", message));
        }
    }

    /// Starts a service of the system: HOST and PORT say where it listens, RINGWALL_ENTRY what its sidecar shows.
    public static void serve(Handler handler) throws IOException {
        start(new ShopServer(Optional.of(Environment.required("RINGWALL_ENTRY")), handler));
    }

    /// Starts something that stands outside the system, and has no sidecar before it.
    public static void serveOutside(Handler handler) throws IOException {
        start(new ShopServer(Optional.empty(), handler));
    }

    private static void start(ShopServer service) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(
                        Environment.or("HOST", "127.0.0.1"),
                        Integer.parseInt(Environment.required("PORT")));
        HttpServer server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", service::handle);
        server.start();
        greetItself(server.getAddress());
        System.out.println(
                "listening on " + address.getHostString() + ":" + server.getAddress().getPort());
    }

    /// Asks itself whether it lives, so that what the first request needs is loaded before that comes.
    private static void greetItself(InetSocketAddress address) throws IOException {
        URI base = URI.create("http://" + address.getHostString() + ":" + address.getPort());
        try {
            if (!ShopJson.read(new Callee(base).get("/livez", Map.of()).body())
                    .path("live")
                    .asBoolean()) {
                throw new IOException("somebody else answers at " + base);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(
                    answer.status(), head || answer.body().length == 0 ? -1 : answer.body().length);
            if (!head) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/livez") && exchange.getRequestMethod().equals("GET")) {
            return Answer.json(200, Map.of("live", true));
        }
        if (!cameThroughSidecar(exchange)) {
            return Answer.error(403, "this service answers its sidecar only");
        }
        byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
        if (body.length > BODY_BYTES_MAX) {
            return Answer.error(413, "too large");
        }
        try {
            return handler.answer(
                    new Request(
                            exchange.getRequestMethod(),
                            path,
                            body,
                            header(exchange, "Ringwall-Caller").orElse("-"),
                            header(exchange, "Authorization").orElse(""),
                            onwards(exchange)));
        } catch (ShopJson.Malformed malformed) {
            return Answer.error(400, "not the JSON that is expected here");
        } catch (Exception failed) {
            System.err.println(exchange.getRequestMethod() + " " + path + " failed: " + failed);
            return Answer.error(500, "failed");
        }
    }

    private boolean cameThroughSidecar(HttpExchange exchange) {
        return entry.isEmpty()
                || header(exchange, ENTRY)
                        .filter(shown ->
                                MessageDigest.isEqual(
                                        shown.getBytes(StandardCharsets.UTF_8),
                                        entry.get().getBytes(StandardCharsets.UTF_8)))
                        .isPresent();
    }

    /// What goes on with calls that are made for this request, so that they stay on behalf of its caller and in its trace.
    private static Map<String, String> onwards(HttpExchange exchange) {
        Map<String, String> headers = new HashMap<>();
        for (String name : new String[] {"Txn-Token", "traceparent", "Ringwall-Request"}) {
            header(exchange, name).ifPresent(value -> headers.put(name, value));
        }
        return headers;
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }
}
