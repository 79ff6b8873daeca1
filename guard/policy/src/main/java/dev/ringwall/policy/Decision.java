package dev.ringwall.policy;

import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import java.util.List;

/// What the policy says about one call, and which lines of the declaration say so.
public sealed interface Decision {

    /// The lines that decided.
    List<Line> because();

    /// The call may proceed. `because` is never empty.
    record Allow(Permitted<Call> permitted) implements Decision {
        @Override
        public List<Line> because() {
            return permitted.because();
        }
    }

    /// The call stops here. Also the answer when none could be reached safely.
    ///
    /// @param because the lines that the call falls short of; empty when there are none
    /// @param remedy  what to write, and where, for the call to be allowed; for the system's people, never for the caller
    record Deny(Reason reason, List<Line> because, String remedy) implements Decision {
        public Deny {
            because = List.copyOf(because);
        }
    }
}
