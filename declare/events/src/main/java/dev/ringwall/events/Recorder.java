package dev.ringwall.events;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Where events are said. There is one; everything that happens goes through it.
///
/// What cannot be recorded does not happen: whoever records an event waits for the outcome before the answer leaves, and refuses when it
/// is [Outcome.Lost].
///
/// May be called from any thread, also from an event loop: it does not block on the disk for longer than a write to the page cache.
public interface Recorder {

    /// Records the event as firmly as it asks for. The stage never completes exceptionally, and may complete on another thread.
    CompletionStage<Outcome> record(SecurityEvent event);

    /// Records events that happened at about the same time, in that order: the same as one after the other, for less. Returns the outcome
    /// of each in its place; those that are the same stage complete together.
    default List<CompletionStage<Outcome>> record(List<SecurityEvent> events) {
        List<CompletionStage<Outcome>> outcomes = new ArrayList<>(events.size());
        for (SecurityEvent event : events) {
            outcomes.add(record(event));
        }
        return outcomes;
    }

    /// What became of the event.
    sealed interface Outcome {
        /// It is kept.
        record Kept() implements Outcome {}

        /// It is not kept; the act that it is about must not happen.
        record Lost(String why) implements Outcome {}
    }
}
