package dev.ringwall.policy;

import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import java.util.List;

/// What becomes of an answer that was held back.
public sealed interface Release {

    /// The lines that decided.
    List<Line> because();

    /// It may go out.
    record Released(List<Line> because) implements Release {
        public Released {
            because = List.copyOf(because);
        }
    }

    /// It stays here.
    ///
    /// @param why what the condition came to, for the system's people, never for the caller
    record Withheld(Reason reason, List<Line> because, String why) implements Release {
        public Withheld {
            because = List.copyOf(because);
        }
    }
}
