package dev.ringwall.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Executors;

/// The service of a soak: each answer can be told from every other, and says what the request was.
final class Echo {

    private static final int LARGE_EVERY = 7;
    private static final int LARGE_BYTES = 256 << 10;
    private static final int SMALL_BYTES = 900;
    private static final int CHUNKED_EVERY = 2;

    private Echo() {}

    /// Serves at the port that is named until it is ended.
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        HttpServer server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", Echo::answer);
        server.start();
        System.out.println("echo " + port);
    }

    /// What a `GET` of that id answers.
    static String item(long id) {
        return "{\"id\":"
                + id
                + ",\"text\":\""
                + "x".repeat(id % LARGE_EVERY == 0 ? LARGE_BYTES : SMALL_BYTES)
                + "\"}";
    }

    /// What a `POST` of those bytes answers.
    static String received(byte[] body) {
        try {
            return "{\"bytes\":"
                    + body.length
                    + ",\"sha256\":\""
                    + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body))
                    + "\"}";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readAllBytes();
            String path = exchange.getRequestURI().getPath();
            long id = "POST".equals(exchange.getRequestMethod()) ? 0 : id(path);
            String text = "POST".equals(exchange.getRequestMethod()) ? received(body) : item(id);
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, id % CHUNKED_EVERY == 0 ? 0 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    private static long id(String path) {
        return Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
    }
}
