package dev.ringwall.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.Seeds;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GcraTest {

    private static final long SECOND = 1_000_000_000L;

    private static boolean granted(Gcra gcra, long key, long now) {
        return gcra.take(key, now) instanceof Turn.Granted;
    }

    @Test
    void allOfItMayBeUsedAtOnceAndThenItComesBackEvenly() {
        Gcra gcra = new Gcra(10, Duration.ofMinutes(1), 100);
        for (int i = 0; i < 10; i++) {
            assertThat(gcra.take(1, 0)).isEqualTo(new Turn.Granted(9 - i, 6 * SECOND * (i + 1)));
        }
        assertThat(gcra.take(1, 0)).isEqualTo(new Turn.Refused(6 * SECOND));
        assertThat(granted(gcra, 1, 6 * SECOND - 1)).isFalse();
        assertThat(granted(gcra, 1, 6 * SECOND)).isTrue();
        assertThat(granted(gcra, 1, 6 * SECOND)).isFalse();
    }

    @Test
    void aRefusedCallCostsNothing() {
        Gcra gcra = new Gcra(1, Duration.ofSeconds(1), 100);
        assertThat(granted(gcra, 1, 0)).isTrue();
        for (int i = 1; i < 10; i++) {
            assertThat(granted(gcra, 1, i * SECOND / 10)).isFalse();
        }
        assertThat(granted(gcra, 1, SECOND)).isTrue();
    }

    @Test
    void keysDoNotDisturbEachOther() {
        Gcra gcra = new Gcra(1, Duration.ofSeconds(1), 100);
        assertThat(granted(gcra, 1, 0)).isTrue();
        assertThat(granted(gcra, 2, 0)).isTrue();
        assertThat(granted(gcra, 1, 0)).isFalse();
    }

    @Test
    void lookingTakesNothing() {
        Gcra gcra = new Gcra(1, Duration.ofSeconds(1), 100);
        assertThat(gcra.look(1, 0)).isInstanceOf(Turn.Granted.class);
        assertThat(granted(gcra, 1, 0)).isTrue();
        assertThat(gcra.look(1, 0)).isEqualTo(new Turn.Refused(SECOND));
    }

    @Test
    void moreKeysThanItCountsShareOneAllowance() {
        Gcra gcra = new Gcra(2, Duration.ofMinutes(1), 100);
        for (int i = 0; i < 100; i++) {
            assertThat(granted(gcra, i, 0)).isTrue();
        }
        assertThat(granted(gcra, 1_000, 0)).isTrue();
        assertThat(granted(gcra, 1_001, 0)).isTrue();
        assertThat(granted(gcra, 1_002, 0)).as("stricter, never wider").isFalse();
        assertThat(granted(gcra, 7, 0)).as("the old ones keep theirs").isTrue();
        assertThat(gcra.keys()).isLessThanOrEqualTo(101);
    }

    @Test
    void keysThatAreWholeAgainAreForgotten() {
        Gcra gcra = new Gcra(2, Duration.ofSeconds(1), 100);
        for (int i = 0; i < 100; i++) {
            gcra.take(i, 0);
        }
        assertThat(granted(gcra, 1_000, 2 * SECOND)).isTrue();
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
                        granted += granted(gcra, 1, now) ? 1 : 0;
                        now += random.nextLong(SECOND / (count * 4));
                    }
                    assertThat(granted).isBetween(count * periods * 9 / 10, count * (periods + 1));
                });
    }

    @Test
    void whatIsTakenTooMuchIsADebt() {
        Gcra gcra = new Gcra(100, Duration.ofSeconds(100), 100);
        assertThat(gcra.look(1, 0)).isInstanceOf(Turn.Granted.class);
        gcra.charge(1, 150, 0);
        assertThat(gcra.look(1, 0)).isEqualTo(new Turn.Refused(51 * SECOND));
        assertThat(gcra.look(1, 51 * SECOND)).isInstanceOf(Turn.Granted.class);
        gcra.charge(1, 1, 51 * SECOND);
        assertThat(gcra.look(1, 51 * SECOND)).isInstanceOf(Turn.Refused.class);
    }

    @Test
    void whoHasNothingGetsItBackEvenly() {
        Gcra gcra = new Gcra(10, Duration.ofSeconds(10), 100);
        gcra.nobodyHasAnything(0);
        assertThat(granted(gcra, 1, 0)).isFalse();
        assertThat(granted(gcra, 1, SECOND)).isTrue();
        assertThat(granted(gcra, 1, SECOND)).isFalse();
        assertThat(granted(gcra, 2, 9 * SECOND)).isTrue();
    }

    @Test
    void aMillionCallersFitInto40MillionBytes() {
        int callers = 1_000_000;
        Gcra gcra = new Gcra(10, Duration.ofMinutes(1), callers);
        long[] before = {used()};
        for (int i = 0; i < callers; i++) {
            assertThat(gcra.take(CountKey.of("person " + i), 0)).isInstanceOf(Turn.Granted.class);
        }
        assertThat(used() - before[0]).isLessThan(40_000_000L);
        for (int i = 0; i < callers; i += 1_000) {
            assertThat(gcra.take(CountKey.of("person " + i), 0))
                    .as("each by itself")
                    .isEqualTo(new Turn.Granted(8, 12 * SECOND));
        }
        assertThat(gcra.keys()).isEqualTo(callers);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
