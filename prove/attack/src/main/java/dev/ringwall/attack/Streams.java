package dev.ringwall.attack;

import dev.ringwall.attack.Call.Header;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A connection that speaks HTTP/2 frame by frame (RFC 9113). Any frame can be sent at any time. For one thread; another may wait for the
/// connection's end meanwhile.
final class Streams implements Closeable {

    /// The name of HTTP/2 in the hello of TLS.
    static final String WORD = "h2";

    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    static final int FRAME_BYTES_MAX = 16_384;

    private static final int WINDOW_BYTES = 1 << 24;
    private static final int SETTING_WINDOW = 4;
    private static final int SETTING_PUSH = 2;

    private final Connection connection;
    private final String authority;
    private final HeaderTable theirs = new HeaderTable(HeaderBlock.TABLE_BYTES);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// What became of a stream.
    sealed interface End {
        /// An answer came.
        record Answered(Reply reply) implements End {}

        /// The other side broke it off.
        record Reset(int code) implements End {}
    }

    private Streams(Connection connection, String authority) {
        this.connection = connection;
        this.authority = authority;
    }

    /// Opens one there and says hello.
    static Streams open(Road road) throws IOException, NotPlayable {
        Road.Hello hello = road.tls().orElseThrow(() -> new NotPlayable("HTTP/2 needs TLS here"));
        Connection connection = road.greeting(Optional.of(hello.speaking(WORD))).open();
        if (!connection.spoken().equals(WORD)) {
            connection.close();
            throw new NotPlayable("HTTP/2 is not spoken at " + road.host());
        }
        Streams streams = new Streams(connection, road.host());
        streams.out.writeBytes(PREFACE.getBytes(StandardCharsets.US_ASCII));
        ByteBuffer settings = ByteBuffer.allocate(12);
        settings.putShort((short) SETTING_PUSH).putInt(0);
        settings.putShort((short) SETTING_WINDOW).putInt(WINDOW_BYTES);
        streams.put(new Frame(Frame.SETTINGS, 0, 0, settings.array()));
        streams.put(Frame.of(Frame.WINDOW_UPDATE, 0, WINDOW_BYTES));
        streams.flush();
        try {
            connection.abrupt();
            streams.acknowledge(streams.next()); // theirs come first (RFC 9113 §3.4)
        } catch (IOException failed) {
            connection.close();
            throw failed;
        }
        return streams;
    }

