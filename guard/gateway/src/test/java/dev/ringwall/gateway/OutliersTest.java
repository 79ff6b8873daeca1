package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutliersTest {

    private static final Way ONE = Way.plain("127.0.0.1", 1);
    private static final Way TWO = Way.plain("127.0.0.1", 2);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private double chance;
    private final Outliers outliers = new Outliers(nanos::get, () -> chance);

    private void fail(Way way, int times) {
        for (int i = 0; i < times; i++) {
            outliers.failed(way);
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private List<Way> ordered() {
        return outliers.ordered(List.of(ONE, TWO));
    }

    @Test
    void whoFailsAgainAndAgainIsAskedLastForAWhile() {
        fail(ONE, Outliers.FAILURES_MAX - 1);
        assertThat(ordered()).containsExactly(ONE, TWO);
        fail(ONE, 1);
        assertThat(ordered()).containsExactly(TWO, ONE);
        pass(Outliers.FIRST);
        assertThat(ordered()).containsExactly(ONE, TWO);
    }

    @Test
    void theWhileGrowsUpToABound() {
        Duration away = Outliers.FIRST;
        for (int i = 0; i < 10; i++) {
            fail(ONE, Outliers.FAILURES_MAX);
            pass(away.minusMillis(1));
            assertThat(ordered()).as("%s", away).containsExactly(TWO, ONE);
            pass(Duration.ofMillis(1));
            assertThat(ordered()).as("%s", away).containsExactly(ONE, TWO);
            away =
                    away.multipliedBy(2).compareTo(Outliers.LONGEST) > 0
                            ? Outliers.LONGEST
                            : away.multipliedBy(2);
        }
        assertThat(away).isEqualTo(Outliers.LONGEST);
    }

    @Test
    void oneGoodAnswerForgivesFewFailures() {
        fail(ONE, Outliers.FAILURES_MAX - 1);
        outliers.good(ONE);
        fail(ONE, Outliers.FAILURES_MAX - 1);
        assertThat(ordered()).containsExactly(ONE, TWO);
    }

    @Test
    void fewCallsTryWhetherItIsWellAgain() {
        fail(ONE, Outliers.FAILURES_MAX);
        pass(Outliers.FIRST);
        chance = Outliers.SHARE_AT_FIRST - 0.01;
        assertThat(ordered()).containsExactly(ONE, TWO);
        chance = Outliers.SHARE_AT_FIRST;
        assertThat(ordered()).containsExactly(TWO, ONE);
    }

    @Test
    void itsShareGrowsToTheWholeOnceItAnswers() {
        fail(ONE, Outliers.FAILURES_MAX);
        pass(Outliers.FIRST);
        outliers.good(ONE);
        chance = 0.49;
        assertThat(ordered()).containsExactly(TWO, ONE);
        pass(Outliers.SLOW_START.dividedBy(2));
        outliers.good(ONE);
        assertThat(ordered()).containsExactly(ONE, TWO);
        chance = 0.51;
        assertThat(ordered()).containsExactly(TWO, ONE);
        pass(Outliers.SLOW_START.dividedBy(2));
        outliers.good(ONE);
        chance = 0.99;
        assertThat(ordered()).containsExactly(ONE, TWO);
    }

    @Test
    void whoFailsAgainWhileItsShareGrowsIsAwayForLonger() {
        fail(ONE, Outliers.FAILURES_MAX);
        pass(Outliers.FIRST);
        outliers.good(ONE);
        fail(ONE, Outliers.FAILURES_MAX);
        pass(Outliers.FIRST);
        assertThat(ordered()).containsExactly(TWO, ONE);
        pass(Outliers.FIRST);
        assertThat(ordered()).containsExactly(ONE, TWO);
    }

    @Test
    void whereAllFailAllAreAsked() {
        fail(ONE, Outliers.FAILURES_MAX);
        fail(TWO, Outliers.FAILURES_MAX);
        assertThat(ordered()).containsExactly(ONE, TWO);
    }

    @Test
    void noMoreAreRememberedThanTheBound() {
        for (int port = 1; port <= 3 * Outliers.REMEMBERED_MAX; port++) {
            fail(Way.plain("127.0.0.2", port), Outliers.FAILURES_MAX);
        }
        fail(ONE, Outliers.FAILURES_MAX);
        assertThat(ordered()).containsExactly(ONE, TWO);
    }

    @Test
    void tenRequestsPayForOneRetry() {
        RetryBudget budget = new RetryBudget();
        for (int i = 0; i < RetryBudget.SAVED_MAX; i++) {
            assertThat(budget.retry()).isTrue();
        }
        assertThat(budget.retry()).isFalse();
        for (int i = 0; i < RetryBudget.REQUESTS_PER_RETRY; i++) {
            assertThat(budget.retry()).isFalse();
            budget.request();
        }
        assertThat(budget.retry()).isTrue();
        assertThat(budget.retry()).isFalse();
    }

    @Test
    void whoIsKnownToBeIllIsNotAskedAtAll() {
        outliers.ill(Outliers.Place.of(ONE));
        assertThat(ordered()).containsExactly(TWO);
        outliers.good(ONE);
        assertThat(ordered()).as("one good answer does not outweigh checks").containsExactly(TWO);
    }

    @Test
    void whoIsWellAgainGetsItsShareSlowly() {
        outliers.ill(Outliers.Place.of(ONE));
        outliers.well(Outliers.Place.of(ONE));
        chance = Outliers.SHARE_AT_FIRST;
        assertThat(ordered()).containsExactly(TWO, ONE);
        chance = Outliers.SHARE_AT_FIRST - 0.01;
        assertThat(ordered()).containsExactly(ONE, TWO);
        pass(Outliers.SLOW_START);
        chance = 0.99;
        assertThat(ordered()).containsExactly(ONE, TWO);
    }

    @Test
    void whoIsNewAwaitsItsFirstCheck() {
        outliers.awaits(Outliers.Place.of(TWO));
        assertThat(outliers.isAwaited(Outliers.Place.of(TWO))).isTrue();
        assertThat(ordered()).containsExactly(ONE);
        outliers.well(Outliers.Place.of(TWO));
        assertThat(ordered()).containsExactly(ONE, TWO);
    }

    @Test
    void whereTooFewAreWellAllAreAsked() {
        List<Way> ways =
                IntStream.rangeClosed(1, 5).mapToObj(port -> Way.plain("127.0.0.1", port)).toList();
        ways.subList(0, 3).forEach(way -> outliers.ill(Outliers.Place.of(way)));
        assertThat(outliers.ordered(ways)).isEqualTo(ways.subList(3, 5));
        outliers.ill(Outliers.Place.of(ways.get(3)));
        assertThat(outliers.ordered(ways)).isEqualTo(ways);
        outliers.ill(Outliers.Place.of(ways.get(4)));
        assertThat(outliers.ordered(ways)).isEqualTo(ways);
    }

    @Test
    void whoIsNoNextHopAnyMoreIsForgotten() {
        outliers.ill(Outliers.Place.of(ONE));
        outliers.keepOnly(Set.of(Outliers.Place.of(TWO)));
        assertThat(ordered()).containsExactly(ONE, TWO);
    }

    @Test
    void oneOddCheckTurnsNothingAround() {
        Wellness wellness = Wellness.presumed();
        assertThat(wellness.checked(false)).isFalse();
        assertThat(wellness.checked(true)).isFalse();
        assertThat(wellness.checked(false)).isFalse();
        assertThat(wellness.checked(false)).isTrue();
        assertThat(wellness.isWell()).isFalse();
        assertThat(wellness.checked(true)).isFalse();
        assertThat(wellness.checked(false)).isFalse();
        assertThat(wellness.checked(true)).isFalse();
        assertThat(wellness.checked(true)).isTrue();
        assertThat(wellness.isWell()).isTrue();
        assertThat(Wellness.unproved().checked(true)).isTrue();
    }
}
