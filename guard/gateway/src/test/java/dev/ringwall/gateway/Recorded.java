package dev.ringwall.gateway;

import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what is recorded in memory, or loses it when told to.
final class Recorded implements Recorder {

    private final List<SecurityEvent> events = new CopyOnWriteArrayList<>();
    private volatile boolean losing;

    @Override
    public CompletionStage<Outcome> record(SecurityEvent event) {
        if (losing) {
            return CompletableFuture.completedStage(new Outcome.Lost("the disk is full"));
        }
        events.add(event);
        return CompletableFuture.completedStage(new Outcome.Kept());
    }

    void lose(boolean everything) {
        losing = everything;
    }

    List<SecurityEvent.CallDecided> calls() {
        return events.stream().map(SecurityEvent.CallDecided.class::cast).toList();
    }

    /// The words of all reasons for which was refused.
    List<String> reasons() {
        return calls().stream()
                .flatMap(call -> call.reason().stream())
                .map(reason -> reason.word())
                .toList();
    }

    SecurityEvent.CallDecided last(String hop) {
        return calls().stream()
                .filter(call -> call.hop().equals(hop))
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    void clear() {
        events.clear();
    }
}
