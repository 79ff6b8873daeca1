package dev.ringwall.audit;

import java.nio.ByteBuffer;

/// Consecutive events out of one spool in the form in which they go to the control plane.
///
/// @param spool the spool's id; sequences mean something only together with it
/// @param first the sequence of the first event, the others follow without a gap
/// @param count how many there are, at most [Batch#EVENTS_MAX]; may be 0
/// @param lines each event exactly as it was spooled, which has no line break, and a line break after it; at most [Batch#BYTES_MAX]. They
///              lie outside the heap, belong to the [SpoolReader] that they came from, and hold until that reads again
public record Shipment(String spool, long first, int count, ByteBuffer lines) {

    /// The sequence of the last event; `first - 1` when there is none.
    public long last() {
        return first + count - 1;
    }
}
