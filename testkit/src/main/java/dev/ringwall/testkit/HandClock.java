package dev.ringwall.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until a test moves it. Any thread may read it while another moves it.
public final class HandClock extends Clock {

    private final AtomicReference<Instant> now;

    private HandClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    /// A clock that stands at that moment.
    public static HandClock at(Instant start) {
        return new HandClock(start);
    }

    /// A clock that stands at a whole second of the present, for peers that look at the machine's own clock.
    public static HandClock atPresent() {
        return new HandClock(Instant.ofEpochSecond(Clock.systemUTC().instant().getEpochSecond()));
    }

    /// Moves it forward.
    public void advance(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
