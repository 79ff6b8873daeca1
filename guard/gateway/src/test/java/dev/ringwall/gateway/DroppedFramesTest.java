package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames that ask for nothing and that the codec says nothing of: they are counted like the others, and `WINDOW_UPDATE` where little was sent.
class DroppedFramesTest {

    private static final int PRIORITY = 2;
    private static final int GREASE = 0x0b;
    private static final int ENHANCE_YOUR_CALM = 0xb;

    private static World world;

    @BeforeAll
    static void begin() throws Exception {
        world = World.of(Shop.YAML);
    }

    @AfterAll
    static void end() {
        world.close();
    }

    private static byte[] payload(int kind) {
        return switch (kind) {
            case PRIORITY -> new byte[] {0, 0, 0, 0, 16};
            case Frames.WINDOW_UPDATE -> new byte[] {0, 0, 0, 1};
            default -> new byte[] {1, 2, 3};
        };
    }

    private static byte[] flood(int kind, int stream, int frames) {
        byte[] payload = payload(kind);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < frames; i++) {
            ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
            frame.put((byte) 0).putShort((short) payload.length);
            frame.put((byte) kind).put((byte) 0).putInt(stream).put(payload);
            all.writeBytes(frame.array());
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {PRIORITY, Frames.WINDOW_UPDATE, GREASE, 0xfe})
    void aFloodOfThemEndsTheConnection(int kind) throws IOException {
        int stream = kind == PRIORITY ? 1_001 : 0;
        try (Frames caller = new Frames(world.door)) {
            byte[] flood = flood(kind, stream, Multiplexed.CONTROL_FRAMES_MAX / 2);
            for (int i = 0; i < 200; i++) {
                caller.raw(flood);
            }
            Frames.Frame last = caller.read();
            while (last.type() != Frames.GOAWAY) {
                last = caller.read();
            }
            assertThat(last.error()).isEqualTo(ENHANCE_YOUR_CALM);
        } catch (EOFException | SocketException cutOff) {
            // whoever still sends when it is closed does not hear why
        }
        try (Frames another = new Frames(world.door)) {
            assertThat(another.get("/products").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {PRIORITY, Frames.WINDOW_UPDATE, GREASE})
    void fewOfThemHarmNobody(int kind) throws IOException {
        try (Frames caller = new Frames(world.door)) {
            caller.raw(flood(kind, kind == PRIORITY ? 1_001 : 0, 100));
            assertThat(caller.get("/products").status()).isEqualTo(200);
        }
    }

    @Test
    void theyAreCountedHoweverTheyAreCutUp() {
        int[] counted = {0};
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(new byte[24]);
        all.writeBytes(flood(Frames.DATA, 1, 5));
        all.writeBytes(flood(PRIORITY, 1, 7));
        all.writeBytes(flood(Frames.SETTINGS, 0, 3));
        all.writeBytes(flood(GREASE, 0, 11));
        byte[] bytes = all.toByteArray();
        for (int size = 1; size < 40; size++) {
            counted[0] = 0;
            EmbeddedChannel channel = new EmbeddedChannel(new FrameCount(() -> counted[0]++));
            for (int at = 0; at < bytes.length; at += size) {
                channel.writeInbound(
                        Unpooled.copiedBuffer(bytes, at, Math.min(size, bytes.length - at)));
            }
            channel.finishAndReleaseAll();
            assertThat(counted[0]).as("in pieces of " + size).isEqualTo(18);
        }
    }

    @Test
    void whoReadsAnswersMayOpenTheWindowForEachAndNotWithoutEnd() {
        int[] counted = {0};
        EmbeddedChannel channel = new EmbeddedChannel(new FrameCount(() -> counted[0]++));
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[24]));
        channel.writeOutbound(
                Unpooled.wrappedBuffer(new byte[10 * FrameCount.SENT_BYTES_PER_UPDATE]));
        channel.writeInbound(Unpooled.wrappedBuffer(flood(Frames.WINDOW_UPDATE, 0, 10)));
        assertThat(counted[0]).isZero();

        channel.writeInbound(Unpooled.wrappedBuffer(flood(Frames.WINDOW_UPDATE, 1, 7)));
        assertThat(counted[0]).as("for nothing, also of a stream").isEqualTo(7);

        channel.writeOutbound(Unpooled.wrappedBuffer(new byte[2 * FrameCount.SENT_BYTES_MAX]));
        int spared = FrameCount.SENT_BYTES_MAX / FrameCount.SENT_BYTES_PER_UPDATE;
        channel.writeInbound(Unpooled.wrappedBuffer(flood(Frames.WINDOW_UPDATE, 0, spared + 5)));
        assertThat(counted[0]).as("however much was sent before").isEqualTo(12);
        channel.finishAndReleaseAll();
    }

    /// As many clients do: the window of the stream and of the connection for each frame of a body.
    @Test
    void whoReadManyAnswersMayOpenTheWindowForAllOfThemAtOnce() throws IOException {
        int answers = 3 * Multiplexed.CONTROL_FRAMES_MAX / 4;
        try (Frames caller = new Frames(world.door)) {
            for (int i = 0; i < answers; i++) {
                assertThat(caller.get("/products").status()).isEqualTo(200);
            }
            caller.raw(flood(Frames.WINDOW_UPDATE, 0, 2 * answers));
            assertThat(caller.get("/products").status()).isEqualTo(200);
        }
    }
}
