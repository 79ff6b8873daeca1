package dev.ringwall.attack;

import dev.ringwall.attack.Call.Header;
import dev.ringwall.model.Allow;
import dev.ringwall.model.HttpRoute.Protocol;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// Requests over HTTP/2 that are none, or that would be another or two in the words of HTTP/1.1 (RFC 9113 §8.2, §8.3, §10.3). They must be
/// refused before anybody routes them.
final class StreamAttacks {

    private static final String SMUGGLED = "\r\n\r\nGET /smuggled HTTP/1.1\r\nX-Rest: ";

    private final Derivation to;
    private final String path;

    private StreamAttacks(Derivation to, String path) {
        this.to = to;
        this.path = path;
    }

    static void derive(Derivation to) {
        String open =
                to.own().stream()
                        .filter(one -> one.route().protocol() == Protocol.HTTP)
                        .filter(one -> one.allow() instanceof Allow.Anyone)
                        .filter(one -> one.route().method().equals("GET"))
                        .map(Operation::route)
                        .filter(route -> route.parameters().isEmpty())
                        .map(route -> route.path())
                        .findFirst()
                        .orElse("/");
        StreamAttacks attacks = new StreamAttacks(to, open);
        attacks.pseudoHeaders();
        attacks.smuggled();
        attacks.ofHttp1();
        attacks.blocks();
        TunnelAttacks.derive(to, open);
    }

    private void pseudoHeaders() {
        one("pseudo-unknown", "a pseudo-header of its own", first(":role", "admin"));
        one("pseudo-of-answers", "the pseudo-header of answers", first(":status", "200"));
        one("pseudo-twice", "two paths", first(":path", "/elsewhere"));
        one(
                "pseudo-late",
                "a pseudo-header behind a header",
                headers -> {
                    List<Header> late = new ArrayList<>(headers);
                    late.add(new Header("x-note", "a"));
                    late.add(late.remove(late.indexOf(named(headers, ":path"))));
                    return late;
                });
        one("path-missing", "no path", without(":path"));
        one("path-empty", "an empty path", set(":path", ""));
        one(
                "path-relative",
                "a path that does not begin at the root",
                set(":path", path.length() > 1 ? path.substring(1) : "products"));
        one("method-missing", "no method", without(":method"));
        one("scheme-missing", "no scheme", without(":scheme"));
        one("scheme-other", "the scheme of something else", set(":scheme", "http"));
        one("authority-missing", "no host at all", without(":authority"));
        one(
                "authority-and-host",
                "a Host beside another authority",
                last("host", "elsewhere.example"));
        one("authority-with-user", "a name in front of the host", set(":authority", "a@localhost"));
        one(
                "connect",
                "a wish for a tunnel",
                headers ->
                        without(":path")
                                .andThen(without(":scheme"))
                                .andThen(set(":method", "CONNECT"))
                                .andThen(set(":authority", "localhost:22"))
                                .apply(headers));
        one(
                "connect-extended",
                "a wish for a tunnel with a protocol",
                headers ->
                        set(":method", "CONNECT")
                                .andThen(first(":protocol", "websocket"))
                                .apply(headers));
    }

    private void smuggled() {
        one("path-newline", "a request in its path", set(":path", path + " HTTP/1.1" + SMUGGLED));
        one("path-space", "a space in its path", set(":path", path + " HTTP/1.1"));
        one(
                "method-newline",
                "a request in its method",
                set(":method", "GET / HTTP/1.1" + SMUGGLED));
        one("method-space", "a space in its method", set(":method", "GET /elsewhere?"));
        one("authority-newline", "a request in its authority", set(":authority", "a" + SMUGGLED));
        one("scheme-path", "a path in its scheme", set(":scheme", "https://elsewhere.example/?"));
        one("value-newline", "a request in a header", last("x-note", "a" + SMUGGLED));
        one("value-line-feed", "a header in a header", last("x-note", "a\nringwall-caller: root"));
        one("value-nul", "a NUL in a header", last("x-note", "a\0b"));
        one(
                "name-newline",
                "a request in a header's name",
                last("x-note: a" + SMUGGLED + "b", "c"));
        one("name-colon", "a colon in a header's name", last("x-note: a", "b"));
        one("name-space", "a space in a header's name", last("x note", "b"));
        one("name-upper-case", "a header in capitals", last("X-Note", "a"));
        one("name-empty", "a header without a name", last("", "a"));
    }

