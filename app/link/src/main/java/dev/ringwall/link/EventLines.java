package dev.ringwall.link;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Events on their way to the control plane: each exactly as it was spooled, which has no line break, and a line break after it. So nobody
/// has to read, escape or write them on the way.
public final class EventLines {

    /// How a message of that form is called.
    public static final String MEDIA_TYPE = "application/x-ndjson";

    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EIGHT_ONES = 0x0101_0101_0101_0101L;
    private static final long EIGHT_HIGHS = 0x8080_8080_8080_8080L;
    private static final long EIGHT_BREAKS = EIGHT_ONES * '\n';

    private EventLines() {}

    /// The events as one message.
    public static byte[] join(List<byte[]> events) {
        int length = 0;
        for (byte[] event : events) {
            length += event.length + 1;
        }
        byte[] message = new byte[length];
        int at = 0;
        for (byte[] event : events) {
            System.arraycopy(event, 0, message, at, event.length);
            at += event.length;
            message[at++] = '\n';
        }
        return message;
    }

    /// The events of a message; what follows the last line break is one as well.
    public static List<byte[]> split(byte[] message) {
        List<byte[]> events = new ArrayList<>();
        int from = 0;
        for (int end = lineEnd(message, 0); end < message.length; end = lineEnd(message, from)) {
            events.add(Arrays.copyOfRange(message, from, end));
            from = end + 1;
        }
        if (from < message.length) {
            events.add(Arrays.copyOfRange(message, from, message.length));
        }
        return events;
    }

    /// Where the next line break stands from there on, or the end. It looks at eight bytes at once.
    private static int lineEnd(byte[] message, int from) {
        int at = from;
        for (; at + Long.BYTES <= message.length; at += Long.BYTES) {
            long differing = (long) EIGHT.get(message, at) ^ EIGHT_BREAKS;
            // The highest bit of each byte that is zero, and perhaps of some behind the first of
            // those.
            long zeros = (differing - EIGHT_ONES) & ~differing & EIGHT_HIGHS;
            if (zeros != 0) {
                return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
            }
        }
        while (at < message.length && message[at] != '\n') {
            at++;
        }
        return at;
    }
}
