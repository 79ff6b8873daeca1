package dev.ringwall.events;

import dev.ringwall.events.JsonText.Name;
import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Writes events in the form that [EventJson] reads: each kind's properties, always in the same order.
final class EventText {

    private static final Name KIND = Name.of("kind");
    private static final Name ID = Name.of("id");
    private static final Name AT = Name.of("at");
    private static final Name SYSTEM = Name.of("system");
    private static final Name NODE = Name.of("node");
    private static final Name REQUEST = Name.of("request");
    private static final Name TRACE = Name.of("trace");
    private static final Name HOP = Name.of("hop");
    private static final Name OPERATION = Name.of("operation");
    private static final Name METHOD = Name.of("method");
    private static final Name WHO = Name.of("who");
    private static final Name ROLES = Name.of("roles");
    private static final Name ADDRESS = Name.of("address");
    private static final Name ON_BEHALF_OF = Name.of("onBehalfOf");
    private static final Name REASON = Name.of("reason");
    private static final Name BECAUSE = Name.of("because");
    private static final Name FILE = Name.of("file");
    private static final Name LINE = Name.of("line");
    private static final Name COLUMN = Name.of("column");
    private static final Name RINGS = Name.of("rings");
    private static final Name RING = Name.of("ring");
    private static final Name PASSED = Name.of("passed");
    private static final Name MICROS = Name.of("micros");
    private static final Name NOTE = Name.of("note");
    private static final Name NOTES = Name.of("notes");
    private static final Name STOPPED_BY = Name.of("stoppedBy");
    private static final Map<Ring, Name> EACH_RING = eachRing();
    private static final Name STATUS = Name.of("status");
    private static final Name SENSITIVITY = Name.of("sensitivity");
    private static final Name TIMES = Name.of("times");
    private static final Name ACT = Name.of("act");
    private static final Name SUBJECT = Name.of("subject");
    private static final Name DETAILS = Name.of("details");
    private static final Name ATTACK = Name.of("attack");
    private static final Name HELD = Name.of("held");
    private static final Name OUTCOME = Name.of("outcome");

    /// An event loop writes one after the other; a virtual thread writes one and is gone.
    private static final ThreadLocal<EventText> OF_THREAD = ThreadLocal.withInitial(EventText::new);

    private final JsonText json = new JsonText();

    private EventText() {}

    static byte[] of(SecurityEvent event) {
        EventText text = Thread.currentThread().isVirtual() ? new EventText() : OF_THREAD.get();
        text.json.clear();
        text.write(event);
        return text.json.written();
    }

    private void write(SecurityEvent event) {
        json.open('{');
        switch (event) {
            case SecurityEvent.CallDecided call -> {
                header("call", call.header());
                call(call);
            }
            case SecurityEvent.IdentityActed acted -> {
                header("identity", acted.header());
                json.text(ACT, word(acted.act()));
                who(acted.who());
                details(acted.details());
            }
            case SecurityEvent.Administered acted -> {
                header("administration", acted.header());
                json.text(ACT, word(acted.act()));
                who(acted.who());
                json.text(SUBJECT, acted.subject());
                details(acted.details());
            }
            case SecurityEvent.AttackPlayed played -> {
                header("attack", played.header());
                json.text(ATTACK, played.attack())
                        .truth(HELD, played.held())
                        .text(OUTCOME, played.outcome());
            }
        }
        json.close('}');
    }

    private void header(String kind, Header header) {
        json.text(KIND, kind)
                .text(ID, header.id())
                .time(AT, header.at())
                .text(SYSTEM, header.system())
                .text(NODE, header.node());
        optional(REQUEST, header.request());
        optional(TRACE, header.trace());
    }

    private void call(SecurityEvent.CallDecided call) {
        json.text(HOP, call.hop());
        optional(OPERATION, call.operation());
        json.text(METHOD, call.method());
        who(call.caller());
        optional(ON_BEHALF_OF, call.onBehalfOf());
        optional(REASON, call.reason().map(Reason::word));
        json.open(BECAUSE, '[');
        for (Line line : call.because()) {
            json.open('{')
                    .text(FILE, line.file())
                    .number(LINE, line.number())
                    .number(COLUMN, line.column())
                    .close('}');
        }
        json.close(']');
        rings(call.rings());
        json.number(STATUS, call.status())
                .text(SENSITIVITY, call.sensitivity().word())
                .number(TIMES, call.times());
    }

    /// `"rings":{"route":30,"authorise":55},"stoppedBy":"authorise","notes":{"authorise":"for warehouse"}`: what each took, in their order. Half of an
    /// event would be names otherwise.
    private void rings(List<Step> steps) {
        if (!inOrder(steps)) {
            listed(steps);
            return;
        }
        json.open(RINGS, '{');
        boolean noted = false;
        for (Step step : steps) {
            json.number(name(step), step.micros());
            noted |= !step.note().isEmpty();
        }
        json.close('}');
        if (!steps.isEmpty() && !steps.getLast().passed()) {
            json.text(STOPPED_BY, steps.getLast().ring().word());
        }
        if (noted) {
            json.open(NOTES, '{');
            for (Step step : steps) {
                if (!step.note().isEmpty()) {
                    json.text(name(step), step.note());
                }
            }
            json.close('}');
        }
    }

    /// Each ring once, and none behind one that stopped the call.
    private static boolean inOrder(List<Step> steps) {
        boolean stopped = false;
        for (int i = 0; i < steps.size(); i++) {
            if (stopped) {
                return false;
            }
            for (int j = 0; j < i; j++) { // there are a dozen
                if (steps.get(j).ring() == steps.get(i).ring()) {
                    return false;
                }
            }
            stopped = !steps.get(i).passed();
        }
        return true;
    }

    private static Map<Ring, Name> eachRing() {
        Map<Ring, Name> names = new EnumMap<>(Ring.class);
        for (Ring ring : Ring.values()) {
            names.put(ring, Name.of(ring.word()));
        }
        return names;
    }

    private static Name name(Step step) {
        return Objects.requireNonNull(EACH_RING.get(step.ring()));
    }

    private void listed(List<Step> steps) {
        json.open(RINGS, '[');
        for (Step step : steps) {
            json.open('{')
                    .text(RING, step.ring().word())
                    .truth(PASSED, step.passed())
                    .number(MICROS, step.micros());
            if (!step.note().isEmpty()) {
                json.text(NOTE, step.note());
            }
            json.close('}');
        }
        json.close(']');
    }

    private void who(Actor actor) {
        json.open(WHO, '{').text(KIND, actor.kind().word()).text(ID, actor.id()).open(ROLES, '[');
        List<String> roles = actor.roles();
        for (String role : roles) {
            json.item(role);
        }
        json.close(']').text(ADDRESS, actor.address()).close('}');
    }

    private void details(Map<String, String> details) {
        json.open(DETAILS, '{');
        details.forEach(json::text);
        json.close('}');
    }

    private void optional(Name name, Optional<String> value) {
        if (value.isPresent()) {
            json.text(name, value.get());
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
