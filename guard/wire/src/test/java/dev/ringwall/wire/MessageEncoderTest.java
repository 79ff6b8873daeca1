package dev.ringwall.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.EncoderException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What we write of HTTP/1.1 is what the library's own encoder writes, byte by byte; and what would begin another line is not written at all.
class MessageEncoderTest {

    private static String written(ChannelHandler encoder, List<Object> messages) {
        EmbeddedChannel channel = new EmbeddedChannel(encoder);
        StringBuilder all = new StringBuilder();
        try {
            channel.writeOutbound(messages.toArray());
            for (ByteBuf part = channel.readOutbound();
                    part != null;
                    part = channel.readOutbound()) {
                all.append(part.toString(StandardCharsets.ISO_8859_1));
                part.release();
            }
            return all.toString();
        } finally {
            channel.releaseOutbound();
            channel.finishAndReleaseAll();
        }
    }

    private static ByteBuf body(int bytes) {
        return Unpooled.buffer(bytes)
                .writeBytes("x".repeat(bytes).getBytes(StandardCharsets.US_ASCII));
    }

    private static Lines lines(String... texts) {
        Lines lines = new Lines(true);
        for (int i = 0; i < texts.length; i += 2) {
            lines.add(texts[i], texts[i + 1]);
        }
        return lines;
    }

