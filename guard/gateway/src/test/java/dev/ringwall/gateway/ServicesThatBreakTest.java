package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Services that break, vanish or talk nonsense, and connections to them.
class ServicesThatBreakTest {

    private World world;
    private Backend catalog;

    @BeforeEach
    void begin() throws Exception {
        world = World.of(Shop.YAML);
        catalog = world.services.get("catalog");
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aServiceThatStopsInTheMiddleDoesNotLookWhole() throws Exception {
        try (ServerSocket broken =
                answeringOnce("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")) {
            moveCatalogTo(broken);
            try (Wire wire = Wire.tls(world.door)) {
                assertThatThrownBy(() -> wire.call("GET", "/products"))
                        .isInstanceOf(EOFException.class);
            }
        }
    }

    @Test
    void aServiceThatStopsInTheMiddleOfChunksDoesNotLookWhole() throws Exception {
        try (ServerSocket broken =
                answeringOnce(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")) {
            moveCatalogTo(broken);
            try (Wire wire = Wire.tls(world.door)) {
                assertThatThrownBy(() -> wire.call("GET", "/products"))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void aServiceThatSaysNothingOrNonsenseIsUnreachable() throws Exception {
        for (String answer : new String[] {"", "HELLO\r\n\r\n", "HTTP/1.1 101 Go\r\n\r\n"}) {
            try (ServerSocket broken = answeringOnce(answer)) {
                moveCatalogTo(broken);
                Wire.Reply reply = world.get("/products");
                assertThat(reply.reason()).as(answer).isEqualTo("unreachable");
                assertThat(reply.status()).isEqualTo(502);
            }
        }
    }

    @Test
    void aServiceThatIsNotThereIsUnreachable() throws Exception {
        catalog.close();
        Wire.Reply reply = world.get("/products");
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.reason()).isEqualTo("unreachable");
        assertThat(world.recorded.last("catalog").reason())
                .contains(dev.ringwall.model.Reason.UNREACHABLE);
    }

    @Test
    void theNextSidecarIsTriedWhenOneIsNotThere() throws Exception {
        InetSocketAddress alive = world.inbound.get("catalog");
        InetSocketAddress dead;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = (InetSocketAddress) gone.getLocalSocketAddress();
        }
        world.endpoint("catalog", dead, alive);
        for (int i = 0; i < 4; i++) {
            assertThat(world.get("/products").status()).isEqualTo(200);
        }
    }

    @Test
    void anInstanceWhoseServiceDoesNotAnswerIsAskedLast() throws Exception {
        InetSocketAddress alive = world.inbound.get("catalog");
        try (ServerSocket dying = answeringOnce("")) {
            InetSocketAddress broken =
                    world.plane.open(
                            new Listener.Inbound(
                                    "catalog",
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                    world.identity("catalog"),
                                    (InetSocketAddress) dying.getLocalSocketAddress(),
                                    World.ENTRY));
            world.endpoint("catalog", broken, alive);
            int unreachable = 0;
            for (int i = 0; i < 40; i++) {
                int status = world.get("/products").status();
                assertThat(status).isIn(200, 502);
                unreachable += status == 502 ? 1 : 0;
            }
            assertThat(unreachable)
                    .as("its sidecar answers, but is asked last after so many failures")
                    .isLessThanOrEqualTo(Outliers.FAILURES_MAX);
        }
    }

    @Test
    void connectionsToTheServiceAreUsedAgain() throws Exception {
        AtomicLong connections = new AtomicLong();
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            serve(server, connections);
            moveCatalogTo(server);
            try (Wire wire = Wire.tls(world.door)) {
                for (int i = 0; i < 50; i++) {
                    assertThat(wire.call("GET", "/products").status()).isEqualTo(200);
                }
            }
        }
        assertThat(connections.get()).isLessThanOrEqualTo(2);
    }

    /// A new sidecar before another service in the place of the old one.
    private void moveCatalogTo(ServerSocket server) throws IOException {
        InetSocketAddress inbound =
                world.plane.open(
                        new Listener.Inbound(
                                "catalog",
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                world.identity("catalog"),
                                (InetSocketAddress) server.getLocalSocketAddress(),
                                World.ENTRY));
        world.endpoint("catalog", inbound);
    }

    private static ServerSocket answeringOnce(String answer) throws IOException {
        ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Thread.ofVirtual()
                .start(() -> {
                    while (!server.isClosed()) {
                        try (Socket socket = server.accept()) {
                            readHead(socket.getInputStream());
                            socket.getOutputStream()
                                    .write(answer.getBytes(StandardCharsets.US_ASCII));
                        } catch (IOException closed) {
                            return;
                        }
                    }
                });
        return server;
    }

    private static void serve(ServerSocket server, AtomicLong connections) {
        byte[] answer =
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
                        .getBytes(StandardCharsets.US_ASCII);
        Thread.ofVirtual()
                .start(() -> {
                    while (!server.isClosed()) {
                        try {
                            Socket socket = server.accept();
                            Thread.ofVirtual()
                                    .start(() -> {
                                        long use = 1; // a check of its health uses none
                                        try (socket) {
                                            while (readHead(socket.getInputStream())) {
                                                connections.addAndGet(use);
                                                use = 0;
                                                socket.getOutputStream().write(answer);
                                            }
                                        } catch (IOException closed) {
                                            connections.addAndGet(0);
                                        }
                                    });
                        } catch (IOException closed) {
                            return;
                        }
                    }
                });
    }

    private static boolean readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                return false;
            }
            head.append((char) c);
        }
        return true;
    }
}
