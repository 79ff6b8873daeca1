package dev.ringwall.control;

import dev.ringwall.events.AdminAct;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/// Counts what the control plane records of its own, by act, and passes it on.
final class Counting implements Recorder {

    private final Recorder recorder;
    private final Map<IdentityAct, LongAdder> identity = new EnumMap<>(IdentityAct.class);
    private final Map<AdminAct, LongAdder> admin = new EnumMap<>(AdminAct.class);

    Counting(Recorder recorder) {
        this.recorder = recorder;
        for (IdentityAct act : IdentityAct.values()) {
            identity.put(act, new LongAdder());
        }
        for (AdminAct act : AdminAct.values()) {
            admin.put(act, new LongAdder());
        }
    }

    @Override
    public CompletionStage<Outcome> record(SecurityEvent event) {
        switch (event) {
            case SecurityEvent.IdentityActed acted -> count(identity.get(acted.act()));
            case SecurityEvent.Administered done -> count(admin.get(done.act()));
            case SecurityEvent.CallDecided _, SecurityEvent.AttackPlayed _ -> {}
        }
        return recorder.record(event);
    }

    private static void count(@org.jspecify.annotations.Nullable LongAdder counter) {
        if (counter != null) {
            counter.increment();
        }
    }

    /// The counts in the text format of Prometheus.
    String text() {
        StringBuilder text = new StringBuilder();
        ControlHealth.head(
                text,
                "ringwall_control_identity_acts_total",
                "counter",
                "What callers did about who they are, by act.");
        identity.forEach((act, count) ->
                line(text, "ringwall_control_identity_acts_total", word(act), count));
        ControlHealth.head(
                text,
                "ringwall_control_admin_acts_total",
                "counter",
                "What was done to the system, by act.");
        admin.forEach(
                (act, count) -> line(text, "ringwall_control_admin_acts_total", word(act), count));
        return text.toString();
    }

    private static String word(Enum<?> act) {
        return act.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void line(StringBuilder text, String name, String act, LongAdder count) {
        text.append(name).append("{act=\"").append(act).append("\"} ");
        text.append(count.sum()).append('\n');
    }
}