    private static Object full(HttpResponseStatus status, int bytes, Lines lines) {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, body(bytes), lines, EmptyHttpHeaders.INSTANCE);
    }

    private static Object head(HttpResponseStatus status, Lines lines) {
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, lines);
    }

    /// Messages of one connection; made anew for each encoder, which releases them.
    private static List<Supplier<List<Object>>> answers() {
        List<Supplier<List<Object>>> all = new ArrayList<>();
        HttpResponseStatus own = new HttpResponseStatus(299, "Our own");
        for (HttpResponseStatus status :
                List.of(
                        HttpResponseStatus.OK,
                        own,
                        HttpResponseStatus.NOT_FOUND,
                        new HttpResponseStatus(404, ""))) {
            for (int bytes : new int[] {0, 1, 1_000, 100_000}) {
                String length = Integer.toString(bytes);
                all.add(() ->
                        List.of(
                                full(
                                        status,
                                        bytes,
                                        lines("Content-Length", length, "A", "\u00e9"))));
                all.add(() -> List.of(full(status, bytes, lines("Transfer-Encoding", "chunked"))));
                all.add(() ->
                        List.of(
                                head(status, lines("Content-Length", length)),
                                new DefaultHttpContent(body(bytes)),
                                LastHttpContent.EMPTY_LAST_CONTENT));
                all.add(() ->
                        List.of(
                                head(status, lines("Transfer-Encoding", "chunked")),
                                new DefaultHttpContent(body(bytes)),
                                new DefaultHttpContent(body(17)),
                                new DefaultLastHttpContent(
                                        body(bytes), lines("Grpc-Status", "0"))));
            }
        }
        for (HttpResponseStatus none :
                List.of(
                        HttpResponseStatus.CONTINUE,
                        HttpResponseStatus.NO_CONTENT,
                        HttpResponseStatus.RESET_CONTENT,
                        HttpResponseStatus.NOT_MODIFIED)) {
            all.add(() -> List.of(full(none, 0, lines("Content-Length", "5", "A", "b"))));
            all.add(() -> List.of(full(none, 5, lines("Transfer-Encoding", "chunked"))));
        }
        all.add(() ->
                List.of(
                        full(
                                HttpResponseStatus.SWITCHING_PROTOCOLS,
                                0,
                                lines("Upgrade", "websocket"))));
        return all;
    }

    @Test
    void answersAreWrittenAsTheLibraryWritesThem() {
        for (Supplier<List<Object>> messages : answers()) {
            String theirs = written(new HttpResponseEncoder(), messages.get());
            assertThat(written(new AnswerEncoder(), messages.get())).isEqualTo(theirs);
        }
    }

    @Test
    void requestsAreWrittenAsTheLibraryWritesThem() {
        for (int bytes : new int[] {0, 5, 100_000}) {
            for (String[] frame :
                    new String[][] {
                        {"Content-Length", Integer.toString(bytes)},
                        {"Transfer-Encoding", "chunked"}
                    }) {
                Supplier<List<Object>> parts =
                        () ->
                                List.of(
                                        new DefaultHttpRequest(
                                                HttpVersion.HTTP_1_1,
                                                HttpMethod.POST,
                                                "/a?b=%C3%A9",
                                                lines(frame)),
                                        new DefaultHttpContent(body(bytes)),
                                        LastHttpContent.EMPTY_LAST_CONTENT,
                                        new DefaultFullHttpRequest(
                                                HttpVersion.HTTP_1_1,
                                                HttpMethod.PUT,
                                                "/",
                                                body(bytes),
                                                lines(frame),
                                                EmptyHttpHeaders.INSTANCE));
                assertThat(written(new RequestEncoder(_ -> {}), parts.get()))
                        .isEqualTo(written(new HttpRequestEncoder(), parts.get()));
            }
        }
    }

    @Test
    void theAnswerToHeadHasNoBody() {
        AnswerEncoder encoder = new AnswerEncoder();
        encoder.answersHead(true);
        assertThat(
                        written(
                                encoder,
                                List.of(
                                        full(
                                                HttpResponseStatus.OK,
                                                5,
                                                lines("Content-Length", "5")))))
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
    }

    @Test
    void nothingThatWouldBeginAnotherLineIsWritten() {
        for (String odd : List.of("a\r\nB: c", "a\nb", "a\0", "a\u007f")) {
            Lines unchecked = new Lines(false);
            unchecked.add("A", odd);
            ByteBuf body = body(3);
            assertThatExceptionOfType(EncoderException.class)
                    .as(odd)
                    .isThrownBy(() ->
                            written(
                                    new AnswerEncoder(),
                                    List.of(
                                            new DefaultFullHttpResponse(
                                                    HttpVersion.HTTP_1_1,
                                                    HttpResponseStatus.OK,
                                                    body,
                                                    unchecked,
                                                    EmptyHttpHeaders.INSTANCE))));
            assertThat(body.refCnt()).isZero();
        }
        for (String target : List.of("/a\u010ab", "/\u00e9", "/a\u007f")) {
            assertThatExceptionOfType(EncoderException.class)
                    .isThrownBy(() ->
                            written(
                                    new RequestEncoder(_ -> {}),
                                    List.of(
                                            new DefaultHttpRequest(
                                                    HttpVersion.HTTP_1_1,
                                                    HttpMethod.GET,
                                                    target,
                                                    new Lines(false)))));
        }
        Lines wide = new Lines(false);
        wide.add("A", "\u010d\u010aB: c");
        assertThat(written(new AnswerEncoder(), List.of(full(HttpResponseStatus.OK, 0, wide))))
                .isEqualTo("HTTP/1.1 200 OK\r\nA: ??B: c\r\n\r\n");
    }

    @Test
    void aBodyWithoutAHeadAndAHeadWithinABodyAreReleasedAndNotWritten() {
        ByteBuf lonely = body(3);
        assertThatExceptionOfType(EncoderException.class)
                .isThrownBy(() ->
                        written(new AnswerEncoder(), List.of(new DefaultHttpContent(lonely))));
        ByteBuf second = body(3);
        assertThatExceptionOfType(EncoderException.class)
                .isThrownBy(() ->
                        written(
                                new AnswerEncoder(),
                                List.of(
                                        head(HttpResponseStatus.OK, lines("Content-Length", "1")),
                                        new DefaultFullHttpResponse(
                                                HttpVersion.HTTP_1_1,
                                                HttpResponseStatus.OK,
                                                second))));
        assertThat(List.of(lonely.refCnt(), second.refCnt())).containsOnly(0);
    }
}
