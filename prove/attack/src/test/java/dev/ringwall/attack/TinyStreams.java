package dev.ringwall.attack;

import dev.ringwall.attack.Call.Header;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One connection of the tiny door that speaks HTTP/2: strict, and impatient with whoever makes much work of few bytes.
final class TinyStreams {

    private static final int HEAD_BYTES_MAX = 65_536;
    private static final int MOVES_MAX = 300;
    private static final int STREAMS_MAX = 100;
    private static final int PROTOCOL_ERROR = 1;
    private static final int COMPRESSION_ERROR = 9;
    private static final int REFUSED_STREAM = 7;
    private static final int CALM = 11;
    private static final String FIRST_PAGE = "/notes";

    private final InputStream in;
    private final OutputStream out;
    private final InetAddress from;
    private final TinyHttp.Handler handler;
    private final Set<Weakness> weaknesses;
    private final HeaderTable table = new HeaderTable(HeaderBlock.TABLE_BYTES);
    private final Map<Integer, Asked> open = new LinkedHashMap<>();
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private int moves;
    private Optional<String> token = Optional.empty();

    private record Asked(List<Header> headers, ByteArrayOutputStream body) {}

    TinyStreams(
            InputStream in,
            OutputStream out,
            InetAddress from,
            TinyHttp.Handler handler,
            Set<Weakness> weaknesses) {
        this.in = in;
        this.out = out;
        this.from = from;
        this.handler = handler;
        this.weaknesses = weaknesses;
    }

    private boolean weak(Weakness weakness) {
        return weaknesses.contains(weakness);
    }

    void serve() throws Exception {
        in.skipNBytes(Streams.PREFACE.length());
        send(Frame.bare(Frame.SETTINGS, 0, 0));
        int wrong = 0;
        while (wrong == 0) {
            wrong = on(next());
        }
        send(new Frame(Frame.GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(4, wrong).array()));
    }

    /// What the connection must be ended for; 0 when it goes on.
    private int on(Frame frame) throws Exception {
        boolean ofBody = frame.type() == Frame.DATA && frame.payload().length > 0;
        boolean ofHead = frame.type() == Frame.HEADERS && frame.has(Frame.END_HEADERS);
        moves += ofBody || ofHead ? 0 : 1;
        if (moves > MOVES_MAX && !weak(Weakness.FLOODS_SUFFERED)) {
            return CALM;
        }
        return switch (frame.type()) {
            case Frame.HEADERS, Frame.CONTINUATION -> headers(frame);
            case Frame.DATA -> data(frame);
            case Frame.RST_STREAM -> {
                open.remove(frame.stream());
                yield 0;
            }
            case Frame.WINDOW_UPDATE -> {
                if (frame.number(0) == 0) {
                    reset(frame.stream(), PROTOCOL_ERROR);
                }
                yield 0;
            }
            default -> 0;
        };
    }

    private int headers(Frame frame) throws Exception {
        block.writeBytes(frame.content());
        if (block.size() > HEAD_BYTES_MAX) {
            if (!weak(Weakness.FLOODS_SUFFERED)) {
                return CALM;
            }
            block.reset();
        }
        if (!frame.has(Frame.END_HEADERS)) {
            return 0;
        }
        byte[] whole = block.toByteArray();
        block.reset();
        boolean resized = whole.length > 0 && (whole[0] & 0xe0) == 0x20;
        if (resized && !weak(Weakness.STREAMS_UNCHECKED)) {
            return COMPRESSION_ERROR;
        }
        List<Header> headers;
        try {
            headers = HeaderBlock.read(whole, table);
        } catch (IOException unreadable) {
            if (!weak(Weakness.STREAMS_UNCHECKED)) {
                return COMPRESSION_ERROR;
            }
            headers = readable(whole);
        }
        long size = headers.stream().mapToLong(one -> one.value().length()).sum();
        if (size > HEAD_BYTES_MAX) {
            return weak(Weakness.FLOODS_SUFFERED) ? 0 : CALM;
        }
        Asked asked = open.get(frame.stream());
        if (asked != null) {
            return trailers(frame.stream(), asked, headers);
        }
        boolean wished = headers.stream().anyMatch(one -> one.name().equals(":protocol"));
        boolean tunnel =
                wished
                        && (weak(Weakness.STREAMS_UNCHECKED)
                                || (weak(Weakness.UPGRADES_LET_THROUGH)
                                        && TinyStreamRules.webSocket(headers)));
        if (!tunnel && !TinyStreamRules.good(headers) && !weak(Weakness.STREAMS_UNCHECKED)) {
            reset(frame.stream(), PROTOCOL_ERROR);
            return 0;
        }
        if (open.size() > STREAMS_MAX && !weak(Weakness.FLOODS_SUFFERED)) {
            moves++;
            reset(frame.stream(), REFUSED_STREAM);
            return 0;
        }
        open.put(frame.stream(), new Asked(headers, new ByteArrayOutputStream()));
        if (frame.has(Frame.END_STREAM) || tunnel) {
            answer(frame.stream());
        }
        return 0;
    }

