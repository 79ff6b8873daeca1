package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UsedOnceTest {

    private static final Duration WINDOW = Duration.ofSeconds(65);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void whatWasUsedIsKnownForTheWholeWindowWhereverInItItFell() {
        for (int second = 0; second < 200; second++) {
            UsedOnce used = new UsedOnce(WINDOW);
            used.use("first of all", START);
            Instant at = START.plusSeconds(second);
            assertThat(used.use("proof", at)).isEqualTo(UsedOnce.Use.FIRST);
            for (int later = 1; later < 65; later++) {
                assertThat(used.use("proof", at.plusSeconds(later)))
                        .as("%s s after second %s", later, second)
                        .isEqualTo(UsedOnce.Use.AGAIN);
            }
        }
    }

    @Test
    void whenItIsFullTheNewIsRefusedAndTheOldIsNotForgotten() {
        UsedOnce used = new UsedOnce(WINDOW, 2);
        used.use("a", START);
        used.use("b", START);
        assertThat(used.use("c", START)).isEqualTo(UsedOnce.Use.FULL);
        assertThat(used.use("a", START.plusSeconds(64))).isEqualTo(UsedOnce.Use.AGAIN);
        assertThat(used.use("c", START.plusSeconds(65))).isEqualTo(UsedOnce.Use.FIRST);
    }
}
