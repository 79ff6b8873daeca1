package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// WebSockets on streams of HTTP/2 (RFC 8441), frame by frame.
class WebSocketStreamsTest {

    private static final int TEXT = 1;
    private static final int CLOSE = 8;

    private Live live;

    @BeforeEach
    void begin() throws Exception {
        live = new Live();
    }

    @AfterEach
    void end() {
        live.close();
    }

    private String[] handshake(String... more) {
        List<String> headers =
                new ArrayList<>(
                        List.of(
                                ":method: CONNECT",
                                ":protocol: websocket",
                                ":scheme: https",
                                ":authority: localhost",
                                ":path: /parcels/7/live",
                                "sec-websocket-version: 13"));
        headers.addAll(List.of(more));
        return headers.toArray(String[]::new);
    }

    private String bearer() {
        return "authorization: Bearer " + live.token();
    }

    private static byte[] masked(int kind, String text) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
        frame.put((byte) (0x80 | kind)).put((byte) (0x80 | payload.length)).putInt(0).put(payload);
        return frame.array();
    }

    /// Reads bytes of that stream until so many are there, or it has ended.
    private static byte[] bytes(Frames caller, int stream, int many) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (bytes.size() < many) {
            Frames.Frame frame = caller.read();
            if (frame.stream() == stream) {
                if (frame.type() == Frames.DATA) {
                    bytes.writeBytes(frame.payload());
                }
                if (frame.ends() || frame.type() == Frames.RST_STREAM) {
                    break;
                }
            }
        }
        return bytes.toByteArray();
    }

    private int opened(Frames caller) throws IOException {
        int stream = caller.open(false, handshake(bearer()));
        var headers = caller.headers(stream);
        assertThat(headers.status()).hasToString("200");
        assertThat(headers.contains("sec-websocket-accept")).isFalse();
        assertThat(new String(bytes(caller, stream, 7), StandardCharsets.US_ASCII))
                .endsWith("hello");
        return stream;
    }

    @Test
    void framesPassInBothDirectionsBesideOtherRequests() throws IOException {
        try (Frames caller = new Frames(live.world.door)) {
            int one = opened(caller);
            int two = opened(caller);

            caller.frame(Frames.DATA, 0, one, masked(TEXT, "ping"));
            assertThat(new String(bytes(caller, one, 6), StandardCharsets.US_ASCII))
                    .endsWith("ping");
            caller.frame(Frames.DATA, 0, two, masked(TEXT, "other"));
            assertThat(new String(bytes(caller, two, 7), StandardCharsets.US_ASCII))
                    .endsWith("other");
        }
        assertThat(live.world.recorded.calls())
                .filteredOn(call -> call.hop().equals("gateway"))
                .allMatch(call -> call.reason().isEmpty());
    }

    @Test
    void theDoorSaysThatItSpeaksThem() throws IOException {
        try (Frames caller = new Frames(live.world.door)) {
            Frames.Frame settings = caller.read();
            assertThat(settings.type()).isEqualTo(Frames.SETTINGS);
            ByteBuffer said = ByteBuffer.wrap(settings.payload());
            boolean enabled = false;
            while (said.hasRemaining()) {
                int setting = said.getShort();
                int value = said.getInt();
                enabled |= setting == WebSocketStreams.SETTING && value == 1;
            }
            assertThat(enabled).isTrue();
        }
    }

    @Test
    void aFarewellIsPassedOnAndEndsTheStream() throws IOException {
        try (Frames caller = new Frames(live.world.door)) {
            int stream = opened(caller);
            caller.frame(Frames.DATA, 0, stream, masked(CLOSE, ""));
            byte[] rest = bytes(caller, stream, Integer.MAX_VALUE);
            assertThat(rest[0]).isEqualTo((byte) (0x80 | CLOSE));
            opened(caller); // the connection goes on
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no token", "another origin", "another path", "another version"})
    void whatIsRefusedInHttp1IsRefusedHere(String wrong) throws IOException {
        String[] asked = handshake(bearer());
        int status =
                switch (wrong) {
                    case "no token" -> {
                        asked = handshake();
                        yield 401;
                    }
                    case "another origin" -> {
                        asked = handshake(bearer(), "origin: https://evil.example");
                        yield 403;
                    }
                    case "another path" -> {
                        asked[4] = ":path: /page";
                        yield 400;
                    }
                    default -> {
                        asked[5] = "sec-websocket-version: 12";
                        yield 400;
                    }
                };
        try (Frames caller = new Frames(live.world.door)) {
            int stream = caller.open(false, asked);
            assertThat(caller.headers(stream).status()).hasToString(Integer.toString(status));
            opened(caller);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":protocol: connect-udp",
                ":protocol: WebSocket",
                "upgrade: websocket",
                "connection: Upgrade",
                "content-length: 5"
            })
    void anOddHandshakeOpensNothing(String odd) throws IOException {
        String[] asked = odd.startsWith(":") ? handshake(bearer()) : handshake(bearer(), odd);
        if (odd.startsWith(":")) {
            asked[1] = odd;
        }
        try (Frames caller = new Frames(live.world.door)) {
            Frames.Ended ended = caller.await(caller.open(false, asked));
            assertThat(ended.status()).isIn(0, 400);
        }
        try (Frames caller = new Frames(live.world.door)) {
            String[] plain = handshake(bearer());
            plain[0] = ":method: GET";
            assertThat(caller.await(caller.open(true, plain)).status()).isIn(0, 400);
        }
    }

    @Test
    void whoMayNoMoreIsCutOff() throws Exception {
        try (Frames caller = new Frames(live.world.door)) {
            int stream = opened(caller);
            live.world.declare(Live.allowing("clerk"));
            byte[] rest = bytes(caller, stream, Integer.MAX_VALUE);
            assertThat(new String(rest, StandardCharsets.ISO_8859_1)).contains("not-allowed");
        }
        World.await(() ->
                live.world.recorded.calls().stream()
                        .anyMatch(call -> call.reason().equals(Optional.of(Reason.NOT_ALLOWED))));
    }
}