    /// As much of it as makes sense.
    private static List<Header> readable(byte[] block) {
        for (int length = block.length - 1; length > 0; length--) {
            try {
                byte[] part = Arrays.copyOf(block, length);
                return HeaderBlock.read(part, new HeaderTable(HeaderBlock.TABLE_BYTES));
            } catch (IOException unreadable) {
                // less of it may be readable
            }
        }
        return List.of();
    }

    /// The path as somebody careless takes it who looks at nothing else: what there is of it up to the first blank, or the first page.
    private String path(Map<String, List<String>> headers) {
        String path = headers.getOrDefault(":path", List.of("")).getLast();
        if (!weak(Weakness.STREAMS_UNCHECKED)) {
            return path;
        }
        String first = path.split(" ", 2)[0];
        return first.isEmpty() ? FIRST_PAGE : first.startsWith("/") ? first : "/" + first;
    }

    private String method(Map<String, List<String>> headers) {
        String method = headers.getOrDefault(":method", List.of("GET")).getFirst();
        boolean careless =
                headers.containsKey(":protocol")
                        || (weak(Weakness.STREAMS_UNCHECKED) && !method.matches("[A-Z]{3,6}"));
        return careless ? "GET" : method;
    }

    private int trailers(int stream, Asked asked, List<Header> headers) throws Exception {
        if (!TinyStreamRules.goodTrailers(headers) && !weak(Weakness.STREAM_BODIES_UNCHECKED)) {
            reset(stream, PROTOCOL_ERROR);
            return 0;
        }
        open.put(stream, asked);
        answer(stream);
        return 0;
    }

    private int data(Frame frame) throws Exception {
        Asked asked = open.get(frame.stream());
        if (asked != null) {
            asked.body().writeBytes(frame.content());
            if (frame.has(Frame.END_STREAM)) {
                answer(frame.stream());
            }
        }
        return 0;
    }

    private void answer(int stream) throws Exception {
        Asked asked = open.remove(stream);
        if (asked == null) {
            return;
        }
        Map<String, List<String>> headers = new HashMap<>();
        asked.headers()
                .forEach(one ->
                        headers.computeIfAbsent(
                                        one.name().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                                .add(one.value()));
        String length =
                headers.getOrDefault("content-length", List.of("" + asked.body().size()))
                        .getFirst();
        Weakness lax =
                asked.body().size() == 0
                        ? Weakness.STREAMS_UNCHECKED
                        : Weakness.STREAM_BODIES_UNCHECKED;
        if (!length.equals("" + asked.body().size()) && !weak(lax)) {
            reset(stream, PROTOCOL_ERROR);
            return;
        }
        headers.remove("upgrade"); // it means nothing here
        Optional<String> shown =
                headers.getOrDefault("authorization", List.of()).stream().findFirst();
        token = shown.or(() -> token);
        if (weak(Weakness.TOKEN_OF_CONNECTION)) {
            token.ifPresent(text -> headers.put("authorization", List.of(text)));
        }
        TinyHttp.Response response =
                handler.answer(
                        new TinyHttp.Request(
                                method(headers),
                                path(headers),
                                headers,
                                asked.body().toString(StandardCharsets.UTF_8),
                                from,
                                Optional.empty()));
        List<Header> head = new ArrayList<>();
        head.add(new Header(":status", "" + response.status()));
        response.headers()
                .forEach((name, value) ->
                        head.add(new Header(name.toLowerCase(Locale.ROOT), value)));
        send(new Frame(Frame.HEADERS, Frame.END_HEADERS, stream, HeaderBlock.of(head)));
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        send(new Frame(Frame.DATA, Frame.END_STREAM, stream, body));
    }

    private void reset(int stream, int code) throws IOException {
        open.remove(stream);
        send(Frame.of(Frame.RST_STREAM, stream, code));
    }

    private Frame next() throws IOException {
        ByteBuffer head = ByteBuffer.wrap(exactly(Frame.HEAD_BYTES));
        int length = (head.get() & 0xff) << 16 | (head.getShort() & 0xffff);
        return new Frame(head.get(), head.get() & 0xff, head.getInt(), exactly(length));
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("closed");
        }
        return bytes;
    }

    private void send(Frame frame) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        frame.writeTo(bytes);
        out.write(bytes.toByteArray());
        out.flush();
    }
}
