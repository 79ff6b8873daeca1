package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// WebSockets through the door and a sidecar, with the JDK's client.
class WebSocketTest {

    private Live live;
    private World world;
    private EchoServer server;

    @BeforeEach
    void begin() throws Exception {
        live = new Live();
        world = live.world;
        server = live.server;
    }

    @AfterEach
    void end() {
        live.close();
    }

    private WebSocket open(Heard heard, String path, String... headers) throws Exception {
        SSLContext context = Wire.trustingAnybody();
        WebSocket.Builder builder =
                HttpClient.newBuilder().sslContext(context).build().newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equals("protocols")) {
                String[] offers = headers[i + 1].split(", ", -1);
                builder.subprotocols(
                        offers[0],
                        List.of(offers).subList(1, offers.length).toArray(String[]::new));
            } else {
                builder.header(headers[i], headers[i + 1]);
            }
        }
        return builder.buildAsync(
                        URI.create("wss://localhost:" + world.door.getPort() + path), heard)
                .join();
    }

    private WebSocket open(Heard heard) throws Exception {
        WebSocket socket =
                open(heard, "/parcels/7/live", "Authorization", "Bearer " + live.token());
        assertThat(heard.next()).isEqualTo("hello");
        return socket;
    }

    private int refusal(String path, String... headers) {
        CompletionException refused =
                catchThrowableOfType(
                        CompletionException.class, () -> open(new Heard(), path, headers));
        return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
    }

    @Test
    void framesPassInBothDirections() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = open(heard);
        for (int i = 0; i < 50; i++) {
            socket.sendText("step " + i, true).join();
            assertThat(heard.next()).isEqualTo("heard step " + i);
        }
        socket.sendBinary(ByteBuffer.allocate(700_000), true).join();
        assertThat(heard.next()).isEqualTo("700000 bytes");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "done").join();
        assertThat(heard.next()).startsWith("closed 1000");
        assertThat(server.seen().getLast().get("ringwall-caller")).isEqualTo("ana");
        assertThat(server.seen().getLast().contains("authorization")).isFalse();
        assertThat(server.seen().getLast().contains("sec-websocket-extensions")).isFalse();
    }

    @Test
    void whoMayNotOpenOneIsRefusedAtTheHandshake() {
        assertThat(refusal("/parcels/7/live")).isEqualTo(401);
        String clerk = world.tokens.of("carl", "clerk", "parcels.live");
        assertThat(refusal("/parcels/7/live", "Authorization", "Bearer " + clerk)).isEqualTo(403);
        assertThat(refusal("/page", "Authorization", "Bearer " + live.token())).isEqualTo(400);
        assertThat(refusal("/nothing", "Authorization", "Bearer " + live.token())).isEqualTo(404);
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aPageOfAnotherOriginDoesNotOpenOne() throws Exception {
        String[] elsewhere = {
            "Authorization", "Bearer " + live.token(), "Origin", "https://evil.example"
        };
        assertThat(refusal("/parcels/7/live", elsewhere)).isEqualTo(403);
        assertThat(world.recorded.last("gateway").reason()).contains(Reason.ORIGIN_NOT_ALLOWED);

        Heard heard = new Heard();
        open(
                heard,
                "/parcels/7/live",
                "Authorization",
                "Bearer " + live.token(),
                "Origin",
                "https://localhost:" + world.door.getPort());
        assertThat(heard.next()).isEqualTo("hello");
    }

    @Test
    void withoutInspectAPageOfAnotherOriginOpensOne() throws Exception {
        String evil = "Origin: https://evil.example";
        assertThat(live.handshake(evil)).isEqualTo(403);
        try (Live careless =
                new Live(tools ->
                        Laboratory.replacing(Ring.INSPECT, _ -> Passage.PASSED)
                                .apply(Rings.standard(tools)))) {
            assertThat(careless.handshake(evil)).isEqualTo(101);
        }
    }

    @Test
    void aPageShowsItsTokenAsASubprotocolAndTheServiceDoesNotSeeIt() throws Exception {
        Heard heard = new Heard();
        String bearer = dev.ringwall.gateway.WebSocket.BEARER + live.token();
        WebSocket socket = open(heard, "/parcels/7/live", "protocols", "chat, " + bearer);
        assertThat(heard.next()).isEqualTo("hello");
        assertThat(socket.getSubprotocol()).isEqualTo("chat");
        assertThat(server.seen().getLast().get("sec-websocket-protocol")).isEqualTo("chat");

        assertThat(
                        refusal(
                                "/parcels/7/live",
                                "protocols",
                                "chat, " + bearer,
                                "Authorization",
                                "Bearer " + live.token()))
                .isEqualTo(401);
        assertThat(
                        refusal(
                                "/parcels/7/live",
                                "protocols",
                                "chat, " + dev.ringwall.gateway.WebSocket.BEARER + "x.y.z"))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Sec-WebSocket-Version: 13\r\n",
                "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\n",
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n",
                Live.GOOD + "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\n",
                Live.GOOD + "Content-Length: 5\r\n",
                Live.GOOD + "Transfer-Encoding: chunked\r\n",
                Live.GOOD + "Upgrade: h2c\r\n"
            })
    void aHandshakeThatIsNoneIsRefused(String headers) throws IOException {
        try (Wire wire = Wire.tls(world.door)) {
            wire.send(Live.HANDSHAKE + World.bearer(live.token()) + "\r\n" + headers + "\r\n");
            assertThat(wire.receive().status()).isEqualTo(400);
        }
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void plainRequestsDoNotReachAWebSocket() throws IOException {
        assertThat(world.get("/parcels/7/live", World.bearer(live.token())).status())
                .isEqualTo(400);
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void itEndsWhenTheTokenIsRevoked() throws Exception {
        Heard heard = new Heard();
        open(heard);
        world.revoke(
                new Snapshot.Revoked(
                        Snapshot.Revoked.What.SUBJECT, "ana", Instant.now().plusSeconds(3_600)));
        assertThat(heard.next()).isEqualTo("closed 1008 token-revoked");
        assertThat(world.recorded.last("gateway").reason()).contains(Reason.TOKEN_REVOKED);
    }

    @Test
    void itEndsWhenTheTokenExpires() throws Exception {
        Heard heard = new Heard();
        open(heard);
        world.clock.advance(Duration.ofHours(2));
        assertThat(heard.next()).isEqualTo("closed 1008 token-expired");
    }

    @Test
    void itEndsWhenTheDeclarationAllowsItNoLonger() throws Exception {
        Heard heard = new Heard();
        open(heard);
        world.declare(Live.allowing("clerk"));
        assertThat(heard.next()).isEqualTo("closed 1008 not-allowed");
    }

    @Test
    void itEndsWhenNobodySaysAnything() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = open(heard);
        world.plane.tickIn(Patience.LASTING_PAUSE_MAX.minusSeconds(60));
        socket.sendText("still here", true).join();
        assertThat(heard.next()).isEqualTo("heard still here");
        world.plane.tickIn(Patience.LASTING_PAUSE_MAX.plusSeconds(60));
        assertThat(heard.next()).isEqualTo("closed 1001 idle");
    }

    @Test
    void itEndsWithItsService() throws Exception {
        Heard heard = new Heard();
        open(heard);
        server.breakOff();
        assertThat(heard.next()).startsWith("closed 1000"); // as the service says
    }
}
