package dev.ringwall.attack;

import dev.ringwall.model.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Requests that two parsers could read differently (RFC 9112 §11.2), sent over a raw connection. They must be refused, and whatever
/// stands behind them must never be answered as a request of its own.
final class ParserAttacks {

    /// How a server says that it does not go on with a request.
    private static final Set<Integer> REFUSALS =
            Set.of(400, 408, 411, 413, 414, 417, 431, 501, 505);

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PATIENCE_FOR_SECOND = Duration.ofMillis(500);
    private static final int LONG_CHARS = 200_000;
    private static final int HEADERS = 5_000;

    private ParserAttacks() {}

    static void derive(Derivation to) {
        String second = "GET /smuggled HTTP/1.1\r\nHost: HOST\r\n\r\n";
        head(
                to,
                "smuggling-cl-te",
                "both Content-Length and Transfer-Encoding",
                "Content-Length: "
                        + (5 + second.length())
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                        + second);
        head(
                to,
                "smuggling-te-cl",
                "both, the other way round",
                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n1\r\nA\r\n0\r\n\r\n"
                        + second);
        head(
                to,
                "smuggling-te-disguised",
                "a Transfer-Encoding that is not quite chunked",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + second);
        head(
                to,
                "smuggling-te-twice",
                "two Transfer-Encodings",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"
                        + second);
        head(
                to,
                "smuggling-two-lengths",
                "two lengths that differ",
                "Content-Length: 0\r\nContent-Length: " + second.length() + "\r\n\r\n" + second);
        head(
                to,
                "smuggling-signed-length",
                "a length with a sign",
                "Content-Length: +0\r\n\r\n" + second);
        head(
                to,
                "smuggling-space-before-colon",
                "a space before the colon",
                "Content-Length : " + second.length() + "\r\n\r\n" + second);
        behind(
                to,
                "smuggling-chunk-size",
                "a chunk whose size is no number",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n" + second);
        head(to, "header-nul", "a NUL in a header", "X-Note: a\0b\r\n\r\n");
        head(
                to,
                "header-too-large",
                "a header of " + LONG_CHARS + " bytes",
                "X-Note: " + "a".repeat(LONG_CHARS) + "\r\n\r\n");
        head(
                to,
                "headers-too-many",
                HEADERS + " headers",
                IntStream.range(0, HEADERS)
                                .mapToObj(number -> "X-" + number + ": a\r\n")
                                .collect(Collectors.joining())
                        + "\r\n");
        head(to, "host-twice", "two hosts", "Host: elsewhere.example\r\n\r\n");
        whole(to, "host-missing", "no host", path -> "GET " + path + " HTTP/1.1\r\n\r\n");
        whole(
                to,
                "line-too-long",
                "a request line of " + LONG_CHARS + " bytes",
                path ->
                        "GET "
                                + path
                                + "?"
                                + "a".repeat(LONG_CHARS)
                                + " HTTP/1.1\r\nHost: HOST\r\n\r\n");
        whole(to, "version-0.9", "HTTP/0.9", path -> "GET " + path + "\r\n\r\n");
    }

    private static void head(Derivation to, String name, String what, String rest) {
        whole(to, name, what, path -> "POST " + path + " HTTP/1.1\r\nHost: HOST\r\n" + rest);
    }

    /// What is wrong stands in the body, which may be refused unread; what counts is that nothing behind it is taken for a request.
    private static void behind(Derivation to, String name, String what, String rest) {
        add(
                to,
                name,
                what,
                path -> "POST " + path + " HTTP/1.1\r\nHost: HOST\r\n" + rest,
                status -> status >= 400 && status < 500);
    }

    private static void whole(
            Derivation to, String name, String what, UnaryOperator<String> request) {
        add(to, name, what, request, REFUSALS::contains);
    }

    private static void add(
            Derivation to,
            String name,
            String what,
            UnaryOperator<String> request,
            IntPredicate refusal) {
        Line line = to.blueprint().declaration().line();
        String path =
                to.own().stream()
                        .map(operation -> operation.route().path())
                        .filter(known -> !known.contains("{"))
                        .findFirst()
                        .orElse("/");
        to.add(
                "gateway/" + name,
                Family.PARSER,
                "somebody sends a request with " + what,
                line,
                Expectation.dropped(),
                scene -> play(scene, request.apply(path), refusal));
    }

    /// What is seen of a stream on which no good request was sent.
    static Seen parsed(Streams.End end) {
        return end instanceof Streams.End.Answered(Reply reply)
                        && Scene.refusal(reply).isEmpty()
                        && REFUSALS.contains(reply.status())
                ? new Seen.Thwarted("refused: " + reply.status())
                : Streams.seen(end);
    }

    private static Seen play(Scene scene, String text, IntPredicate refusal) throws IOException {
        Road door = scene.door();
        String request = text.replace("HOST", door.host());
        String shown = request.length() > 400 ? request.substring(0, 400) + "…" : request;
        scene.note(
                "printf '"
                        + shown.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0")
                        + "' | openssl s_client -quiet -connect "
                        + door.host());
        try (Connection connection = door.open()) {
            connection.patience(PATIENCE);
            connection.send(request.getBytes(StandardCharsets.ISO_8859_1));
            Reply first = connection.receive("POST");
            if (!refusal.test(first.status())) {
                return new Seen.Yielded("taken for a good request: " + first.excerpt());
            }
            return second(connection, first);
        } catch (IOException ended) {
            return Scene.seen(ended);
        }
    }

    private static Seen second(Connection connection, Reply first) {
        try {
            connection.patience(PATIENCE_FOR_SECOND);
            Reply second = connection.receive("GET");
            return new Seen.Yielded(
                    "refused, but what stood behind it was answered: " + second.excerpt());
        } catch (IOException nothing) {
            return new Seen.Thwarted("refused: " + first.status());
        }
    }
}
