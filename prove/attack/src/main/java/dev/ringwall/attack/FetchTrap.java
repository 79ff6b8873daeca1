package dev.ringwall.attack;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// An address of the attacker's, at which nobody should ever come to fetch anything. Whoever does is given what was laid out, and is remembered.
final class FetchTrap implements Closeable {

    private static final int PATIENCE_MILLIS = 500;

    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final CountDownLatch came = new CountDownLatch(1);

    FetchTrap(String type, String bait) throws IOException {
        Thread.ofVirtual().start(() -> serve(type, bait));
    }

    private void serve(String type, String bait) {
        while (!socket.isClosed()) {
            try (Socket visitor = socket.accept()) {
                came.countDown();
                byte[] body = bait.getBytes(StandardCharsets.UTF_8);
                visitor.getOutputStream()
                        .write(
                                ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: "
                                                + type
                                                + "\r\nContent-Length: "
                                                + body.length
                                                + "\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                visitor.getOutputStream().write(body);
            } catch (IOException closed) {
                // The trap was closed, or the visitor left.
            }
        }
    }

    String address() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/bait";
    }

    /// Whether somebody came, or comes within a moment.
    boolean sprung() {
        try {
            return came.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
