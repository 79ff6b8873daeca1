package dev.ringwall.gateway;

import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// What is to be recorded on one event loop. All that comes up in one turn of the loop is recorded together at its end, in one go; until
/// then nothing of it has left. Lives on that loop.
final class Records {

    private final EventLoop loop;
    private final Recorder recorder;
    private List<SecurityEvent> events = new ArrayList<>();
    private List<Consumer<Recorder.Outcome>> waiting = new ArrayList<>();

    Records(EventLoop loop, Recorder recorder) {
        this.loop = loop;
        this.recorder = recorder;
    }

    /// Records it in this turn of the loop.
    ///
    /// @param then is told what became of it, on any thread
    void add(SecurityEvent event, Consumer<Recorder.Outcome> then) {
        if (events.isEmpty()) {
            try {
                loop.execute(this::record);
            } catch (RejectedExecutionException stopping) {
                then.accept(new Recorder.Outcome.Lost("the node is stopping"));
                return;
            }
        }
        events.add(event);
        waiting.add(then);
    }

    private void record() {
        List<SecurityEvent> happened = events;
        List<Consumer<Recorder.Outcome>> asked = waiting;
        events = new ArrayList<>(happened.size());
        waiting = new ArrayList<>(happened.size());
        List<CompletionStage<Recorder.Outcome>> outcomes;
        try {
            outcomes = recorder.record(happened);
        } catch (RuntimeException broken) {
            tell(asked, new Recorder.Outcome.Lost(broken.toString()));
            return;
        }
        int from = 0;
        for (int i = 1; i <= asked.size(); i++) {
            if (i == asked.size() || !outcomes.get(i).equals(outcomes.get(from))) {
                tell(asked.subList(from, i), outcomes.get(from));
                from = i;
            }
        }
    }

    private static void tell(
            List<Consumer<Recorder.Outcome>> asked, CompletionStage<Recorder.Outcome> stage) {
        stage.whenComplete((outcome, failure) ->
                tell(
                        asked,
                        failure == null ? outcome : new Recorder.Outcome.Lost(failure.toString())));
    }

    private static void tell(List<Consumer<Recorder.Outcome>> asked, Recorder.Outcome outcome) {
        for (Consumer<Recorder.Outcome> each : asked) {
            each.accept(outcome);
        }
    }
}
