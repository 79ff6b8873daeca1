package dev.ringwall.gateway;

import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/// What one ring says about one request.
sealed interface Passage {

    /// The request passes.
    Passage PASSED = new Passed("");

    /// The request passes.
    ///
    /// @param note what the ring found, in a few words without secrets
    record Passed(String note) implements Passage {}

    /// The request stops here.
    ///
    /// @param because the lines of the declaration that decided
    /// @param note    what the system's people should know; never shown to the caller
    /// @param headers what the answer says besides, such as `Retry-After`
    record Refused(Reason reason, List<Line> because, String note, Map<String, String> headers)
            implements Passage {
        public Refused {
            because = List.copyOf(because);
            headers = Map.copyOf(headers);
        }

        Refused(Reason reason, String note) {
            this(reason, List.of(), note, Map.of());
        }
    }

    /// The ring needs time: a signature is checked elsewhere, or a body is awaited. The stage may complete on any thread.
    record Later(CompletionStage<Passage> then) implements Passage {}
}
