package dev.ringwall.node;

import java.time.Duration;

/// How long a loop waits after failures in a row: a little at first, twice as long each time, never longer than a bound.
final class Pace {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private Duration next = FIRST;

    /// Forgets the failures.
    void succeeded() {
        next = FIRST;
    }

    /// Waits after one more failure.
    void failed() throws InterruptedException {
        Thread.sleep(next);
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
    }
}
