package dev.ringwall.audit;

import java.util.List;

/// Consecutive events out of one spool, on their way to the control plane.
///
/// @param spool  the spool's id; sequences mean something only together with it
/// @param first  the sequence of the first event, the others follow without a gap
/// @param events each as [dev.ringwall.events.EventJson] wrote it; may be empty
public record Batch(String spool, long first, List<byte[]> events) {

    /// How many events a batch holds at most.
    public static final int EVENTS_MAX = 2_000;

    /// How many bytes of events a batch holds at most.
    public static final int BYTES_MAX = 1024 * 1024;

    public Batch {
        events = List.copyOf(events);
    }

    /// The sequence of the last event; `first - 1` when there is none.
    public long last() {
        return first + events.size() - 1;
    }
}
