package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Reason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// WebSockets at the door, frame by frame.
class OddFramesTest {

    private static Live live;

    @BeforeAll
    static void begin() throws Exception {
        live = new Live();
    }

    @AfterAll
    static void end() {
        live.close();
    }

    @Test
    void whoSendsWithoutEndIsStopped() throws Exception {
        try (Wire wire = live.opened()) {
            byte[] frame = masked(1, "x".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 50 * Tunnel.FRAMES_MAX; i++) {
                wire.send(frame);
            }
            wire.in().readAllBytes(); // all of it may be on its way before the door looks at the
            // first
        } catch (SocketTimeoutException open) {
            throw new AssertionError("nobody stopped it", open);
        } catch (IOException closed) {
            // Its end of the connection is closed by now.
        }
        assertThat(live.world.recorded.calls())
                .anyMatch(call -> call.reason().equals(Optional.of(Reason.LIMIT_REACHED)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"too large", "unmasked", "reserved bits", "unknown kind", "not UTF-8"})
    void framesThatAreOddEndIt(String odd) throws IOException {
        byte[] frame =
                switch (odd) {
                    case "too large" ->
                            new byte[] {(byte) 0x82, (byte) 0xff, 0, 0, 0, 0, 0, 32, 0, 0};
                    case "unmasked" -> new byte[] {(byte) 0x81, 1, 'x'};
                    case "reserved bits" -> masked(0x70 | 1, new byte[] {'x'});
                    case "unknown kind" -> masked(5, new byte[] {'x'});
                    default -> masked(1, new byte[] {(byte) 0xc0, (byte) 0xaf});
                };
        try (Wire wire = live.opened()) {
            wire.send(frame);
            List<Integer> rest = new ArrayList<>();
            for (int next = wire.in().read(); next >= 0; next = wire.in().read()) {
                rest.add(next);
            }
            assertThat(rest).doesNotContain((int) 'h');
        }
    }

    private static byte[] masked(int kind, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
        frame.put((byte) (0x80 | kind)).put((byte) (0x80 | payload.length)).putInt(0).put(payload);
        return frame.array();
    }
}
