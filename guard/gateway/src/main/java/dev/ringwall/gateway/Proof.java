package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import dev.ringwall.policy.Caller;

/// Whether a credential proves who calls.
sealed interface Proof {

    /// It does.
    record Proved(Caller caller) implements Proof {}

    /// It does not. A credential that was shown and is not good is a refusal, even where none is needed.
    ///
    /// @param note what was wrong, for the system's people
    record Unproved(Reason reason, String note) implements Proof {}
}
