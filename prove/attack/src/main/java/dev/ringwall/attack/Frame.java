package dev.ringwall.attack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// One frame of HTTP/2 (RFC 9113 §4.1).
final class Frame {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int ACK = 0x1;
    static final int END_STREAM = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int PRIORITISED = 0x20;

    /// The bytes in front of the payload.
    static final int HEAD_BYTES = 9;

    private static final byte[] NOTHING = {};
    private static final int PRIORITY_BYTES = 5;

    private final int type;
    private final int flags;
    private final int stream;
    private final byte[] payload;

    /// The payload is not copied.
    Frame(int type, int flags, int stream, byte[] payload) {
        this.type = type;
        this.flags = flags;
        this.stream = stream;
        this.payload = payload;
    }

    static Frame bare(int type, int flags, int stream) {
        return new Frame(type, flags, stream, NOTHING);
    }

    static Frame of(int type, int stream, int number) {
        return new Frame(type, 0, stream, ByteBuffer.allocate(4).putInt(number).array());
    }

    int type() {
        return type;
    }

    int stream() {
        return stream;
    }

    byte[] payload() {
        return payload;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /// The first four bytes of the payload as a number.
    int number(int at) {
        return payload.length < at + 4 ? 0 : ByteBuffer.wrap(payload).getInt(at);
    }

    /// The payload of `DATA` and `HEADERS` without what may stand around it.
    byte[] content() {
        int from = has(PADDED) ? 1 : 0;
        int to = payload.length - (has(PADDED) ? payload[0] & 0xff : 0);
        if (type == HEADERS && has(PRIORITISED)) {
            from += PRIORITY_BYTES;
        }
        return from == 0 && to == payload.length
                ? payload
                : Arrays.copyOfRange(payload, from, Math.max(from, to));
    }

    void writeTo(ByteArrayOutputStream out) {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        head.put((byte) (payload.length >>> 16)).putShort((short) payload.length);
        head.put((byte) type).put((byte) flags).putInt(stream);
        out.writeBytes(head.array());
        out.writeBytes(payload);
    }
}
