package dev.ringwall.audit;

import dev.ringwall.events.Actor;
import dev.ringwall.events.EventJson;
import dev.ringwall.events.SecurityEvent;
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
        StringBuilder text = new StringBuilder("request " + request + "\n");
        calls().findFirst().ifPresent(call -> text.append(caller(call)).append('\n'));
        for (Recorded recorded : events) {
            text.append('\n');
            if (recorded.event() instanceof CallDecided call) {
                hop(text, recorded.index(), call, source);
            } else {
                text.append(other(recorded)).append('\n');
            }
        }
        text.append('\n').append(outcome()).append('\n');
        refusal().ifPresent(call -> remedy(text, call, source));
        return text.toString();
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
        Actor who = call.caller();
        String roles = who.roles().isEmpty() ? "" : " (" + String.join(", ", who.roles()) + ")";
        String from = who.address().equals("-") ? "" : " from " + who.address();
        String name =
                who.kind() == Actor.Kind.STRANGER
                        ? "a stranger"
                        : who.kind().word() + " " + who.id();
        return call.method()
                + " "
                + call.operation().orElse("(no declared operation)")
                + " by "
                + name
                + roles
                + from
                + " at "
                + call.header().at();
    }

    private static void hop(
            StringBuilder text,
            long index,
            CallDecided call,
            Function<Line, Optional<String>> source) {
        String behalf = call.onBehalfOf().map(who -> " on behalf of " + who).orElse("");
        text.append(
                String.format(
                        Locale.ROOT,
                        "%-12s %d %s%s   entry %d%n",
                        call.hop(),
                        call.status(),
                        call.reason().map(Reason::word).orElse("let through"),
                        behalf,
                        index));
        if (call.times() > 1) {
            text.append("  stands for ")
                    .append(call.times())
                    .append(" like refusals within a second\n");
        }
        for (Step step : call.rings()) {
            String line =
                    String.format(
                            Locale.ROOT,
                            "  %s %-13s %9.3f ms  %s",
                            step.passed() ? "√" : "×",
                            step.ring().word(),
                            step.micros() / 1000.0,
                            step.note());
            text.append(line.stripTrailing()).append('\n');
        }
        for (Line line : call.because()) {
            String read = source.apply(line).map(words -> "   " + words.strip()).orElse("");
            text.append("  because ").append(line).append(read).append('\n');
        }
    }

    private static String other(Recorded recorded) {
        String what =
                switch (recorded.event()) {
                    case SecurityEvent.IdentityActed acted -> {
                        String details =
                                acted.details().entrySet().stream()
                                        .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
                                        .collect(Collectors.joining());
                        yield word(acted.act()) + " " + acted.who().id() + details;
                    }
                    case SecurityEvent.Administered acted ->
                            word(acted.act()) + " " + acted.subject() + " by " + acted.who().id();
                    case SecurityEvent.AttackPlayed played ->
                            "attack "
                                    + played.attack()
                                    + (played.held() ? " held: " : " got through: ")
                                    + played.outcome();
                    case CallDecided call -> call.hop();
                };
        return String.format(
                "%-12s %s   entry %d", recorded.event().header().node(), what, recorded.index());
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
            StringBuilder text, CallDecided call, Function<Line, Optional<String>> source) {
        text.append("remedy: ").append(Remedy.of(call, call.reason().orElseThrow())).append('\n');
        List<String> diff = new ArrayList<>();
        for (Line line : call.because()) {
            source.apply(line)
                    .flatMap(words ->
                            Remedy.change(call, words)
                                    .map(changed -> "- " + words + "\n+ " + changed + "\n"))
                    .ifPresent(change -> diff.add("  " + line + "\n" + change));
        }
        diff.forEach(text::append);
    }

    private static String word(Enum<?> act) {
        return act.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
