package dev.ringwall.attack;

import java.util.concurrent.Semaphore;

/// The place that a play takes among those that go on at the same time. It is given up when the play is over, or before: when nothing is left
/// but to wait. For one play; its threads may share it.
final class Turn implements AutoCloseable {

    private final Semaphore places;
    private final Semaphore waiting;
    private State state = State.PLAYING;

    private enum State {
        PLAYING,
        WAITING,
        OVER
    }

    private Turn(Semaphore places, Semaphore waiting) {
        this.places = places;
        this.waiting = waiting;
    }

    /// Blocks until a place is free.
    ///
    /// @param places  for those that play
    /// @param waiting for those that gave up theirs
    static Turn take(Semaphore places, Semaphore waiting) {
        places.acquireUninterruptibly();
        return new Turn(places, waiting);
    }

    /// Only waits from now on, so that another may play. Keeps its place when too many wait already.
    synchronized void stepAside() {
        if (state == State.PLAYING && waiting.tryAcquire()) {
            state = State.WAITING;
            places.release();
        }
    }

    @Override
    public synchronized void close() {
        switch (state) {
            case PLAYING -> places.release();
            case WAITING -> waiting.release();
            case OVER -> {}
        }
        state = State.OVER;
    }
}
