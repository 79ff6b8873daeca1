package dev.ringwall.limits;

import java.util.concurrent.CompletionStage;

/// Whether a call may go on.
public sealed interface Turn {
    /// It may.
    ///
    /// @param left       how much more may follow at once
    /// @param resetNanos until the allowance is whole again
    record Granted(long left, long resetNanos) implements Turn {}

    /// It may not.
    ///
    /// @param retryNanos until the next one may
    record Refused(long retryNanos) implements Turn {}

    /// Others count along and are asked. The stage never holds another `Asked`, and may complete on any thread.
    record Asked(CompletionStage<Turn> then) implements Turn {}
}
