package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.testkit.Seeds;
import dev.ringwall.wire.OddRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class GrpcMessagesTest {

    private static ByteBuf message(int flag, int length) {
        return Unpooled.buffer().writeByte(flag).writeInt(length);
    }

    @Test
    void aMessageMayBeLargeButNotLarger() {
        new GrpcMessages().look(message(0, GrpcMessages.MESSAGE_BYTES_MAX));
        new GrpcMessages().look(message(1, 0));
        for (int length : new int[] {GrpcMessages.MESSAGE_BYTES_MAX + 1, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> new GrpcMessages().look(message(0, length)))
                    .isInstanceOf(GrpcMessages.TooLarge.class);
        }
    }

    @Test
    void whatIsNoMessageIsOdd() {
        assertThatThrownBy(() -> new GrpcMessages().look(message('{', 0)))
                .isInstanceOf(OddRequest.class)
                .hasMessage("a message of gRPC with flag 123 (expected: 0 or 1)");
    }

    /// However the bytes are cut into parts, the message that is too large is found, and none before it.
    @Test
    void itDoesNotMatterHowMessagesArriveInParts() {
        Seeds.each(
                300,
                random -> {
                    ByteBuf good = Unpooled.buffer();
                    for (int i = random.nextInt(6); i > 0; i--) {
                        int length = random.nextInt(300);
                        good.writeBytes(message(random.nextInt(2), length)).writeZero(length);
                    }
                    GrpcMessages messages = new GrpcMessages();
                    inParts(messages, good, random);
                    assertThatThrownBy(() ->
                                    inParts(messages, message(0, 5 << 20).writeZero(50), random))
                            .isInstanceOf(GrpcMessages.TooLarge.class);
                });
    }

    private static void inParts(GrpcMessages messages, ByteBuf all, RandomGenerator random) {
        while (all.isReadable()) {
            int length = Math.min(all.readableBytes(), 1 + random.nextInt(40));
            ByteBuf part = all.readSlice(length);
            messages.look(part);
            assertThat(part.readableBytes()).as("nothing is consumed").isEqualTo(length);
        }
    }
}
