package dev.ringwall.node;

import java.time.Duration;

/// When a program that ended by itself is started again: soon the first time, later each time that it ends again shortly after.
final class Comeback {

    /// Who ran for so long is no longer taken for somebody who keeps ending.
    static final Duration STEADY_AFTER = Duration.ofMinutes(1);

    /// The longest that it stays away.
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration FIRST = Duration.ofMillis(500);

    private Duration pause = FIRST;
    private long startedNanos;
    private long dueNanos;
    private boolean away;

    /// It was started now.
    void started(long nanos) {
        startedNanos = nanos;
        away = false;
    }

    /// It is seen not to run; returns whether it is to be started now.
    boolean isDue(long nanos) {
        if (!away) {
            away = true;
            if (nanos - startedNanos >= STEADY_AFTER.toNanos()) {
                pause = FIRST;
            }
            dueNanos = nanos + pause.toNanos();
            pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
        }
        return nanos - dueNanos >= 0;
    }
}
