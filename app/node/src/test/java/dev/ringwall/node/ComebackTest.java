package dev.ringwall.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ComebackTest {

    private static final long BEGIN = Long.MAX_VALUE - 1_000; // counts of nanoseconds may run over

    private final Comeback comeback = new Comeback();
    private long now = BEGIN;

    @Test
    void whoEndsOnceComesBackSoon() {
        comeback.started(now);
        pass(Duration.ofSeconds(5));

        assertThat(comeback.isDue(now)).isFalse();
        pass(Duration.ofMillis(499));
        assertThat(comeback.isDue(now)).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(comeback.isDue(now)).isTrue();
    }

    @Test
    void whoKeepsEndingStaysAwayLongerEachTimeUpToABound() {
        Duration before = Duration.ZERO;
        for (int i = 0; i < 10; i++) {
            Duration away = awayAfterShortLife();
            assertThat(away).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(Comeback.LONGEST);
            before = away;
        }
        assertThat(before).isEqualTo(Comeback.LONGEST);
    }

    @Test
    void whoRanForLongIsForgivenTheTimesBefore() {
        for (int i = 0; i < 10; i++) {
            awayAfterShortLife();
        }
        comeback.started(now);
        pass(Comeback.STEADY_AFTER);
        assertThat(comeback.isDue(now)).isFalse();
        pass(Duration.ofMillis(500));
        assertThat(comeback.isDue(now)).isTrue();
    }

    private Duration awayAfterShortLife() {
        comeback.started(now);
        pass(Duration.ofMillis(10));
        Duration away = Duration.ZERO;
        while (!comeback.isDue(now)) {
            pass(Duration.ofMillis(100));
            away = away.plusMillis(100);
        }
        return away;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
