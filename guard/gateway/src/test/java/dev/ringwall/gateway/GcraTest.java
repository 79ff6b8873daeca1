package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.Seeds;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GcraTest {

    private static final long SECOND = 1_000_000_000L;

    private static boolean granted(Gcra gcra, Object key, long now) {
        return gcra.take(key, now) instanceof Gcra.Turn.Granted;
    }

    @Test
    void allOfItMayBeUsedAtOnceAndThenItComesBackEvenly() {
        Gcra gcra = new Gcra(10, Duration.ofMinutes(1), 100);
        for (int i = 0; i < 10; i++) {
            assertThat(gcra.take("a", 0))
                    .isEqualTo(new Gcra.Turn.Granted(9 - i, 6 * SECOND * (i + 1)));
        }
        assertThat(gcra.take("a", 0)).isEqualTo(new Gcra.Turn.Refused(6 * SECOND));
        assertThat(granted(gcra, "a", 6 * SECOND - 1)).isFalse();
        assertThat(granted(gcra, "a", 6 * SECOND)).isTrue();
        assertThat(granted(gcra, "a", 6 * SECOND)).isFalse();
    }

    @Test
    void aRefusedCallCostsNothing() {
        Gcra gcra = new Gcra(1, Duration.ofSeconds(1), 100);
        assertThat(granted(gcra, "a", 0)).isTrue();
        for (int i = 1; i < 10; i++) {
            assertThat(granted(gcra, "a", i * SECOND / 10)).isFalse();
        }
        assertThat(granted(gcra, "a", SECOND)).isTrue();
    }

    @Test
    void keysDoNotDisturbEachOther() {
        Gcra gcra = new Gcra(1, Duration.ofSeconds(1), 100);
        assertThat(granted(gcra, "a", 0)).isTrue();
        assertThat(granted(gcra, "b", 0)).isTrue();
        assertThat(granted(gcra, "a", 0)).isFalse();
    }

    @Test
    void lookingTakesNothing() {
        Gcra gcra = new Gcra(1, Duration.ofSeconds(1), 100);
        assertThat(gcra.look("a", 0)).isInstanceOf(Gcra.Turn.Granted.class);
        assertThat(granted(gcra, "a", 0)).isTrue();
        assertThat(gcra.look("a", 0)).isEqualTo(new Gcra.Turn.Refused(SECOND));
    }

    @Test
    void moreKeysThanItCountsShareOneAllowance() {
        Gcra gcra = new Gcra(2, Duration.ofMinutes(1), 100);
        for (int i = 0; i < 100; i++) {
            assertThat(granted(gcra, i, 0)).isTrue();
        }
        assertThat(granted(gcra, "new", 0)).isTrue();
        assertThat(granted(gcra, "newer", 0)).isTrue();
        assertThat(granted(gcra, "newest", 0)).as("stricter, never wider").isFalse();
        assertThat(granted(gcra, 7, 0)).as("the old ones keep theirs").isTrue();
        assertThat(gcra.keys()).isLessThanOrEqualTo(101);
    }

    @Test
    void keysThatAreWholeAgainAreForgotten() {
        Gcra gcra = new Gcra(2, Duration.ofSeconds(1), 100);
        for (int i = 0; i < 100; i++) {
            gcra.take(i, 0);
        }
        assertThat(granted(gcra, "new", 2 * SECOND)).isTrue();
        assertThat(gcra.keys()).isEqualTo(1);
    }

    @Test
    void inNoPeriodMoreThanTwiceTheCountAndInTheLongRunTheCount() {
        Seeds.each(
                50,
                random -> {
                    long count = random.nextLong(1, 50);
                    Gcra gcra = new Gcra(count, Duration.ofSeconds(1), 100);
                    long now = 0;
                    long granted = 0;
                    long periods = 200;
                    while (now < periods * SECOND) {
                        granted += granted(gcra, "a", now) ? 1 : 0;
                        now += random.nextLong(SECOND / (count * 4));
                    }
                    assertThat(granted).isBetween(count * periods * 9 / 10, count * (periods + 1));
                });
    }
}