    /// The headers of the request as they should be.
    List<Header> headers(Call call) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header(":method", call.method()));
        headers.add(new Header(":scheme", "https"));
        headers.add(new Header(":authority", authority));
        headers.add(new Header(":path", call.target()));
        for (Header header : call.headers()) {
            headers.add(new Header(header.name().toLowerCase(Locale.ROOT), header.value()));
        }
        return headers;
    }

    /// Puts a frame behind those that are to be sent.
    Streams put(Frame frame) {
        frame.writeTo(out);
        return this;
    }

    /// Puts a block of headers, in as many frames as it needs.
    Streams putHeaders(int stream, byte[] block, boolean last) {
        int end = last ? Frame.END_STREAM : 0;
        for (int at = 0; at == 0 || at < block.length; at += FRAME_BYTES_MAX) {
            int to = Math.min(block.length, at + FRAME_BYTES_MAX);
            put(
                    new Frame(
                            at == 0 ? Frame.HEADERS : Frame.CONTINUATION,
                            (at == 0 ? end : 0) | (to == block.length ? Frame.END_HEADERS : 0),
                            stream,
                            Arrays.copyOfRange(block, at, to)));
        }
        return this;
    }

    Streams putBody(int stream, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at == 0 || at < bytes.length; at += FRAME_BYTES_MAX) {
            int to = Math.min(bytes.length, at + FRAME_BYTES_MAX);
            put(
                    new Frame(
                            Frame.DATA,
                            to == bytes.length ? Frame.END_STREAM : 0,
                            stream,
                            Arrays.copyOfRange(bytes, at, to)));
        }
        return this;
    }

    /// Sends what was put, and says how many bytes that was.
    int flush() throws IOException {
        byte[] bytes = out.toByteArray();
        out.reset();
        connection.send(bytes);
        return bytes.length;
    }

    void patience(Duration time) throws IOException {
        connection.patience(time);
    }

    /// Asks and waits for the answer.
    End ask(int stream, Call call) throws IOException {
        putHeaders(stream, HeaderBlock.of(headers(call)), call.body().isEmpty());
        if (!call.body().isEmpty()) {
            putBody(stream, call.body());
        }
        return answer(stream);
    }

    /// The next frame.
    Frame next() throws IOException {
        byte[] head = connection.exactly(Frame.HEAD_BYTES);
        int length = (head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | (head[2] & 0xff);
        if (length > FRAME_BYTES_MAX) {
            throw new ProtocolException("a frame of " + length + " bytes");
        }
        int stream = ByteBuffer.wrap(head).getInt(5) & Integer.MAX_VALUE;
        return new Frame(head[3], head[4] & 0xff, stream, connection.exactly(length));
    }

    /// Answers what keeps a connection going.
    private void acknowledge(Frame frame) throws IOException {
        if (frame.type() == Frame.SETTINGS && !frame.has(Frame.ACK)) {
            put(Frame.bare(Frame.SETTINGS, Frame.ACK, 0)).flush();
        } else if (frame.type() == Frame.PING && !frame.has(Frame.ACK)) {
            put(new Frame(Frame.PING, Frame.ACK, 0, frame.payload())).flush();
        }
    }

    /// What becomes of the stream. [EOFException] when the connection ends instead.
    End answer(int stream) throws IOException {
        return answer(stream, false);
    }

    /// The same for a stream that may stay open: an answer that lets the caller go on is whole with its head.
    End head(int stream) throws IOException {
        return answer(stream, true);
    }

    private End answer(int stream, boolean mayStayOpen) throws IOException {
        flush();
        Optional<Map<String, List<String>>> head = Optional.empty();
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean last = false;
        while (true) {
            Frame frame = next();
            acknowledge(frame);
            if (frame.type() == Frame.GOAWAY && frame.number(4) != 0) {
                throw new EOFException("GOAWAY " + code(frame.number(4)));
            }
            if (frame.type() == Frame.RST_STREAM && frame.stream() == stream) {
                return new End.Reset(frame.number(0));
            }
            if (frame.type() == Frame.HEADERS || frame.type() == Frame.CONTINUATION) {
                block.writeBytes(frame.content());
                if (frame.has(Frame.END_HEADERS)) {
                    List<Header> read = HeaderBlock.read(block.toByteArray(), theirs);
                    block.reset();
                    if (frame.stream() == stream && head.filter(Streams::decided).isEmpty()) {
                        head = Optional.of(byName(read));
                    }
                }
            }
            if (frame.stream() != stream) {
                continue;
            }
            if (frame.type() == Frame.DATA && body.size() < Connection.ANSWER_BYTES_MAX) {
                body.writeBytes(frame.content());
            }
            last |=
                    (frame.type() == Frame.DATA || frame.type() == Frame.HEADERS)
                            && frame.has(Frame.END_STREAM);
            boolean lets = mayStayOpen && head.filter(Streams::letsGoOn).isPresent();
            if ((last || lets) && head.isPresent() && block.size() == 0) {
                String text = body.toString(StandardCharsets.UTF_8);
                return new End.Answered(new Reply(status(head.get()), head.get(), text, false));
            }
        }
    }

    /// Whether it is the head of the answer and not of one that announces it.
    private static boolean decided(Map<String, List<String>> head) {
        return status(head) >= 200;
    }

    private static boolean letsGoOn(Map<String, List<String>> head) {
        return decided(head) && status(head) < 300;
    }

    private static int status(Map<String, List<String>> head) {
        try {
            return Integer.parseInt(head.getOrDefault(":status", List.of("0")).getFirst());
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    private static Map<String, List<String>> byName(List<Header> headers) {
        Map<String, List<String>> named = new HashMap<>();
        headers.forEach(header ->
                named.computeIfAbsent(header.name(), _ -> new ArrayList<>()).add(header.value()));
        return named;
    }

    /// What is seen of that end.
    static Seen seen(End end) {
        return switch (end) {
            case End.Answered(Reply reply) -> Scene.seen(reply);
            case End.Reset(int code) -> new Seen.Dropped("stream reset: " + code(code));
        };
    }

    /// Whether the connection ends within that time; what comes meanwhile is read and forgotten.
    Optional<String> ended(Duration within) throws IOException {
        long end = System.nanoTime() + within.toNanos();
        try {
            patience(within);
            while (System.nanoTime() < end) {
                Frame frame = next();
                if (frame.type() == Frame.GOAWAY && frame.number(4) != 0) {
                    return Optional.of("GOAWAY " + code(frame.number(4)));
                }
            }
            return Optional.empty();
        } catch (SocketTimeoutException stillOpen) {
            return Optional.empty();
        } catch (IOException gone) {
            return Optional.of("connection closed");
        }
    }

    /// RFC 9113 §7.
    private static String code(int code) {
        String[] words = {
            "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR",
                    "SETTINGS_TIMEOUT",
            "STREAM_CLOSED", "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR",
            "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED"
        };
        return code >= 0 && code < words.length ? words[code] : Integer.toString(code);
    }

    @Override
    public void close() {
        connection.close();
    }
}
