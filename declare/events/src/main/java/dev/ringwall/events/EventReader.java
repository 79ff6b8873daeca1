package dev.ringwall.events;

import dev.ringwall.model.DataType;
import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads one event from a parser as its keys come, without a tree of them in between: the control plane reads each event of each node.
///
/// A known key that comes twice, or holds something else than [EventText] writes, makes it no event ([IllegalArgumentException] or the
/// parser's own exception). For one event.
final class EventReader {

    private static final Map<String, Ring> RINGS = words(Ring.values());
    private static final Map<String, Reason> REASONS = words(Reason.values());
    private static final Map<String, Actor.Kind> KINDS = words(Actor.Kind.values());
    private static final Map<String, DataType.Sensitivity> SENSITIVITIES =
            words(DataType.Sensitivity.values());
    private static final Map<String, IdentityAct> IDENTITY_ACTS = words(IdentityAct.values());
    private static final Map<String, AdminAct> ADMIN_ACTS = words(AdminAct.values());

    private final JsonParser json;

    private @Nullable String kind;
    private @Nullable String id;
    private @Nullable String at;
    private @Nullable String system;
    private @Nullable String node;
    private @Nullable String request;
    private @Nullable String trace;
    private @Nullable String hop;
    private @Nullable String operation;
    private @Nullable String method;
    private @Nullable String onBehalfOf;
    private @Nullable String reason;
    private @Nullable String sensitivity;
    private @Nullable String act;
    private @Nullable String subject;
    private @Nullable String attack;
    private @Nullable String outcome;
    private @Nullable Actor who;
    private @Nullable List<Line> because;
    private @Nullable List<Step> rings;
    private @Nullable Map<String, String> details;
    private @Nullable Long status;
    private @Nullable Long times;
    private @Nullable Boolean held;

    private EventReader(JsonParser json) {
        this.json = json;
    }

    /// The event that begins at the parser's next token.
    static SecurityEvent read(JsonParser json) {
        EventReader reader = new EventReader(json);
        json.nextToken();
        reader.object("the event", reader::field);
        return reader.event();
    }

    private interface Field {
        /// Reads the value that the parser stands on, and nothing behind it.
        void read(String name);
    }

    private void field(String name) {
        switch (name) {
            case "kind" -> kind = text(name, kind);
            case "id" -> id = text(name, id);
            case "at" -> at = text(name, at);
            case "system" -> system = text(name, system);
            case "node" -> node = text(name, node);
            case "request" -> request = text(name, request);
            case "trace" -> trace = text(name, trace);
            case "hop" -> hop = text(name, hop);
            case "operation" -> operation = text(name, operation);
            case "method" -> method = text(name, method);
            case "onBehalfOf" -> onBehalfOf = text(name, onBehalfOf);
            case "reason" -> reason = text(name, reason);
            case "sensitivity" -> sensitivity = text(name, sensitivity);
            case "act" -> act = text(name, act);
            case "subject" -> subject = text(name, subject);
            case "attack" -> attack = text(name, attack);
            case "outcome" -> outcome = text(name, outcome);
            case "who" -> who = actor(name, who);
            case "because" -> because = lines(name, because);
            case "rings" -> rings = steps(name, rings);
            case "details" -> details = texts(name, details);
            case "status" -> status = number(name, status);
            case "times" -> times = number(name, times);
            case "held" -> held = truth(name, held);
            default -> json.skipChildren();
        }
    }

    private SecurityEvent event() {
        Header header =
                new Header(
                        there("id", id),
                        Instant.parse(there("at", at)),
                        there("system", system),
                        there("node", node),
                        Optional.ofNullable(request),
                        Optional.ofNullable(trace));
        return switch (there("kind", kind)) {
            case "call" -> call(header);
            case "identity" ->
                    new SecurityEvent.IdentityActed(
                            header,
                            constant("act", IDENTITY_ACTS, act),
                            there("who", who),
                            details == null ? Map.of() : details);
            case "administration" ->
                    new SecurityEvent.Administered(
                            header,
                            constant("act", ADMIN_ACTS, act),
                            there("who", who),
                            there("subject", subject),
                            details == null ? Map.of() : details);
            case "attack" ->
                    new SecurityEvent.AttackPlayed(
                            header,
                            there("attack", attack),
                            there("held", held),
                            there("outcome", outcome));
            case String other -> throw new IllegalArgumentException("kind " + other);
        };
    }

    private SecurityEvent call(Header header) {
        return new SecurityEvent.CallDecided(
                header,
                there("hop", hop),
                Optional.ofNullable(operation),
                there("method", method),
                there("who", who),
                Optional.ofNullable(onBehalfOf),
                reason == null
                        ? Optional.empty()
                        : Optional.of(constant("reason", REASONS, reason)),
                because == null ? List.of() : because,
                rings == null ? List.of() : rings,
                Math.toIntExact(there("status", status)),
                constant("sensitivity", SENSITIVITIES, sensitivity),
                there("times", times));
    }

