package dev.ringwall.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

final class TurnTest {

    private final Semaphore places = new Semaphore(1);
    private final Semaphore waiting = new Semaphore(1);

    @Test
    void aPlaceIsFreeOncePlayingIsOver() {
        try (Turn turn = Turn.take(places, waiting)) {
            assertThat(turn).isNotNull();
            assertThat(places.availablePermits()).isZero();
        }
        assertThat(places.availablePermits()).isOne();
    }

    @Test
    void whoOnlyWaitsLeavesThePlaceToAnotherOnceAndHoweverOftenItSaysSo() {
        try (Turn turn = Turn.take(places, waiting)) {
            turn.stepAside();
            turn.stepAside();
            assertThat(places.availablePermits()).isOne();
            assertThat(waiting.availablePermits()).isZero();
        }
        assertThat(places.availablePermits()).isOne();
        assertThat(waiting.availablePermits()).isOne();
    }

    @Test
    void whereTooManyWaitAlreadyThePlaceIsKept() {
        waiting.acquireUninterruptibly();
        try (Turn turn = Turn.take(places, waiting)) {
            turn.stepAside();
            assertThat(places.availablePermits()).isZero();
        }
        assertThat(places.availablePermits()).isOne();
    }
}
