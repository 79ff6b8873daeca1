package dev.ringwall.spring;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Somebody who is called and remembers what was said.
final class Callee implements AutoCloseable {

    private final HttpServer server;
    private final ConcurrentLinkedDeque<Map<String, List<String>>> heard =
            new ConcurrentLinkedDeque<>();

    private Callee(HttpServer server) {
        this.server = server;
    }

    static Callee answering() throws IOException {
        return start(Optional.empty());
    }

    static Callee sendingOnTo(String address) throws IOException {
        return start(Optional.of(address));
    }

    private static Callee start(Optional<String> onTo) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Callee callee = new Callee(server);
        server.createContext(
                "/",
                exchange -> {
                    callee.heard.add(Map.copyOf(exchange.getRequestHeaders()));
                    byte[] body = "heard".getBytes(StandardCharsets.UTF_8);
                    onTo.ifPresent(to -> exchange.getResponseHeaders().add("Location", to));
                    exchange.sendResponseHeaders(onTo.isPresent() ? 307 : 200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        return callee;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// What the last call said under that name.
    Optional<String> heard(String name) {
        return heard.getLast().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().get(0))
                .findAny();
    }

    boolean wasCalled() {
        return !heard.isEmpty();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
