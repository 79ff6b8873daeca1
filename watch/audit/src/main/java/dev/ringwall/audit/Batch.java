package dev.ringwall.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Consecutive events out of one spool, on their way to the control plane.
///
/// @param spool  the spool's id; sequences mean something only together with it
/// @param first  the sequence of the first event, the others follow without a gap
/// @param events each as [dev.ringwall.events.EventJson] wrote it; may be empty
public record Batch(String spool, long first, List<byte[]> events) {

    /// How many events a batch holds at most.
    public static final int EVENTS_MAX = 1_000;

    /// How many bytes of events a batch holds at most.
    public static final int BYTES_MAX = 1024 * 1024;

    /// The largest batch on the wire: the events and what is around them.
    public static final int WIRE_BYTES_MAX = BYTES_MAX + 1_024;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Batch {
        events = List.copyOf(events);
    }

    /// What became of bytes that should be a batch.
    public sealed interface Parsed {
        /// They are one.
        record Whole(Batch batch) implements Parsed {}

        /// They are none.
        record Malformed(String why) implements Parsed {}
    }

    /// The sequence of the last event; `first - 1` when there is none.
    public long last() {
        return first + events.size() - 1;
    }

    /// The batch as JSON: `{"spool":"…","first":17,"events":[…]}`.
    public byte[] json() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        out.writeBytes(
                ("{\"spool\":\"" + spool + "\",\"first\":" + first + ",\"events\":[")
                        .getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.writeBytes(events.get(i));
        }
        out.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /// Reads what [#json] wrote.
    public static Parsed parse(byte[] json) {
        if (json.length > WIRE_BYTES_MAX) {
            return new Parsed.Malformed(
                    json.length + " bytes (expected: at most " + WIRE_BYTES_MAX + ")");
        }
        try {
            JsonNode tree = JSON.readTree(json);
            JsonNode spool = tree.path("spool");
            JsonNode first = tree.path("first");
            JsonNode events = tree.path("events");
            if (!spool.isString()
                    || !dev.ringwall.events.Ids.wellFormed(spool.stringValue())
                    || !first.canConvertToLong()
                    || first.longValue() < 1
                    || !events.isArray()
                    || events.size() > EVENTS_MAX) {
                return new Parsed.Malformed(
                        "not a batch (expected: spool, first and at most "
                                + EVENTS_MAX
                                + " events)");
            }
            List<byte[]> bytes = new ArrayList<>(events.size());
            for (JsonNode event : events) {
                bytes.add(JSON.writeValueAsBytes(event));
            }
            return new Parsed.Whole(new Batch(spool.stringValue(), first.longValue(), bytes));
        } catch (JacksonException notJson) {
            return new Parsed.Malformed("not JSON");
        }
    }
}
