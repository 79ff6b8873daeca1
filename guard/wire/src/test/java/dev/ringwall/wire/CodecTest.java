package dev.ringwall.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What we read of HTTP/1.1 is what the library's own decoder reads with its strictest settings, or less: where it refuses, we do; where we
/// take something, it takes the same. In how many pieces it comes makes no difference.
class CodecTest {

    private static final int MUTANTS_OF_EACH = 1_000;

    private static final String T_400 = "t".repeat(400);

    /// Lines, which end in CR LF but for the last of each.
    private static String text(String... lines) {
        return String.join("\r\n", lines);
    }

    private static final List<String> REQUESTS =
            List.of(
                    text("GET /a?b=c HTTP/1.1", "Host: x", "Accept: */*", "X-Own:\t d e ", "", ""),
                    text("GET / HTTP/1.0", "Host: x", "Connection: keep-alive", "", ""),
                    text(
                            "",
                            "",
                            "HEAD /a HTTP/1.1",
                            "host:x",
                            "User-Agent: caf\u00e9",
                            "A:",
                            "",
                            ""),
                    text(
                            "POST /a HTTP/1.1",
                            "Host: x",
                            "Content-Length: 5",
                            "",
                            "helloGET / HTTP/1.1",
                            "Host: y",
                            "",
                            ""),
                    text(
                                    "PUT /a HTTP/1.1",
                                    "Host: x",
                                    "transfer-encoding: Chunked",
                                    "",
                                    "5",
                                    "hello")
                            + text(
                                    "",
                                    "00A;b=c;d=\"e f\\\"\"",
                                    "0123456789",
                                    "0",
                                    "X-End: 1",
                                    "Trailer: z",
                                    "",
                                    "")
                            + text("DELETE /b HTTP/1.1", "Host: x", "Content-Length: 0", "", ""),
                    text(
                                    "QUERY /" + T_400 + " HTTP/1.1",
                                    "Host: x",
                                    "Authorization: Bearer " + T_400,
                                    "")
                            + "X-1: a\r\nX-2: b\r\nX-3: c\r\n".repeat(6)
                            + "\r\n");

    private static final List<String> ANSWERS =
            List.of(
                    text(
                                    "HTTP/1.1 200 OK",
                                    "Content-Type: text/plain",
                                    "Content-Length: 5",
                                    "",
                                    "hello")
                            + text("HTTP/1.1 204 No Content", "Date: now", "", ""),
                    text(
                                    "HTTP/1.1 100 Continue",
                                    "",
                                    "HTTP/1.1 200 Fine",
                                    "Transfer-Encoding: chunked",
                                    "",
                                    "3",
                                    "abc")
                            + text(
                                    "",
                                    "1f",
                                    "0123456789012345678901234567890",
                                    "0",
                                    "Grpc-Status: 0",
                                    "",
                                    ""),
                    text("HTTP/1.0 200 OK", "Server: old", "", "until the end"),
                    text(
                                    "HTTP/1.1 304 Not Modified",
                                    "ETag: \"a\"",
                                    "Content-Length: 9",
                                    "",
                                    "HTTP/1.1 404 ")
                            + text(
                                    "",
                                    "Content-Length: 0",
                                    "",
                                    "HTTP/1.1 500",
                                    "Content-Length: 1",
                                    "",
                                    "x"),
                    text(
                            "HTTP/1.1 101 Switching Protocols",
                            "Upgrade: websocket",
                            "Sec-WebSocket-Accept: a",
                            "",
                            "\u0081\u0001a"));

    private static final List<String> LISTS =
            List.of(
                    ",",
                    "Content-Length: 3, 3\r\n",
                    "Transfer-Encoding: gzip, chunked\r\n",
                    "Transfer-Encoding: chunked, chunked\r\n");

    /// What parsers disagree about.
    private static final List<String> TROUBLE =
            Stream.of(
                            "\n,\r,\r\r\n,\r\n, ,\t,:, :,;,\0,\u000b,\u007f,\u0085,\u00a0,=,\",\\,0,-1,+1,0x1,5 \r\n,5;\r\n,5\n",
                            "00000000000000000000,ffffffff,7fffffff0,0\r\n\r\n,HTTP/1.0,HTTP/2.0,http/1.1, folded\r\n",
                            "Content-Length: 3\r\n,Content-Length:\r\n,Content-Length: 18446744073709551621\r\n",
                            "Transfer-Encoding: chunked\r\n,Transfer-Encoding: identity\r\n,Transfer-Encoding:\u000bchunked\r\n",
                            "Connection: close\r\n,Host: other\r\n,GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n,HTTP/1.1 200 OK\r\n\r\n")
                    .flatMap(some -> Stream.concat(Stream.of(some.split(",", -1)), LISTS.stream()))
                    .toList();

