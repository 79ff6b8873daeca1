package dev.ringwall.audit;

import dev.ringwall.events.EventJson;
import dev.ringwall.events.SecurityEvent.CallDecided;
import dev.ringwall.events.Step;
import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The path of one request, told from its events: every hop, every ring, the line that decided, and what to change if it should have gone
/// otherwise.
///
/// @param request the request's id
/// @param events  its events in the order in which their hops began
public record Why(String request, List<Recorded> events) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Why {
        events = List.copyOf(events);
    }

    /// Whether the log knows the request.
    public boolean known() {
        return !events.isEmpty();
    }

    /// The hop that refused the request, the innermost if several did; empty when none did.
    public Optional<CallDecided> refusal() {
        return calls().filter(call -> call.reason().isPresent()).reduce((_, inner) -> inner);
    }

    /// For people: plain text, no colour, each line ended.
    ///
    /// @param source the text of a line of the declaration that was in force; empty where it is not known
    public String text(Function<Line, Optional<String>> source) {
        if (!known()) {
            return "The log has no event of request "
                    + request
                    + ".\n"
                    + "Allowed use of public data is not recorded, and of a flood of like refusals only the first few are, the rest as a"
                    + " count.\n";
        }
        List<String> lines = new ArrayList<>();
        lines.add("request " + request);
        calls().findFirst().ifPresent(call -> lines.add(caller(call)));
        for (Recorded recorded : events) {
            lines.add("");
            if (recorded.event() instanceof CallDecided call) {
                hop(lines, recorded.index(), call, source);
            } else {
                lines.add(
                        node(recorded)
                                + EventLine.what(recorded.event())
                                + place(recorded.index()));
            }
        }
        lines.add("");
        lines.add(outcome());
        refusal().ifPresent(call -> remedy(lines, call, source));
        return lines.stream().map(line -> OneLine.of(line) + "\n").collect(Collectors.joining());
    }

    /// For programs: `{"request", "outcome", "events": [{"index", "event"}]}`.
    public String json() {
        ObjectNode json = JSON.createObjectNode().put("request", request).put("known", known());
        refusal()
                .ifPresent(call -> {
                    Reason reason = call.reason().orElseThrow();
                    ObjectNode refused =
                            json.putObject("refused")
                                    .put("hop", call.hop())
                                    .put("ring", reason.ring().word())
                                    .put("reason", reason.word())
                                    .put("title", reason.title())
                                    .put("remedy", Remedy.of(call, reason));
                    ArrayNode because = refused.putArray("because");
                    call.because().forEach(line -> because.add(line.toString()));
                });
        ArrayNode list = json.putArray("events");
        for (Recorded recorded : events) {
            list.addObject()
                    .put("index", recorded.index())
                    .set("event", JSON.readTree(EventJson.write(recorded.event())));
        }
        return JSON.writeValueAsString(json);
    }

    private Stream<CallDecided> calls() {
        return events.stream()
                .map(Recorded::event)
                .filter(CallDecided.class::isInstance)
                .map(CallDecided.class::cast);
    }

    private static String caller(CallDecided call) {
        return call.method()
                + " "
                + call.operation().orElse("(no declared operation)")
                + " by "
                + EventLine.caller(call.caller())
                + " at "
                + call.header().at();
    }

    private static void hop(
            List<String> lines,
            long index,
            CallDecided call,
            Function<Line, Optional<String>> source) {
        String behalf = call.onBehalfOf().map(who -> " on behalf of " + who).orElse("");
        String verdict = call.reason().map(Reason::word).orElse("let through");
        lines.add(
                String.format("%-12s ", call.hop())
                        + call.status()
                        + " "
                        + verdict
                        + behalf
                        + place(index));
        if (call.times() > 1) {
            lines.add("  stands for " + call.times() + " like refusals within a second");
        }
        for (Step step : call.rings()) {
            String mark = step.passed() ? "√" : "×";
            double millis = step.micros() / 1000.0;
            String timed =
                    String.format(
                            Locale.ROOT, "  %s %-13s %9.3f ms  ", mark, step.ring().word(), millis);
            lines.add((timed + step.note()).stripTrailing());
        }
        for (Line line : call.because()) {
            String read = source.apply(line).map(words -> "   " + words.strip()).orElse("");
            lines.add("  because " + line + read);
        }
    }

    private static String node(Recorded recorded) {
        return String.format("%-12s ", recorded.event().header().node());
    }

    private static String place(long index) {
        return "   entry " + index;
    }

    private String outcome() {
        Optional<CallDecided> refused = refusal();
        if (refused.isPresent()) {
            Reason reason = refused.get().reason().orElseThrow();
            return "refused by "
                    + refused.get().hop()
                    + " at "
                    + reason.ring().word()
                    + ": "
                    + reason.word()
                    + " — "
                    + reason.title();
        }
        return calls().findFirst()
                .map(call -> "let through, answered " + call.status())
                .orElse("no call was decided");
    }

    private static void remedy(
            List<String> lines, CallDecided call, Function<Line, Optional<String>> source) {
        lines.add("remedy: " + Remedy.of(call, call.reason().orElseThrow()));
        for (Line line : call.because()) {
            Optional<String> before = source.apply(line);
            Optional<String> after = before.flatMap(words -> Remedy.change(call, words));
            if (after.isPresent()) {
                lines.add("  " + line);
                lines.add("- " + before.orElseThrow());
                lines.add("+ " + after.get());
            }
        }
    }
}
