package dev.ringwall.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/// The service of `bench upload`: takes as much as is sent and says how much it was; sends as much as is asked for.
final class Sink {

    private static final int PART_BYTES = 64 << 10;

    private Sink() {}

    /// Serves at the port that is named until it is ended.
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        HttpServer server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", Sink::answer);
        server.start();
        System.out.println("sink " + port);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] part = new byte[PART_BYTES];
        try (exchange;
                InputStream in = exchange.getRequestBody()) {
            long taken = 0;
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                taken += n;
            }
            if (exchange.getRequestMethod().equals("POST")) {
                byte[] said = Long.toString(taken).getBytes(StandardCharsets.US_ASCII);
                exchange.sendResponseHeaders(200, said.length);
                exchange.getResponseBody().write(said);
                return;
            }
            String path = exchange.getRequestURI().getPath();
            long bytes = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
            exchange.sendResponseHeaders(200, bytes);
            try (OutputStream out = exchange.getResponseBody()) {
                for (long left = bytes; left > 0; left -= part.length) {
                    out.write(part, 0, (int) Math.min(left, part.length));
                }
            }
        }
    }
}
