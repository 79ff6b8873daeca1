package dev.ringwall.events;

import dev.ringwall.model.DataType;
import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/// Reads one event from a parser as its keys come, without a tree of them in between: the control plane reads each event of each node.
///
/// A known key that comes twice, or holds something else than [EventText] writes, makes it no event ([IllegalArgumentException] or the
/// parser's own exception). For one event.
final class EventReader {

    private static final Map<String, Reason> REASONS = JsonValues.words(Reason.values());
    private static final Map<String, Actor.Kind> KINDS = JsonValues.words(Actor.Kind.values());
    private static final Map<String, DataType.Sensitivity> SENSITIVITIES =
            JsonValues.words(DataType.Sensitivity.values());
    private static final Map<String, IdentityAct> IDENTITY_ACTS =
            JsonValues.words(IdentityAct.values());
    private static final Map<String, AdminAct> ADMIN_ACTS = JsonValues.words(AdminAct.values());

    private final JsonValues json;
    private final StepsReader steps;

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
    private @Nullable String stoppedBy;
    private @Nullable Map<String, String> notes;
    private @Nullable Map<String, String> details;
    private @Nullable Long status;
    private @Nullable Long times;
    private @Nullable Boolean held;

    private EventReader(JsonValues json) {
        this.json = json;
        this.steps = new StepsReader(json);
    }

    /// The event that begins at the parser's next token.
    static SecurityEvent read(JsonParser json) {
        JsonValues values = new JsonValues(json);
        EventReader reader = new EventReader(values);
        values.object("the event", reader::field);
        return reader.event();
    }

    private void field(String name) {
        switch (name) {
            case "kind" -> kind = json.text(name, kind);
            case "id" -> id = json.text(name, id);
            case "at" -> at = json.text(name, at);
            case "system" -> system = json.text(name, system);
            case "node" -> node = json.text(name, node);
            case "request" -> request = json.text(name, request);
            case "trace" -> trace = json.text(name, trace);
            case "hop" -> hop = json.text(name, hop);
            case "operation" -> operation = json.text(name, operation);
            case "method" -> method = json.text(name, method);
            case "onBehalfOf" -> onBehalfOf = json.text(name, onBehalfOf);
            case "reason" -> reason = json.text(name, reason);
            case "sensitivity" -> sensitivity = json.text(name, sensitivity);
            case "act" -> act = json.text(name, act);
            case "subject" -> subject = json.text(name, subject);
            case "attack" -> attack = json.text(name, attack);
            case "outcome" -> outcome = json.text(name, outcome);
            case "who" -> who = actor(name, who);
            case "because" -> because = lines(name, because);
            case "rings" -> steps.rings(name);
            case "stoppedBy" -> stoppedBy = json.text(name, stoppedBy);
            case "notes" -> notes = texts(name, notes);
            case "details" -> details = texts(name, details);
            case "status" -> status = json.number(name, status);
            case "times" -> times = json.number(name, times);
            case "held" -> held = json.truth(name, held);
            default -> json.pass();
        }
    }

    private SecurityEvent event() {
        Header header =
                new Header(
                        JsonValues.there("id", id),
                        Instant.parse(JsonValues.there("at", at)),
                        JsonValues.there("system", system),
                        JsonValues.there("node", node),
                        Optional.ofNullable(request),
                        Optional.ofNullable(trace));
        return switch (JsonValues.there("kind", kind)) {
            case "call" -> call(header);
            case "identity" ->
                    new SecurityEvent.IdentityActed(
                            header,
                            JsonValues.constant("act", IDENTITY_ACTS, act),
                            JsonValues.there("who", who),
                            details == null ? Map.of() : details);
            case "administration" ->
                    new SecurityEvent.Administered(
                            header,
                            JsonValues.constant("act", ADMIN_ACTS, act),
                            JsonValues.there("who", who),
                            JsonValues.there("subject", subject),
                            details == null ? Map.of() : details);
            case "attack" ->
                    new SecurityEvent.AttackPlayed(
                            header,
                            JsonValues.there("attack", attack),
                            JsonValues.there("held", held),
                            JsonValues.there("outcome", outcome));
            case String other -> throw new IllegalArgumentException("kind " + other);
        };
    }

    private SecurityEvent call(Header header) {
        return new SecurityEvent.CallDecided(
                header,
                JsonValues.there("hop", hop),
                Optional.ofNullable(operation),
                JsonValues.there("method", method),
                JsonValues.there("who", who),
                Optional.ofNullable(onBehalfOf),
                reason == null
                        ? Optional.empty()
                        : Optional.of(JsonValues.constant("reason", REASONS, reason)),
                because == null ? List.of() : because,
                steps.steps(stoppedBy, notes == null ? Map.of() : notes),
                Math.toIntExact(JsonValues.there("status", status)),
                JsonValues.constant("sensitivity", SENSITIVITIES, sensitivity),
                JsonValues.there("times", times));
    }

    // ---- the parts

    private Actor actor(String name, @Nullable Actor before) {
        JsonValues.once(name, before);
        ActorReader actor = new ActorReader();
        json.object(name, actor::field);
        return actor.actor();
    }

    private final class ActorReader {
        private @Nullable String kind;
        private @Nullable String id;
        private @Nullable String address;
        private @Nullable List<String> roles;

        void field(String name) {
            switch (name) {
                case "kind" -> kind = json.text(name, kind);
                case "id" -> id = json.text(name, id);
                case "address" -> address = json.text(name, address);
                case "roles" -> {
                    JsonValues.once(name, roles);
                    List<String> read = new ArrayList<>();
                    json.array(name, () -> read.add(json.text("a role", null)));
                    roles = read;
                }
                default -> json.pass();
            }
        }

        Actor actor() {
            return new Actor(
                    JsonValues.constant("kind", KINDS, kind),
                    JsonValues.there("id", id),
                    roles == null ? List.of() : roles,
                    JsonValues.there("address", address));
        }
    }

    private List<Line> lines(String name, @Nullable List<Line> before) {
        JsonValues.once(name, before);
        List<Line> lines = new ArrayList<>();
        json.array(
                name,
                () -> {
                    LineReader line = new LineReader();
                    json.object("a line", line::field);
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
                case "file" -> file = json.text(name, file);
                case "line" -> number = json.number(name, number);
                case "column" -> column = json.number(name, column);
                default -> json.pass();
            }
        }

        Line line() {
            return new Line(
                    JsonValues.there("file", file),
                    Math.toIntExact(JsonValues.there("line", number)),
                    Math.toIntExact(JsonValues.there("column", column)));
        }
    }

    private Map<String, String> texts(String name, @Nullable Map<String, String> before) {
        JsonValues.once(name, before);
        Map<String, String> texts = new HashMap<>();
        json.object(name, key -> texts.put(key, json.text(key, texts.get(key))));
        return texts;
    }
}
