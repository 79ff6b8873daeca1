package dev.ringwall.events;

import static dev.ringwall.events.PlainJson.words;

import dev.ringwall.model.DataType;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import java.util.Arrays;
import java.util.Optional;

/// Sees in one pass whether bytes are a call exactly as [EventText] writes it: then [EventReader] would read it, and [EventText] would give the
/// same bytes again. Nearly all that nodes ship is. What it does not recognise may be an event all the same. For one event.
final class WrittenCall {

    private static final byte[] BEGIN = words("{\"kind\":\"call\",\"id\":\"");
    private static final byte[] AT = words(",\"at\":\"");
    private static final byte[] SYSTEM = words(",\"system\":\"");
    private static final byte[] NODE = words(",\"node\":\"");
    private static final byte[] REQUEST = words(",\"request\":\"");
    private static final byte[] TRACE = words(",\"trace\":\"");
    private static final byte[] HOP = words(",\"hop\":\"");
    private static final byte[] OPERATION = words(",\"operation\":\"");
    private static final byte[] METHOD = words(",\"method\":\"");
    private static final byte[] WHO = words(",\"who\":{\"kind\":\"");
    private static final byte[] ID = words(",\"id\":\"");
    private static final byte[] ROLES = words(",\"roles\":[");
    private static final byte[] ADDRESS = words("],\"address\":\"");
    private static final byte[] ON_BEHALF_OF = words(",\"onBehalfOf\":\"");
    private static final byte[] REASON = words(",\"reason\":\"");
    private static final byte[] BECAUSE = words(",\"because\":[");
    private static final byte[] FILE = words("{\"file\":\"");
    private static final byte[] LINE = words(",\"line\":");
    private static final byte[] COLUMN = words(",\"column\":");
    private static final byte[] RINGS = words("],\"rings\":{");
    private static final byte[] STOPPED_BY = words(",\"stoppedBy\":\"");
    private static final byte[] NOTES = words(",\"notes\":{");
    private static final byte[] STATUS = words(",\"status\":");
    private static final byte[] SENSITIVITY = words(",\"sensitivity\":\"");
    private static final byte[] TIMES = words(",\"times\":");

    private static final byte[][] KINDS = ended(Actor.Kind.values(), Actor.Kind::word);
    private static final byte[][] REASONS = ended(Reason.values(), Reason::word);
    private static final byte[][] EACH_RING = ended(Ring.values(), Ring::word);
    private static final byte[][] SENSITIVITIES =
            ended(DataType.Sensitivity.values(), DataType.Sensitivity::word);

    /// Every number that is less fits in an int.
    private static final long INT_BOUND = 1_000_000_000;

    private final PlainJson json;
    private final int[] rings = new int[EACH_RING.length];
    private int ringCount;
    private String node = "";

    private WrittenCall(byte[] bytes) {
        this.json = new PlainJson(bytes, 0, bytes.length);
    }

    private interface Word<E> {
        String of(E constant);
    }

    /// Each word with the quote that ends it.
    private static <E> byte[][] ended(E[] constants, Word<E> word) {
        return Arrays.stream(constants)
                .map(constant -> words(word.of(constant) + '"'))
                .toArray(byte[][]::new);
    }

    /// The node that the call says it is of; empty when it is not recognised.
    static Optional<String> node(byte[] bytes) {
        WrittenCall call = new WrittenCall(bytes);
        return call.header() && call.asked() && call.decided() && call.json.ended()
                ? Optional.of(call.node)
                : Optional.empty();
    }

    private boolean header() {
        if (!text(BEGIN)
                || !json.passes(AT)
                || !WrittenTime.passes(json)
                || !text(SYSTEM)
                || !json.passes(NODE)) {
            return false;
        }
        int from = json.at();
        if (!json.passesText()) {
            return false;
        }
        node = json.textSince(from);
        return optional(REQUEST) && optional(TRACE);
    }

    private boolean asked() {
        return text(HOP)
                && optional(OPERATION)
                && text(METHOD)
                && json.passes(WHO)
                && one(KINDS) >= 0
                && text(ID)
                && json.passes(ROLES)
                && roles()
                && text(ADDRESS)
                && json.passes('}')
                && optional(ON_BEHALF_OF);
    }

    private boolean decided() {
        return (!json.passes(REASON) || one(REASONS) >= 0)
                && json.passes(BECAUSE)
                && lines()
                && json.passes(RINGS)
                && rings()
                && (!json.passes(STOPPED_BY) || stoppedByTheLast())
                && (!json.passes(NOTES) || notes())
                && json.passes(STATUS)
                && isIn(json.number(), 0)
                && json.passes(SENSITIVITY)
                && one(SENSITIVITIES) >= 0
                && json.passes(TIMES)
                && json.number() >= 1
                && json.passes('}');
    }

    // ---- the parts

    private boolean text(byte[] before) {
        return json.passes(before) && json.passesText();
    }

    private boolean optional(byte[] before) {
        return !json.passes(before) || json.passesText();
    }

    private static boolean isIn(long number, long min) {
        return number >= min && number < INT_BOUND;
    }

    /// Passes one of these words and returns which; -1 when none stands here.
    private int one(byte[][] words) {
        for (int i = 0; i < words.length; i++) {
            if (json.passes(words[i])) {
                return i;
            }
        }
        return -1;
    }

    /// Up to the bracket that ends them, but not over it.
    private boolean roles() {
        if (json.letterAt(0) == ']') {
            return true;
        }
        do {
            if (!json.passes('"') || !json.passesText()) {
                return false;
            }
        } while (json.passes(','));
        return true;
    }

    private boolean lines() {
        if (json.letterAt(0) == ']') {
            return true;
        }
        do {
            if (!text(FILE)
                    || !json.passes(LINE)
                    || !isIn(json.number(), 1)
                    || !json.passes(COLUMN)
                    || !isIn(json.number(), 1)
                    || !json.passes('}')) {
                return false;
            }
        } while (json.passes(','));
        return true;
    }

    /// Each ring once, in whatever order.
    private boolean rings() {
        if (json.passes('}')) {
            return true;
        }
        do {
            int ring = ring();
            if (ring < 0 || !json.passes(':') || json.number() < 0) {
                return false;
            }
            for (int i = 0; i < ringCount; i++) {
                if (rings[i] == ring) {
                    return false;
                }
            }
            rings[ringCount++] = ring;
        } while (json.passes(','));
        return json.passes('}');
    }

    private int ring() {
        if (!json.passes('"')) {
            return -1;
        }
        // Mostly they come in their order.
        int next = ringCount == 0 ? 0 : rings[ringCount - 1] + 1;
        return next < EACH_RING.length && json.passes(EACH_RING[next]) ? next : one(EACH_RING);
    }

    private boolean stoppedByTheLast() {
        return ringCount > 0 && json.passes(EACH_RING[rings[ringCount - 1]]);
    }

    /// At least one, of rings that are there, in their order.
    private boolean notes() {
        int next = 0;
        do {
            if (!json.passes('"')) {
                return false;
            }
            while (next < ringCount && !json.passes(EACH_RING[rings[next]])) {
                next++;
            }
            if (next++ == ringCount
                    || !json.passes(':')
                    || !json.passes('"')
                    || json.passes('"')
                    || !json.passesText()) {
                return false;
            }
        } while (json.passes(','));
        return json.passes('}');
    }
}
