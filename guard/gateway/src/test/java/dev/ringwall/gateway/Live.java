package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/// A world with a service that speaks in WebSockets.
final class Live implements AutoCloseable {

    static final String YAML =
            """
            ringwall: 1
            system: shop
            data:
              parcel: { class: internal }
            roles:
              shopper: { login: password }
              clerk:   { login: password }
            services:
              parcels:
                run: java -jar parcels.jar
                stores: { files: [parcel] }
                operations:
                  live: { websocket: "/parcels/{id}/live", allow: ROLE, returns: [parcel] }
                  page: { http: GET /page, allow: shopper, returns: [parcel] }
            """;

    static final String HANDSHAKE =
            "GET /parcels/7/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
    static final String GOOD =
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\n";

    final World world;
    final EchoServer server = new EchoServer();

    Live() throws Exception {
        this(Rings::standard);
    }

    Live(Function<Tools, Rings> rings) throws Exception {
        world =
                new World(
                        Map.of("ringwall.yaml", allowing("shopper")), settings -> settings, rings);
        InetSocketAddress inbound =
                world.plane.open(
                        new Listener.Inbound(
                                "parcels",
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                world.identity("parcels"),
                                server.address(),
                                World.ENTRY));
        world.endpoint("parcels", inbound);
    }

    static String allowing(String role) {
        return YAML.replace("ROLE", role);
    }

    String token() {
        return world.tokens.of("ana", "shopper", "parcels.live", "parcels.page");
    }

    /// The status that a handshake with these headers is answered with.
    int handshake(String... headers) throws IOException {
        try (Wire wire = Wire.tls(world.door)) {
            wire.send(
                    HANDSHAKE
                            + World.bearer(token())
                            + "\r\n"
                            + GOOD
                            + String.join("\r\n", headers)
                            + "\r\n\r\n");
            return wire.head().status();
        }
    }

    /// A WebSocket whose bytes the test writes itself.
    Wire opened() throws IOException {
        Wire wire = Wire.tls(world.door);
        wire.send(HANDSHAKE + World.bearer(token()) + "\r\n" + GOOD + "\r\n");
        Wire.Reply reply = wire.head();
        assertThat(reply.status()).isEqualTo(101);
        assertThat(wire.in().readNBytes(7)).endsWith("hello".getBytes(StandardCharsets.US_ASCII));
        return wire;
    }

    @Override
    public void close() {
        world.close();
        server.close();
    }
}