    // ---- the parts

    private Actor actor(String name, @Nullable Actor before) {
        once(name, before);
        ActorReader actor = new ActorReader();
        object(name, actor::field);
        return actor.actor();
    }

    private final class ActorReader {
        private @Nullable String kind;
        private @Nullable String id;
        private @Nullable String address;
        private @Nullable List<String> roles;

        void field(String name) {
            switch (name) {
                case "kind" -> kind = text(name, kind);
                case "id" -> id = text(name, id);
                case "address" -> address = text(name, address);
                case "roles" -> {
                    once(name, roles);
                    List<String> read = new ArrayList<>();
                    array(name, () -> read.add(text("a role", null)));
                    roles = read;
                }
                default -> json.skipChildren();
            }
        }

        Actor actor() {
            return new Actor(
                    constant("kind", KINDS, kind),
                    there("id", id),
                    roles == null ? List.of() : roles,
                    there("address", address));
        }
    }

    private List<Line> lines(String name, @Nullable List<Line> before) {
        once(name, before);
        List<Line> lines = new ArrayList<>();
        array(
                name,
                () -> {
                    LineReader line = new LineReader();
                    object("a line", line::field);
                    lines.add(line.line());
                });
        return lines;
    }

    private final class LineReader {
        private @Nullable String file;
        private @Nullable Long number;
        private @Nullable Long column;

        void field(String name) {
            switch (name) {
                case "file" -> file = text(name, file);
                case "line" -> number = number(name, number);
                case "column" -> column = number(name, column);
                default -> json.skipChildren();
            }
        }

        Line line() {
            return new Line(
                    there("file", file),
                    Math.toIntExact(there("line", number)),
                    Math.toIntExact(there("column", column)));
        }
    }

    private List<Step> steps(String name, @Nullable List<Step> before) {
        once(name, before);
        List<Step> steps = new ArrayList<>();
        array(
                name,
                () -> {
                    StepReader step = new StepReader();
                    object("a ring", step::field);
                    steps.add(step.step());
                });
        return steps;
    }

    private final class StepReader {
        private @Nullable String ring;
        private @Nullable Boolean passed;
        private @Nullable Long micros;
        private @Nullable String note;

        void field(String name) {
            switch (name) {
                case "ring" -> ring = text(name, ring);
                case "passed" -> passed = truth(name, passed);
                case "micros" -> micros = number(name, micros);
                case "note" -> note = text(name, note);
                default -> json.skipChildren();
            }
        }

        Step step() {
            return new Step(
                    constant("ring", RINGS, ring),
                    there("passed", passed),
                    there("micros", micros),
                    note == null ? "" : note);
        }
    }

    private Map<String, String> texts(String name, @Nullable Map<String, String> before) {
        once(name, before);
        Map<String, String> texts = new HashMap<>();
        object(name, key -> texts.put(key, text(key, texts.get(key))));
        return texts;
    }

    // ---- the values: the parser stands on them

    private void object(String what, Field field) {
        expect(JsonToken.START_OBJECT, what, "an object");
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            field.read(name);
        }
    }

    private void array(String what, Runnable item) {
        expect(JsonToken.START_ARRAY, what, "a list");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            item.run();
        }
    }

    private String text(String name, @Nullable String before) {
        once(name, before);
        expect(JsonToken.VALUE_STRING, name, "a string");
        return json.getString();
    }

    private long number(String name, @Nullable Long before) {
        once(name, before);
        expect(JsonToken.VALUE_NUMBER_INT, name, "a whole number");
        return json.getLongValue();
    }

    private boolean truth(String name, @Nullable Boolean before) {
        once(name, before);
        if (json.currentToken() != JsonToken.VALUE_TRUE) {
            expect(JsonToken.VALUE_FALSE, name, "true or false");
        }
        return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    private void expect(JsonToken token, String what, String form) {
        if (json.currentToken() != token) {
            throw new IllegalArgumentException(what + " is not " + form);
        }
    }

    private static void once(String name, @Nullable Object before) {
        if (before != null) {
            throw new IllegalArgumentException("duplicate key " + name);
        }
    }

    private static <T> T there(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static <E> E constant(String name, Map<String, E> words, @Nullable String word) {
        E constant = words.get(there(name, word));
        if (constant == null) {
            throw new IllegalArgumentException(name + " " + word + " is not known");
        }
        return constant;
    }

    private static <E extends Enum<E>> Map<String, E> words(E[] constants) {
        Map<String, E> words = new HashMap<>();
        for (E constant : constants) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return Map.copyOf(words);
    }
}
