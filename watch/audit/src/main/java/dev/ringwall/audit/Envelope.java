package dev.ringwall.audit;

import dev.ringwall.events.PlainJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/// What stands in an entry around an event that was shipped; but for the sequence it is the same for all events of a spool. Written
/// `{"from":"gateway","spool":"01J9…","sequence":17,"event":{…}}`. Any thread may use it.
final class Envelope {

    private static final byte[] FROM = PlainJson.words("{\"from\":\"");
    private static final byte[] SPOOL = PlainJson.words(",\"spool\":\"");
    private static final byte[] SEQUENCE = PlainJson.words(",\"sequence\":");
    private static final byte[] EVENT = PlainJson.words(",\"event\":");
    private static final byte[] KIND = PlainJson.words("{\"kind\":\"");
    private static final byte[] ID = PlainJson.words(",\"id\":\"");
    private static final byte[] AT = PlainJson.words(",\"at\":\"");
    private static final byte[] SYSTEM = PlainJson.words(",\"system\":\"");
    private static final byte[] NODE = PlainJson.words(",\"node\":\"");
    private static final byte[] REQUEST = PlainJson.words(",\"request\":\"");

    private final byte[] before;

    /// @param from  the node that ships, as its certificate says
    /// @param spool the id of its spool
    Envelope(String from, String spool) {
        StringBuilder text = new StringBuilder("{\"from\":");
        quoted(text, from);
        text.append(",\"spool\":");
        quoted(text, spool);
        before = text.append(",\"sequence\":").toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The entry of the event at that place of the spool.
    byte[] around(long sequence, byte[] event) {
        byte[] number = Long.toString(sequence).getBytes(StandardCharsets.US_ASCII);
        int head = before.length + number.length + EVENT.length;
        byte[] entry = new byte[head + event.length + 1];
        System.arraycopy(before, 0, entry, 0, before.length);
        System.arraycopy(number, 0, entry, before.length, number.length);
        System.arraycopy(EVENT, 0, entry, before.length + number.length, EVENT.length);
        System.arraycopy(event, 0, entry, head, event.length);
        entry[entry.length - 1] = '}';
        return entry;
    }

    /// What [LogEntry#key] says of an entry that begins as nearly all do, without a parser; empty for what it does not recognise.
    static Optional<LogEntry.Key> key(byte[] bytes, int start, int end) {
        PlainJson json = new PlainJson(bytes, start, end);
        String from = text(json, FROM);
        String spool = from == null ? null : text(json, SPOOL);
        if (from == null || spool == null || !json.passes(SEQUENCE)) {
            return Optional.empty();
        }
        long sequence = json.number();
        if (sequence < 0
                || !json.passes(EVENT)
                || !passes(json, KIND)
                || !passes(json, ID)
                || !passes(json, AT)
                || !passes(json, SYSTEM)
                || !passes(json, NODE)) {
            return Optional.empty();
        }
        String request = text(json, REQUEST);
        return request == null
                ? Optional.empty()
                : Optional.of(
                        new LogEntry.Key(
                                Optional.of(new LogEntry.Origin(from, spool, sequence)),
                                Optional.of(request)));
    }

    private static boolean passes(PlainJson json, byte[] words) {
        return json.passes(words) && json.passesText();
    }

    private static @Nullable String text(PlainJson json, byte[] words) {
        if (!json.passes(words)) {
            return null;
        }
        int from = json.at();
        return json.passesText() ? json.textSince(from) : null;
    }

    private static void quoted(StringBuilder out, String text) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }
}
