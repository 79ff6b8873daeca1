package dev.ringwall.gateway;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// An HTTP/2 connection on which a test sends exactly the frames that it wants to send (RFC 9113 §4.1). Headers are written as literals
/// without indexing (RFC 7541 §6.2.2), so anything can be said in them.
final class Frames implements Closeable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    private static final int FRAME_BYTES_MAX = 16_384;

    private final Wire wire;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private int lastStream = -1;

    Frames(InetSocketAddress door) throws IOException {
        wire = Wire.offering(door, "h2");
        in = new DataInputStream(wire.in());
        wire.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    /// One frame as it came.
    @SuppressWarnings("ArrayRecordComponent")
    record Frame(int type, int flags, int stream, byte[] payload) {
        boolean ends() {
            return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
        }

        /// The error code of `RST_STREAM` and `GOAWAY`.
        int error() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }
    }

    /// How a stream ended: with an answer, or with an error code and status 0; the connection's error code is negative.
    record Ended(int status, String body, int error) {}

    int nextStream() {
        lastStream += 2;
        return lastStream;
    }

    void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(9 + payload.length);
        bytes.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        bytes.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        wire.send(bytes.array());
    }

    /// Bytes as they are.
    void raw(byte[] bytes) throws IOException {
        wire.send(bytes);
    }

    /// Opens a stream with those headers, `name: value` each.
    int open(boolean ended, String... headers) throws IOException {
        int stream = nextStream();
        byte[] block = block(headers);
        int flags = ended ? END_STREAM : 0;
        for (int at = 0; at < block.length; at += FRAME_BYTES_MAX) {
            int to = Math.min(block.length, at + FRAME_BYTES_MAX);
            frame(
                    at == 0 ? HEADERS : CONTINUATION,
                    flags | (to == block.length ? END_HEADERS : 0),
                    stream,
                    Arrays.copyOfRange(block, at, to));
            flags = 0;
        }
        return stream;
    }

    /// A whole request without a body.
    Ended get(String path, String... more) throws IOException {
        String[] headers = new String[more.length + 4];
        headers[0] = ":method: GET";
        headers[1] = ":scheme: https";
        headers[2] = ":authority: localhost";
        headers[3] = ":path: " + path;
        System.arraycopy(more, 0, headers, 4, more.length);
        return await(open(true, headers));
    }

    static byte[] block(String... headers) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (String header : headers) {
            int colon = header.indexOf(": ", 1);
            block.write(0);
            literal(block, header.substring(0, colon));
            literal(block, header.substring(colon + 2));
        }
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int length = bytes.length;
        if (length < 127) {
            block.write(length);
        } else {
            block.write(127);
            for (length -= 127; length >= 128; length >>= 7) {
                block.write(length % 128 + 128);
            }
            block.write(length);
        }
        block.writeBytes(bytes);
    }

    Frame read() throws IOException {
        int head = in.readInt();
        int type = head & 0xff;
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & Integer.MAX_VALUE;
        byte[] payload = in.readNBytes(head >>> 8);
        if (type == SETTINGS && (flags & 1) == 0) {
            frame(SETTINGS, 1, 0, new byte[0]);
        }
        return new Frame(type, flags, stream, payload);
    }

    /// Reads until that stream, or the connection, has ended.
    Ended await(int stream) throws IOException {
        int status = 0;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            Frame frame;
            try {
                frame = read();
            } catch (EOFException | SocketException closed) {
                return new Ended(status, body.toString(StandardCharsets.UTF_8), -1_000);
            }
            if (frame.type() == GOAWAY && frame.error() != 0) {
                return new Ended(status, body.toString(StandardCharsets.UTF_8), -frame.error());
            }
            if (frame.type() == HEADERS) {
                Http2Headers headers = decoded(frame); // of every stream: the table is one
                if (frame.stream() == stream && headers.status() != null) {
                    status = Integer.parseInt(headers.status().toString());
                }
            }
            if (frame.stream() == stream) {
                if (frame.type() == DATA) {
                    body.writeBytes(frame.payload());
                }
                if (frame.type() == RST_STREAM) {
                    return new Ended(status, body.toString(StandardCharsets.UTF_8), frame.error());
                }
                if (frame.ends()) {
                    return new Ended(status, body.toString(StandardCharsets.UTF_8), 0);
                }
            }
        }
    }

    /// Reads until the head of that stream's answer has come.
    Http2Headers headers(int stream) throws IOException {
        while (true) {
            Frame frame = read();
            if (frame.type() == HEADERS) {
                Http2Headers headers = decoded(frame);
                if (frame.stream() == stream) {
                    return headers;
                }
            }
        }
    }

    private Http2Headers decoded(Frame frame) throws IOException {
        try {
            return decoder.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(frame.payload()));
        } catch (Http2Exception odd) {
            throw new IOException(odd);
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
