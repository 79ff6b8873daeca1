package dev.ringwall.attack;

import dev.ringwall.model.Reason;

/// What the attacker saw on the wire.
sealed interface Seen {

    /// One of Ringwall's own refusals.
    record Refused(Reason reason) implements Seen {}

    /// An answer that is no refusal of Ringwall's, so it came from behind it.
    ///
    /// @param what the status and the first bytes, without secrets
    record Answered(int status, String what) implements Seen {}

    /// The other side closed the connection, or did not open one.
    record Dropped(String how) implements Seen {}

    /// Nothing at all came back in time; that is no refusal.
    record Silence(String how) implements Seen {}

    /// The play looked closer, and the system did what it must.
    record Thwarted(String how) implements Seen {}

    /// The play looked closer, and the system gave in.
    record Yielded(String what) implements Seen {}
}
