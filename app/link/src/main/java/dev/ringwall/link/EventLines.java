package dev.ringwall.link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Events on their way to the control plane: each exactly as it was spooled, which has no line break, and a line break after it. So nobody
/// has to read, escape or write them on the way.
public final class EventLines {

    /// How a message of that form is called.
    public static final String MEDIA_TYPE = "application/x-ndjson";

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
        for (int at = 0; at < message.length; at++) {
            if (message[at] == '\n') {
                events.add(Arrays.copyOfRange(message, from, at));
                from = at + 1;
            }
        }
        if (from < message.length) {
            events.add(Arrays.copyOfRange(message, from, message.length));
        }
        return events;
    }
}
