package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Duration NONE = Duration.ZERO;

    private final Pace pace = new Pace();

    private void waits(Duration time) {
        pace.waiting(time.toNanos());
    }

    @Test
    void everyBodyMayTakeAWhile() {
        waits(Pace.GRACE);
        assertThat(pace.tooSlow(NONE)).isFalse();
        waits(Pace.GRACE.plusNanos(1));
        assertThat(pace.tooSlow(NONE)).isTrue();
        assertThat(pace.tooSlow(Duration.ofSeconds(1))).isFalse();
    }

    @Test
    void aByteBeforeEachPauseGetsTooLongIsTooSlow() {
        waits(Duration.ofSeconds(29));
        pace.came(1);
        waits(Duration.ofSeconds(29));
        pace.came(1);
        assertThat(pace.tooSlow(NONE)).isFalse();
        waits(Duration.ofSeconds(29));
        assertThat(pace.tooSlow(NONE)).isTrue();
    }

    @Test
    void whatComesBuysTime() {
        pace.came(10 * Pace.BYTES_PER_SECOND_MIN);
        waits(Pace.GRACE.plusSeconds(10));
        assertThat(pace.tooSlow(NONE)).isFalse();
        waits(Pace.GRACE.plusSeconds(11));
        assertThat(pace.tooSlow(NONE)).isTrue();
    }

    @Test
    void timeThatNobodyWaitedDoesNotCount() {
        for (int hour = 0; hour < 100; hour++) {
            pace.came(1);
        }
        waits(Pace.GRACE);
        assertThat(pace.tooSlow(NONE)).isFalse();
    }
}