    private void ofHttp1() {
        one("connection", "a header about the connection", last("connection", "close"));
        one("keep-alive", "the same", last("keep-alive", "timeout=1000"));
        one("proxy-connection", "the same for proxies", last("proxy-connection", "keep-alive"));
        one("transfer-encoding", "a coding of HTTP/1.1", last("transfer-encoding", "chunked"));
        one("upgrade", "a wish to speak another protocol", last("upgrade", "websocket"));
        one("te", "codings in its answer that there are none of", last("te", "gzip"));
        one("length-signed", "a length with a sign", last("content-length", "+0"));
        one(
                "length-twice",
                "two lengths that differ",
                headers ->
                        last("content-length", "0")
                                .andThen(last("content-length", "30"))
                                .apply(headers));
        one("length-without-body", "a length and no body", last("content-length", "30"));
    }

    private void blocks() {
        add(
                "number-unknown",
                "a header by a number that stands for none",
                (streams, _) -> HeaderBlock.numbered(4000));
        add("block-cut-off", "headers that are cut off", (streams, block) -> cut(block));
        add(
                "table-too-large",
                "a table larger than was agreed upon",
                (streams, block) -> joined(HeaderBlock.resized(1 << 26), block));
    }

    private static byte[] cut(byte[] block) {
        return Arrays.copyOf(block, block.length - 3);
    }

    static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static Header named(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static UnaryOperator<List<Header>> first(String name, String value) {
        return headers -> {
            List<Header> more = new ArrayList<>(headers);
            more.addFirst(new Header(name, value));
            return more;
        };
    }

    private static UnaryOperator<List<Header>> last(String name, String value) {
        return headers -> {
            List<Header> more = new ArrayList<>(headers);
            more.add(new Header(name, value));
            return more;
        };
    }

    private static UnaryOperator<List<Header>> set(String name, String value) {
        return headers ->
                headers.stream()
                        .map(header ->
                                header.name().equals(name) ? new Header(name, value) : header)
                        .toList();
    }

    private static UnaryOperator<List<Header>> without(String name) {
        return headers -> headers.stream().filter(header -> !header.name().equals(name)).toList();
    }

    private void one(String name, String what, UnaryOperator<List<Header>> changed) {
        to.add(
                "gateway/h2-" + name,
                Family.STREAMS,
                "somebody sends a request over HTTP/2 with " + what,
                to.blueprint().declaration().line(),
                Expectation.dropped(Reason.BAD_REQUEST),
                scene -> {
                    try (Streams streams = open(scene, name)) {
                        List<Header> headers = changed.apply(streams.headers(Call.get(path)));
                        return outcome(streams, HeaderBlock.of(headers));
                    }
                });
    }

    /// What is sent in place of a good block of headers.
    @FunctionalInterface
    private interface Block {
        byte[] of(Streams streams, byte[] good);
    }

    private void add(String name, String what, Block block) {
        to.add(
                "gateway/h2-" + name,
                Family.STREAMS,
                "somebody sends over HTTP/2 " + what,
                to.blueprint().declaration().line(),
                Expectation.dropped(Reason.BAD_REQUEST),
                scene -> {
                    try (Streams streams = open(scene, name)) {
                        byte[] good = HeaderBlock.of(streams.headers(Call.get(path)));
                        return outcome(streams, block.of(streams, good));
                    }
                });
    }

    private Streams open(Scene scene, String what) throws IOException, NotPlayable {
        scene.note("curl --http2 " + scene.door().origin() + path + "   # with " + what);
        return Streams.open(scene.door());
    }

    private static Seen outcome(Streams streams, byte[] block) throws IOException {
        try {
            return ParserAttacks.parsed(streams.putHeaders(1, block, true).answer(1));
        } catch (IOException ended) {
            return Scene.seen(ended);
        }
    }
}
