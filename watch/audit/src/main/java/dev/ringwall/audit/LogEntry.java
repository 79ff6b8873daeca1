package dev.ringwall.audit;

import dev.ringwall.events.EventJson;
import dev.ringwall.events.PlainJson;
import dev.ringwall.events.SecurityEvent;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// What one entry of the log says: an event, and where it was shipped from.
///
/// Written `{"from":"gateway","spool":"01J9…","sequence":17,"event":{…}}`, without the first three where the control plane recorded it
/// itself. Because the sequence lies in the entry, which events have arrived is a fact of the log and survives whatever the log survives;
/// and an event that a node kept but never handed over shows as a gap.
record LogEntry(Optional<Origin> origin, SecurityEvent event) {

    private static final byte[] BEFORE_OWN = PlainJson.words("{\"event\":");

    /// How much stands around an event that the control plane recorded itself.
    static final int AROUND_OWN_BYTES = BEFORE_OWN.length + 1;

    private static final JsonFactory JSON = new JsonFactory();

    /// Where an event was shipped from.
    ///
    /// @param from     the node that shipped it, as its certificate says
    /// @param spool    the id of its spool
    /// @param sequence its place in that spool
    record Origin(String from, String spool, long sequence) {}

    /// What became of bytes that should be an entry.
    sealed interface Parsed {
        /// They are one.
        record Entry(LogEntry entry) implements Parsed {}

        /// They are none.
        record Malformed(String why) implements Parsed {}
    }

    byte[] bytes() {
        byte[] told = EventJson.write(event);
        if (origin.isPresent()) {
            Origin known = origin.get();
            return new Envelope(known.from, known.spool).around(known.sequence, told);
        }
        byte[] bytes = Arrays.copyOf(BEFORE_OWN, AROUND_OWN_BYTES + told.length);
        System.arraycopy(told, 0, bytes, BEFORE_OWN.length, told.length);
        bytes[bytes.length - 1] = '}';
        return bytes;
    }

    static Parsed parse(byte[] bytes) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            OriginReader origin = new OriginReader();
            Parsed parsed = new Parsed.Malformed("no event");
            json.nextToken();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                if (name.equals("event")) {
                    parsed = event(json, bytes);
                } else {
                    origin.field(name, json);
                }
            }
            return parsed instanceof Parsed.Entry(LogEntry entry)
                    ? new Parsed.Entry(new LogEntry(origin.origin(), entry.event))
                    : parsed;
        } catch (JacksonException notJson) {
            return new Parsed.Malformed("not JSON");
        }
    }

    private static Parsed event(JsonParser json, byte[] bytes) {
        int from = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        int to = (int) json.currentLocation().getByteOffset();
        return switch (EventJson.read(Arrays.copyOfRange(bytes, from, to))) {
            case EventJson.Parsed.Event(SecurityEvent event) ->
                    new Parsed.Entry(new LogEntry(Optional.empty(), event));
            case EventJson.Parsed.Malformed(String why) -> new Parsed.Malformed(why);
        };
    }

    /// What the index needs of an entry.
    ///
    /// @param request the request that it belongs to
    record Key(Optional<Origin> origin, Optional<String> request) {}

    /// Its key, without a look at what follows the request's id in the event; empty for what is no entry.
    static Optional<Key> key(byte[] bytes) {
        return key(bytes, 0, bytes.length);
    }

    /// The key of the entry that lies between those two.
    static Optional<Key> key(byte[] bytes, int from, int to) {
        Optional<Key> recognised = Envelope.key(bytes, from, to);
        return recognised.isPresent() ? recognised : parsedKey(Arrays.copyOfRange(bytes, from, to));
    }

    /// The same by a parser.
    static Optional<Key> parsedKey(byte[] bytes) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            OriginReader origin = new OriginReader();
            json.nextToken();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                if (name.equals("event")) {
                    return Optional.of(new Key(origin.origin(), request(json)));
                }
                origin.field(name, json);
            }
            return Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<String> request(JsonParser json) {
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken value = json.nextToken();
            if (name.equals("request") && value == JsonToken.VALUE_STRING) {
                return Optional.of(json.getString());
            }
            json.skipChildren();
        }
        return Optional.empty();
    }

    /// Picks the three that stand before the event.
    private static final class OriginReader {
        private String from = "";
        private String spool = "";
        private @Nullable Long sequence;

        void field(String name, JsonParser json) {
            if (name.equals("sequence") && json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                sequence = json.getLongValue();
            } else if (name.equals("from") && json.currentToken() == JsonToken.VALUE_STRING) {
                from = json.getString();
            } else if (name.equals("spool") && json.currentToken() == JsonToken.VALUE_STRING) {
                spool = json.getString();
            } else {
                json.skipChildren();
            }
        }

        Optional<Origin> origin() {
            return sequence == null
                    ? Optional.empty()
                    : Optional.of(new Origin(from, spool, sequence));
        }
    }
}