    @Test
    void requestsAreReadAsTheLibraryReadsThemOrRefused() {
        hold(REQUESTS, CodecTest::libraryRequests, StrictRequestDecoder::new);
    }

    @Test
    void answersAreReadAsTheLibraryReadsThemOrRefused() {
        hold(ANSWERS, CodecTest::libraryAnswers, AnswerDecoder::new);
    }

    private static ChannelHandler libraryRequests() {
        return new HttpRequestDecoder(
                limits().setMaxInitialLineLength(StrictRequestDecoder.LINE_BYTES_MAX)
                        .setMaxHeaderSize(StrictRequestDecoder.HEADER_BYTES_MAX));
    }

    private static ChannelHandler libraryAnswers() {
        return new HttpResponseDecoder(limits().setMaxHeaderSize(UpstreamCodec.HEADER_BYTES_MAX));
    }

    private static HttpDecoderConfig limits() {
        return new HttpDecoderConfig()
                .setMaxChunkSize(MessageDecoder.PART_BYTES_MAX)
                .setStrictLineParsing(true)
                .setAllowDuplicateContentLengths(false);
    }

    private static void hold(
            List<String> seeds,
            Supplier<ChannelHandler> library,
            Supplier<? extends ChannelHandler> ours) {
        SplittableRandom random = new SplittableRandom(20_261_130);
        int refused = 0;
        for (String seed : seeds) {
            List<String> well = MessagesRead.by(ours.get(), seed, _ -> seed.length());
            assertThat(well).isEqualTo(MessagesRead.by(library.get(), seed, _ -> seed.length()));
            assertThat(well).isNotEmpty().doesNotContain(MessagesRead.BAD);
            for (int at = 1; at < seed.length(); at++) {
                int first = at;
                assertThat(
                                MessagesRead.by(
                                        ours.get(),
                                        seed,
                                        from -> from == 0 ? first : seed.length()))
                        .as("split at %s: %s", at, seed)
                        .isEqualTo(well);
            }
            assertThat(MessagesRead.by(ours.get(), seed, _ -> 1)).isEqualTo(well);
            for (int i = 0; i < MUTANTS_OF_EACH; i++) {
                refused += compare(bent(seed, random), random, library, ours) ? 0 : 1;
            }
        }
        int all = seeds.size() * MUTANTS_OF_EACH;
        assertThat(refused).isBetween(all / 10, all * 9 / 10);
    }

    /// Returns whether nothing of it was refused.
    private static boolean compare(
            String bent,
            SplittableRandom random,
            Supplier<ChannelHandler> library,
            Supplier<? extends ChannelHandler> ours) {
        List<String> whole = MessagesRead.by(ours.get(), bent, _ -> bent.length());
        List<String> theirs = MessagesRead.by(library.get(), bent, _ -> bent.length());
        int piece = 1 + random.nextInt(40);
        assertThat(MessagesRead.by(ours.get(), bent, _ -> 1 + random.nextInt(piece)))
                .as("in pieces: %s", bent)
                .isEqualTo(whole);
        if (!whole.contains(MessagesRead.BAD)) {
            assertThat(whole).as(bent).isEqualTo(theirs);
            return true;
        }
        List<String> taken = taken(whole);
        List<String> known = taken(theirs);
        assertThat(known).as(bent).hasSizeGreaterThanOrEqualTo(taken.size());
        if (!taken.isEmpty()) {
            int last = taken.size() - 1;
            assertThat(taken.subList(0, last)).as(bent).isEqualTo(known.subList(0, last));
            assertThat(known.get(last))
                    .as(bent)
                    .startsWith(taken.get(last)); // of a body that breaks off
        }
        return false;
    }

    private static List<String> taken(List<String> read) {
        int bad = read.indexOf(MessagesRead.BAD);
        return bad < 0 ? read : read.subList(0, bad);
    }

    private static String bent(String text, SplittableRandom random) {
        String now = text;
        for (int change = random.nextInt(1, 4); change > 0; change--) {
            int at = random.nextInt(now.length() + 1);
            if (random.nextBoolean()) { // where a line begins
                at = Math.min(now.length(), now.indexOf("\r\n", at) + 2);
            }
            String before = now.substring(0, at);
            String after = now.substring(at);
            now =
                    switch (random.nextInt(5)) {
                        case 0, 1 -> before + TROUBLE.get(random.nextInt(TROUBLE.size())) + after;
                        case 2 -> before + after.substring(Math.min(after.length(), 1));
                        case 3 -> before + (char) random.nextInt(256) + after;
                        default -> before;
                    };
        }
        return now;
    }
}
