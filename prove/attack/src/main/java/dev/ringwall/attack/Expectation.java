package dev.ringwall.attack;

import dev.ringwall.model.Reason;
import java.util.Set;

/// What must come of an attack, or of a call that is allowed.
sealed interface Expectation {

    /// The call is allowed, so it reaches the service.
    ///
    /// @param orStoppedBy refusals that also show that the caller was let in, such as a condition on what is asked for
    record Passes(Set<Reason> orStoppedBy) implements Expectation {
        public Passes {
            orStoppedBy = Set.copyOf(orStoppedBy);
        }
    }

    /// Ringwall refuses for one of these reasons; any other refusal does not show that the control works.
    ///
    /// @param orDropped whether closing the connection is as good
    record Stopped(Set<Reason> by, boolean orDropped) implements Expectation {
        public Stopped {
            by = Set.copyOf(by);
        }
    }

    static Expectation passes(Reason... orStoppedBy) {
        return new Passes(Set.of(orStoppedBy));
    }

    static Expectation stopped(Reason... by) {
        return new Stopped(Set.of(by), false);
    }

    static Expectation stopped(Set<Reason> by) {
        return new Stopped(by, false);
    }

    /// The connection is closed or never opened.
    static Expectation dropped(Reason... orStoppedBy) {
        return new Stopped(Set.of(orStoppedBy), true);
    }

    /// Whether this is an attack, not an allowed call.
    default boolean hostile() {
        return this instanceof Stopped;
    }
}
