package dev.ringwall.bench;

import java.util.concurrent.atomic.LongAdder;

/// What became of the calls of a soak.
final class Tally {

    private final LongAdder right = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder unavailable = new LongAdder();
    private final LongAdder brokenOff = new LongAdder();
    private final LongAdder wrong = new LongAdder();

    /// The answer is that of this request.
    void rightOne() {
        right.increment();
    }

    /// Refused, as it had to be.
    void refusedOne() {
        refused.increment();
    }

    /// Said to be unavailable while something was away.
    void unavailableOne() {
        unavailable.increment();
    }

    /// The connection ended before the answer did, while something was away.
    void brokenOffOne() {
        brokenOff.increment();
    }

    /// The answer is another request's, or a success where there must be none.
    void wrongOne(String what) {
        wrong.increment();
        System.err.println("ringwall bench: WRONG: " + what);
    }

    long right() {
        return right.sum();
    }

    long wrong() {
        return wrong.sum();
    }

    @Override
    public String toString() {
        return "right "
                + right
                + ", refused as it must be "
                + refused
                + ", unavailable "
                + unavailable
                + ", broken off "
                + brokenOff
                + ", wrong "
                + wrong;
    }
}
