package dev.ringwall.events;

import dev.ringwall.model.DataType;
import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The form in which events are kept: one JSON object each, keys always in the same order, UTF-8, no line breaks.
///
/// The same event always gives the same bytes, so their hash can stand for it.
public final class EventJson {

    /// The largest event that is kept: recorders lose a larger one, and [#read] finds it malformed.
    public static final int EVENT_BYTES_MAX = 16_384;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private EventJson() {}

    /// What became of bytes that should be an event.
    public sealed interface Parsed {
        /// They are one.
        record Event(SecurityEvent event) implements Parsed {}

        /// They are none.
        record Malformed(String why) implements Parsed {}
    }

    /// The event as bytes.
    public static byte[] write(SecurityEvent event) {
        return EventText.of(event);
    }

    /// The event that the bytes say. Keys that are not known are passed over, so that older readers read newer events.
    public static Parsed read(byte[] bytes) {
        if (bytes.length > EVENT_BYTES_MAX) {
            return new Parsed.Malformed(
                    bytes.length + " bytes (expected: at most " + EVENT_BYTES_MAX + ")");
        }
        try {
            JsonNode json = JSON.readTree(bytes);
            Header header =
                    new Header(
                            text(json, "id"),
                            Instant.parse(text(json, "at")),
                            text(json, "system"),
                            text(json, "node"),
                            optional(json, "request"),
                            optional(json, "trace"));
            String kind = text(json, "kind");
            return new Parsed.Event(
                    switch (kind) {
                        case "call" -> readCall(header, json);
                        case "identity" ->
                                new SecurityEvent.IdentityActed(
                                        header,
                                        constant(IdentityAct.class, text(json, "act")),
                                        actor(json),
                                        details(json));
                        case "administration" ->
                                new SecurityEvent.Administered(
                                        header,
                                        constant(AdminAct.class, text(json, "act")),
                                        actor(json),
                                        text(json, "subject"),
                                        details(json));
                        case "attack" ->
                                new SecurityEvent.AttackPlayed(
                                        header,
                                        text(json, "attack"),
                                        json.path("held").booleanValue(),
                                        text(json, "outcome"));
                        default -> throw new IllegalArgumentException("kind " + kind);
                    });
        } catch (JacksonException | DateTimeException | IllegalArgumentException notAnEvent) {
            return new Parsed.Malformed(
                    String.valueOf(notAnEvent.getMessage())
                            .lines()
                            .findFirst()
                            .orElse("unreadable"));
        }
    }

    private static SecurityEvent readCall(Header header, JsonNode json) {
        List<Line> because = new ArrayList<>();
        for (JsonNode line : json.path("because")) {
            because.add(
                    new Line(
                            text(line, "file"),
                            line.path("line").intValue(),
                            line.path("column").intValue()));
        }
        List<Step> rings = new ArrayList<>();
        for (JsonNode step : json.path("rings")) {
            rings.add(
                    new Step(
                            constant(Ring.class, text(step, "ring")),
                            step.path("passed").booleanValue(),
                            step.path("micros").longValue(),
                            optional(step, "note").orElse("")));
        }
        return new SecurityEvent.CallDecided(
                header,
                text(json, "hop"),
                optional(json, "operation"),
                text(json, "method"),
                actor(json),
                optional(json, "onBehalfOf"),
                optional(json, "reason").map(word -> constant(Reason.class, word)),
                because,
                rings,
                json.path("status").intValue(),
                constant(DataType.Sensitivity.class, text(json, "sensitivity")),
                json.path("times").longValue());
    }

    private static Actor actor(JsonNode json) {
        JsonNode who = json.path("who");
        List<String> roles = new ArrayList<>();
        who.path("roles").forEach(role -> roles.add(role.stringValue()));
        return new Actor(
                constant(Actor.Kind.class, text(who, "kind")),
                text(who, "id"),
                roles,
                text(who, "address"));
    }

    private static Map<String, String> details(JsonNode json) {
        Map<String, String> details = new TreeMap<>();
        json.path("details")
                .properties()
                .forEach(entry -> details.put(entry.getKey(), entry.getValue().stringValue()));
        return details;
    }

    private static Optional<String> optional(JsonNode json, String name) {
        return json.has(name) ? Optional.of(text(json, name)) : Optional.empty();
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException(name + " is not a string");
        }
        return value.stringValue();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
