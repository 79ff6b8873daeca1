package dev.ringwall.shop.trial;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a service has in place of its callee: it passes calls on and adds the one header that the service itself must not know.
final class Sidecar implements AutoCloseable {

    private static final List<String> PASSED_ON =
            List.of("Content-Type", "Txn-Token", "Ringwall-Request", "traceparent");

    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final URI callee;
    private final String name;
    private final String value;

    private Sidecar(HttpServer server, URI callee, String name, String value) {
        this.server = server;
        this.callee = callee;
        this.name = name;
        this.value = value;
    }

    static Sidecar to(URI callee, String name, String value) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Sidecar sidecar = new Sidecar(server, callee, name, value);
        server.createContext("/", sidecar::pass);
        server.start();
        return sidecar;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// Every header that the service sent, as `Name: value`.
    List<String> seen() {
        return List.copyOf(seen);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(callee.resolve(exchange.getRequestURI()))
                            .method(
                                    exchange.getRequestMethod(),
                                    HttpRequest.BodyPublishers.ofByteArray(
                                            exchange.getRequestBody().readAllBytes()))
                            .header(name, value);
            exchange.getRequestHeaders()
                    .forEach((header, values) ->
                            values.forEach(one -> {
                                String known = named(header);
                                seen.add(known + ": " + one);
                                if (PASSED_ON.contains(known)) {
                                    request.header(known, one);
                                }
                            }));
            HttpResponse<byte[]> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String named(String header) {
        return PASSED_ON.stream().filter(header::equalsIgnoreCase).findAny().orElse(header);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
