package dev.ringwall.events;

import java.time.DateTimeException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The form in which events are kept: one JSON object each, keys always in the same order, UTF-8, no line breaks.
///
/// The same event always gives the same bytes, so their hash can stand for it.
public final class EventJson {

    /// The largest event that is kept: recorders lose a larger one, and [#read] finds it malformed.
    public static final int EVENT_BYTES_MAX = 16_384;

    private static final JsonFactory JSON = new JsonFactory();

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

    /// The node that the event says it is of, where the bytes are an event and exactly those that [#write] gives for it. Empty where they are
    /// not, and where finding out takes a reading, as of acts and of texts with letters beyond ASCII: then ask [#read], which takes many times
    /// as long.
    public static Optional<String> nodeOfWritten(byte[] bytes) {
        return bytes.length > EVENT_BYTES_MAX ? Optional.empty() : WrittenCall.node(bytes);
    }

    /// The event that the bytes say. Keys that are not known are passed over, so that older readers read newer events.
    public static Parsed read(byte[] bytes) {
        if (bytes.length > EVENT_BYTES_MAX) {
            return new Parsed.Malformed(
                    bytes.length + " bytes (expected: at most " + EVENT_BYTES_MAX + ")");
        }
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            SecurityEvent event = EventReader.read(json);
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("something follows the event");
            }
            return new Parsed.Event(event);
        } catch (JacksonException
                | DateTimeException
                | ArithmeticException
                | IllegalArgumentException notAnEvent) {
            return new Parsed.Malformed(
                    String.valueOf(notAnEvent.getMessage())
                            .lines()
                            .findFirst()
                            .orElse("unreadable"));
        }
    }
}
