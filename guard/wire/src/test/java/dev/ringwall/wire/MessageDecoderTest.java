package dev.ringwall.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How messages come in: what is asked for, what is handed on, where it stops.
class MessageDecoderTest {

    private static final String HEAD = "GET /a HTTP/1.1\r\nHost: x\r\n";
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";

    private static Object next(EmbeddedChannel channel) {
        return channel.readInbound();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    /// The failure of the last message that was read of it.
    private static Throwable failure(String text) {
        EmbeddedChannel channel = new EmbeddedChannel(new StrictRequestDecoder());
        channel.writeInbound(bytes(text));
        Throwable cause = null;
        for (Object each = channel.readInbound(); each != null; each = channel.readInbound()) {
            cause = ((HttpObject) each).decoderResult().cause();
            ReferenceCountUtil.release(each);
        }
        channel.writeInbound(bytes(HEAD + "\r\n"));
        assertThat(channel.inboundMessages().isEmpty())
                .as("nothing is read behind what is not well formed")
                .isEqualTo(cause != null);
        channel.finishAndReleaseAll();
        return cause;
    }

    @Test
    void whatIsOddIsNamed() {
        assertThat(failure(HEAD + "A: b\r\n c\r\n\r\n")).hasMessage("a folded header line");
        assertThat(failure(HEAD + "A : b\r\n\r\n")).hasMessage("white space before a colon");
        assertThat(failure(HEAD + ": b\r\n\r\n")).hasMessage("a header without a name");
        assertThat(failure(HEAD + "none\r\n\r\n")).hasMessage("No colon found");
        assertThat(failure(HEAD + "A\u00e9: b\r\n\r\n")).hasMessage("a header name with 0xe9");
        assertThat(failure(HEAD + "A: b\0\r\n\r\n")).hasMessage("a control character 0x0");
        assertThat(failure(HEAD + "A: b\n\r\n")).hasMessage("a line that does not end in CR LF");
        assertThat(failure(HEAD + "A: b\rc\r\n\r\n")).hasMessage("a CR without LF");
        assertThat(failure(HEAD + "\n")).hasMessage("a line that does not end in CR LF");
        assertThat(failure("\n" + HEAD)).hasMessage("something before the request line");
        assertThat(failure("\r\n".repeat(9) + HEAD))
                .hasMessage("empty lines before the request line");
        assertThat(failure("GET  /a HTTP/1.1\r\n\r\n")).hasMessage("a request line that is none");
        assertThat(failure("GET /a\tHTTP/1.1\r\n\r\n")).hasMessage("a request line that is none");
        assertThat(failure("GET /a HTTP/2.0\r\n\r\n")).hasMessage("an unknown version of HTTP");
        assertThat(failure("GET /a http/1.1\r\n\r\n")).hasMessage("an unknown version of HTTP");
    }

    @Test
    void whatIsOddInABodyIsNamed() {
        for (String line :
                List.of(
                        "",
                        " 5",
                        "5 ",
                        "+5",
                        "-5",
                        "0x5",
                        "5;",
                        "5;a=",
                        "5;a=\"b",
                        "5 ;a",
                        "5;\u00e9",
                        "g")) {
            assertThat(failure(CHUNKED + line + "\r\nhello\r\n0\r\n\r\n"))
                    .as(line)
                    .hasMessage("a chunk line that is none");
        }
        assertThat(failure(CHUNKED + "5\nhello\r\n")).hasMessage("a chunk line that is none");
        assertThat(failure(CHUNKED + "80000000\r\n"))
                .hasMessage("a chunk of more bytes than there can be");
        assertThat(failure(CHUNKED + "0".repeat(2_000)))
                .hasMessage("a chunk line of more than 1024 bytes");
        assertThat(failure(CHUNKED + "5\r\nhello!\r\n"))
                .hasMessage("a chunk that does not end where it says");
        assertThat(failure(CHUNKED + "5\r\nhello\n0\r\n"))
                .hasMessage("a chunk that does not end where it says");
        assertThat(failure(CHUNKED + "0\r\nHost: y\r\n\r\n"))
                .hasMessage("a trailer that belongs into the head: host");
        assertThat(failure(CHUNKED + "0\r\nContent-Length: 1\r\n\r\n"))
                .hasMessage("a trailer that belongs into the head: content-length");
        assertThat(failure(CHUNKED + "0\r\n A: b\r\n\r\n")).hasMessage("a folded header line");
        assertThat(failure(CHUNKED + "0;a=b;c=\"d e\"\r\nA: b\r\n\r\n")).isNull();
    }

    @Test
    void eachLengthHasALimit() {
        int line = StrictRequestDecoder.LINE_BYTES_MAX - "GET / HTTP/1.1\r\n".length();
        int value = StrictRequestDecoder.HEADER_BYTES_MAX - "A: \r\n\r\n".length();
        String all = "A: b\r\n".repeat(StrictRequestDecoder.HEADERS_MAX);

        assertThat(failure("GET /" + "a".repeat(line) + " HTTP/1.1\r\n\r\n")).isNull();
        assertThat(failure("GET /" + "a".repeat(line + 1) + " HTTP/1.1\r\n\r\n"))
                .isInstanceOf(TooLongHttpLineException.class);
        assertThat(failure("GET / HTTP/1.1\r\nA: " + "b".repeat(value) + "\r\n\r\n")).isNull();
        assertThat(failure("GET / HTTP/1.1\r\nA: " + "b".repeat(value + 1) + "\r\n\r\n"))
                .isInstanceOf(TooLongHttpHeaderException.class);
        assertThat(failure("GET / HTTP/1.1\r\n" + all + "\r\n")).isNull();
        assertThat(failure("GET / HTTP/1.1\r\n" + all + "A: b\r\n\r\n"))
                .isInstanceOf(TooLongHttpHeaderException.class);
    }

    @Test
    void aReadIsAskedForWhereNothingCouldBeHandedOn() {
        int[] reads = {0};
        EmbeddedChannel channel =
                new EmbeddedChannel(
                        new ChannelOutboundHandlerAdapter() {
                            @Override
                            public void read(ChannelHandlerContext context) {
                                reads[0]++;
                            }
                        },
                        new StrictRequestDecoder());
        channel.config().setAutoRead(false);
        int before = reads[0];
        channel.writeInbound(bytes("GET / HT"));
        assertThat(reads[0]).isEqualTo(before + 1);
        channel.writeInbound(bytes("TP/1.1\r\nHost: x\r\n\r\n"));
        assertThat(reads[0]).as("somebody has something to do").isEqualTo(before + 1);
        channel.finishAndReleaseAll();
    }

    @Test
    void sinceWhenAHeadArrivesIsKnownUntilItIsWhole() {
        StrictRequestDecoder decoder = new StrictRequestDecoder();
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        assertThat(decoder.headSinceNanos()).isZero();
        channel.writeInbound(bytes("G"));
        long since = decoder.headSinceNanos();
        assertThat(since).isNotZero();
        channel.writeInbound(bytes("ET / HTTP/1.1\r\nContent-Length: 3\r\n"));
        assertThat(decoder.headSinceNanos()).isEqualTo(since);
        channel.writeInbound(bytes("\r\na"));
        assertThat(decoder.headSinceNanos()).as("in a body").isZero();
        channel.finishAndReleaseAll();
    }

    @Test
    void aBodyIsHandedOnInPartsAndNotCopied() {
        EmbeddedChannel channel = new EmbeddedChannel(new StrictRequestDecoder());
        int length = MessageDecoder.PART_BYTES_MAX + 10;
        channel.writeInbound(bytes(HEAD + "Content-Length: " + length + "\r\n\r\n"));
        ByteBuf body = Unpooled.buffer(length).writeZero(length);
        channel.writeInbound(body);

        assertThat(next(channel)).isInstanceOf(HttpRequest.class);
        HttpContent first = channel.readInbound();
        HttpContent second = channel.readInbound();
        assertThat(first.content().readableBytes()).isEqualTo(MessageDecoder.PART_BYTES_MAX);
        assertThat(second).isInstanceOf(LastHttpContent.class);
        assertThat(second.content()).isSameAs(body);
        first.release();
        second.release();
        assertThat(body.refCnt()).isZero();
        channel.finishAndReleaseAll();
    }

    @Test
    void anAnswerWithoutALengthEndsWithTheConnectionAndOneWithALengthMustBeWhole() {
        EmbeddedChannel open = new EmbeddedChannel(new AnswerDecoder());
        open.writeInbound(bytes("HTTP/1.1 200 OK\r\n\r\nabc"));
        open.finish();
        assertThat(open.inboundMessages()).last().isInstanceOf(LastHttpContent.class);
        open.releaseInbound();

        EmbeddedChannel cut = new EmbeddedChannel(new AnswerDecoder());
        cut.writeInbound(bytes("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"));
        cut.finish();
        assertThat(cut.inboundMessages()).noneMatch(LastHttpContent.class::isInstance);
        cut.releaseInbound();
    }

    @Test
    void theAnswerToHeadHasNoBodyWhateverItSays() {
        AnswerDecoder decoder = new AnswerDecoder();
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        decoder.answersHead(true);
        channel.writeInbound(
                bytes(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nHTTP/1.1 404 No\r\n\r\n"));
        HttpResponse head = channel.readInbound();
        assertThat(head.headers().isEmpty()).isTrue();
        assertThat(next(channel)).isSameAs(LastHttpContent.EMPTY_LAST_CONTENT);
        HttpResponse next = channel.readInbound();
        assertThat(next.status().reasonPhrase()).isEqualTo("No");
        channel.finishAndReleaseAll();
    }

    @Test
    void answersThatCouldBeReadInTwoWaysAreRefused() {
        for (String lines :
                List.of(
                        "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
                        "Content-Length: 1\r\nContent-Length: 1\r\n",
                        "Transfer-Encoding: gzip\r\n",
                        "Transfer-Encoding: gzip, chunked\r\n",
                        "A: b\r\n c\r\n")) {
            EmbeddedChannel channel = new EmbeddedChannel(new AnswerDecoder());
            channel.writeInbound(bytes("HTTP/1.1 200 OK\r\n" + lines + "\r\nx"));
            HttpResponse head = channel.readInbound();
            assertThat(head.decoderResult().isFailure()).as(lines).isTrue();
            assertThat(next(channel)).isNull();
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void whatIsLeftGoesToWhoeverTakesOver() {
        EmbeddedChannel channel =
                new EmbeddedChannel(
                        new StrictRequestDecoder(),
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext context, Object message) {
                                if (message instanceof LastHttpContent) {
                                    context.pipeline().remove(StrictRequestDecoder.class);
                                }
                                context.fireChannelRead(message);
                            }
                        });
        channel.writeInbound(bytes(HEAD + "\r\nraw"), bytes("more"));

        assertThat(next(channel)).isInstanceOf(HttpRequest.class);
        StringBuilder left = new StringBuilder();
        for (Object each = channel.readInbound(); each != null; each = channel.readInbound()) {
            if (each instanceof ByteBuf raw) {
                left.append(raw.toString(StandardCharsets.US_ASCII));
            }
            ReferenceCountUtil.release(each);
        }
        assertThat(left).hasToString("rawmore");
        channel.finishAndReleaseAll();
    }
}
