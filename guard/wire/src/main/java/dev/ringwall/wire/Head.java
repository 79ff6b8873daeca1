package dev.ringwall.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.AsciiString;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Header lines as they come in (RFC 9112 §5), those of a message or its trailers. Each byte is looked at once, in however many pieces they
/// come, and copied once, into an array that names and values are parts of.
///
/// Lines end in CR LF and nothing else; no line goes on in the next; a name is a token with a colon right behind it; a value has no control
/// characters. After an exception nothing more can be taken.
class Head {

    /// So much is copied before it is known how long the heads of a connection are, in bytes.
    private static final int BYTES_AT_FIRST = 1 << 10;

    /// So much longer may the next one be for all of it to be copied at once, in bytes.
    private static final int BYTES_MORE = 128;

    private static final byte[] NOTHING = {};

    private final int fieldBytesMax;
    private final int fieldsMax;
    private @Nullable Lines lines;
    private byte[] bytes = NOTHING;
    private int length;
    private int expected = BYTES_AT_FIRST;
    private int at;
    private int fields;
    private int line;
    private int value;
    private @Nullable AsciiString name;

    /// @param fieldBytesMax all header lines with their line ends, in bytes
    /// @param fieldsMax     the most header lines
    Head(int fieldBytesMax, int fieldsMax) {
        this.fieldBytesMax = fieldBytesMax;
        this.fieldsMax = fieldsMax;
        forget();
    }

    /// The next one may come.
    void forget() {
        lines = null;
        bytes = NOTHING;
        length = 0;
        at = 0;
        fields = -1;
        name = null;
    }

    /// Takes what belongs to it, and nothing beyond; returns whether it is whole.
    ///
    /// @throws OddRequest                                               when it is none
    /// @throws TooLongHttpHeaderException                               when there are too many lines, or they are too long
    /// @throws io.netty.handler.codec.http.TooLongHttpLineException when what comes before them is too long
    final boolean take(ByteBuf in) {
        while (in.isReadable()) {
            int before = length;
            int count = Math.min(in.readableBytes(), Math.max(expected, before));
            if (bytes.length - before < count) {
                bytes = Arrays.copyOf(bytes, Math.max(before + count, 2 * before));
            }
            in.getBytes(in.readerIndex(), bytes, before, count);
            length = before + count;
            if ((fields >= 0 || begun()) && fields()) {
                in.skipBytes(at - before);
                expected = at + BYTES_MORE;
                return true;
            }
            in.skipBytes(count);
        }
        return false;
    }

    private boolean begun() {
        at = begin(bytes, at, length);
        boolean begun = hasBegun();
        if (begun) {
            fields = at;
            line = at;
        }
        return begun;
    }

    /// Reads on in what comes before the header lines; returns where it stopped.
    int begin(byte[] bytes, int from, int end) {
        return from;
    }

    /// Whether nothing more comes before the header lines.
    boolean hasBegun() {
        return true;
    }

    /// Reads on in the header lines; returns whether the empty line that ends them has come.
    private boolean fields() {
        int end = Math.min(length, fields + fieldBytesMax);
        while (true) {
            AsciiString now = name;
            if (now == null) {
                if (at == line && at < end && bytes[at] == '\r') {
                    boolean ended = lineEnds(bytes, at, end);
                    at += ended ? 2 : 0;
                    return ended || more(end);
                }
                now = name(end);
                if (now == null) {
                    return more(end);
                }
                name = now;
            }
            at = Octets.valueEnd(bytes, at, end);
            if (!lineEnds(bytes, at, end)) {
                return more(end);
            }
            add(now);
        }
    }

    /// Reads on in a name, and past its colon where that has come; else there is no name yet.
    private @Nullable AsciiString name(int end) {
        int colon = Octets.colon(bytes, at, end);
        AsciiString whole = colon > line && colon < end ? KnownNames.of(bytes, line, colon) : null;
        if (whole == null) {
            at = Octets.tokenEnd(bytes, at, colon);
            if (at < colon || (at < end && at == line)) {
                throw new OddRequest(oddName(bytes[at], at > line));
            }
            if (colon == end) {
                return null;
            }
            whole = new AsciiString(bytes, line, colon - line, false);
        }
        at = colon + 1;
        value = at;
        return whole;
    }

    private boolean more(int end) {
        if (end == fields + fieldBytesMax) {
            throw new TooLongHttpHeaderException(
                    "HTTP header is larger than " + fieldBytesMax + " bytes.");
        }
        return false;
    }

    /// Whether a line ends there; false where that has not come yet.
    static boolean lineEnds(byte[] bytes, int at, int end) {
        if (at < end && bytes[at] != '\r') {
            throw new OddRequest(
                    bytes[at] == '\n'
                            ? "a line that does not end in CR LF"
                            : "a control character 0x" + Integer.toHexString(bytes[at] & 0xff));
        }
        if (at + 1 < end && bytes[at + 1] != '\n') {
            throw new OddRequest("a CR without LF");
        }
        return at + 1 < end;
    }

    private static String oddName(byte odd, boolean within) {
        return switch (odd) {
            case ' ', '\t' -> within ? "white space before a colon" : "a folded header line";
            case ':' -> "a header without a name";
            case '\r', '\n' -> within ? "No colon found" : "a line that does not end in CR LF";
            default -> "a header name with 0x" + Integer.toHexString(odd & 0xff);
        };
    }

    private void add(AsciiString called) {
        int from = value;
        int to = at;
        while (from < to && blank(bytes[from])) {
            from++;
        }
        while (from < to && blank(bytes[to - 1])) {
            to--;
        }
        Lines all = lines();
        if (all.size() == fieldsMax) {
            throw new TooLongHttpHeaderException("more than " + fieldsMax + " header lines");
        }
        AsciiString said = new AsciiString(bytes, from, to - from, false);
        all.put(called, said);
        added(called, said);
        at += 2;
        line = at;
        name = null;
    }

    /// Such a line has come.
    void added(AsciiString called, AsciiString said) {}

    private static boolean blank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    /// Those that have come.
    final Lines lines() {
        Lines all = lines;
        if (all == null) {
            all = new Lines(true);
            lines = all;
        }
        return all;
    }

    /// What was taken so far.
    final byte[] bytes() {
        return bytes;
    }

    /// How many bytes were taken so far.
    final int length() {
        return length;
    }
}
