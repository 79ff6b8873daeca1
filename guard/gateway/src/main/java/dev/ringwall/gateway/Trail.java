package dev.ringwall.gateway;

import dev.ringwall.events.Step;
import dev.ringwall.model.Ring;
import java.util.List;

/// Which rings a request has passed and when, kept in few words until somebody asks.
final class Trail {

    private static final int STEPS_MAX = 16;
    private static final int NOTE_LENGTH_MAX = 300;

    private final long startNanos;
    private final Ring[] rings = new Ring[STEPS_MAX];
    private final long[] nanos = new long[STEPS_MAX];
    private final String[] notes = new String[STEPS_MAX];
    private int count;
    private boolean refused;

    Trail(long startNanos) {
        this.startNanos = startNanos;
    }

    void passed(Ring ring, String note, long nowNanos) {
        for (int i = 0; i < count; i++) {
            if (rings[i] == ring) {
                return; // a ring in two parts is one step
            }
        }
        add(ring, note, nowNanos);
    }

    void refused(Ring ring, String note, long nowNanos) {
        if (!refused) {
            refused = true;
            forget(ring);
            add(ring, note, nowNanos);
        }
    }

    /// A ring whose first part let it through is one step, the refusal.
    private void forget(Ring ring) {
        for (int i = 0; i < count; i++) {
            if (rings[i] == ring) {
                int after = count - i - 1;
                System.arraycopy(rings, i + 1, rings, i, after);
                System.arraycopy(nanos, i + 1, nanos, i, after);
                System.arraycopy(notes, i + 1, notes, i, after);
                count--;
                return;
            }
        }
    }

    private void add(Ring ring, String note, long nowNanos) {
        int at = Math.min(count, STEPS_MAX - 1);
        rings[at] = ring;
        nanos[at] = nowNanos - startNanos;
        notes[at] = note.length() <= NOTE_LENGTH_MAX ? note : note.substring(0, NOTE_LENGTH_MAX);
        count = at + 1;
    }

    long startNanos() {
        return startNanos;
    }

    /// The steps so far, the refusing one last.
    List<Step> steps() {
        Step[] steps = new Step[count];
        for (int i = 0; i < count; i++) {
            boolean passed = !refused || i < count - 1;
            steps[i] = new Step(rings[i], passed, nanos[i] / 1_000, notes[i]);
        }
        return List.of(steps);
    }
}
