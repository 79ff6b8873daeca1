package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.NoLeaks;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// That the watch over buffers can find one.
class NoLeaksTest {

    private static final int TRIES_MAX = 200;

    @Test
    void aBufferThatIsDroppedIsFound() throws InterruptedException {
        drop();
        Optional<String> found = Optional.empty();
        for (int i = 0; i < TRIES_MAX && found.isEmpty(); i++) {
            found = NoLeaks.found();
        }
        assertThat(found).isPresent();
        assertThat(NoLeaks.found()).isEmpty();
    }

    private static void drop() {
        ByteBufAllocator.DEFAULT.directBuffer(64).writeByte(1);
    }
}
