package dev.ringwall.gateway;

import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import java.util.List;
import java.util.Map;

/// Why a ring stops a request.
///
/// @param because the lines of the declaration that decided; never shown to callers
/// @param note    what was found, for the log; without secrets
/// @param headers more headers of the answer, such as `Retry-After`
record Refusal(Reason reason, List<Line> because, String note, Map<String, String> headers) {

    Refusal {
        because = List.copyOf(because);
        headers = Map.copyOf(headers);
    }

    static Refusal of(Reason reason, String note) {
        return new Refusal(reason, List.of(), note, Map.of());
    }

    static Refusal of(Reason reason, List<Line> because, String note) {
        return new Refusal(reason, because, note, Map.of());
    }
}
