package dev.ringwall.audit;

import dev.ringwall.events.EventJson;
import dev.ringwall.events.SecurityEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What one entry of the log says: an event, and where it was shipped from.
///
/// Written `{"from":"gateway","spool":"01J9…","sequence":17,"event":{…}}`, without the first three where the control plane recorded it
/// itself. Because the sequence lies in the entry, which events have arrived is a fact of the log and survives whatever the log survives;
/// and an event that a node kept but never handed over shows as a gap.
record LogEntry(Optional<Origin> origin, SecurityEvent event) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

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
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        String before =
                origin.map(known ->
                                "\"from\":"
                                        + quoted(known.from)
                                        + ",\"spool\":"
                                        + quoted(known.spool)
                                        + ",\"sequence\":"
                                        + known.sequence
                                        + ",")
                        .orElse("");
        out.writeBytes(("{" + before + "\"event\":").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(EventJson.write(event));
        out.write('}');
        return out.toByteArray();
    }

    static Parsed parse(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            JsonNode sequence = json.path("sequence");
            Optional<Origin> origin =
                    sequence.canConvertToLong()
                            ? Optional.of(
                                    new Origin(
                                            json.path("from").asString(""),
                                            json.path("spool").asString(""),
                                            sequence.longValue()))
                            : Optional.empty();
            return switch (EventJson.read(JSON.writeValueAsBytes(json.path("event")))) {
                case EventJson.Parsed.Event(SecurityEvent event) ->
                        new Parsed.Entry(new LogEntry(origin, event));
                case EventJson.Parsed.Malformed(String why) -> new Parsed.Malformed(why);
            };
        } catch (JacksonException notJson) {
            return new Parsed.Malformed("not JSON");
        }
    }

    private static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }
}
