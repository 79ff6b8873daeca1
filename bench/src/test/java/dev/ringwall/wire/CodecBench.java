package dev.ringwall.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A request of a browser and an answer of 1 KiB, read and written by what we have and by what the library has with its strictest settings;
/// `nobody` tells what the pipeline around them takes.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBench {

    private static final int LINE_BYTES_MAX = 8 << 10;
    private static final int HEADER_BYTES_MAX = 48 << 10;
    private static final int PART_BYTES_MAX = 64 << 10;

    private static final String REQUEST =
            """
            GET /items/4711?with=prices HTTP/1.1
            Host: shop.example.com:8443
            User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36
            Accept: application/json, text/plain, */*
            Accept-Encoding: gzip, deflate, br, zstd
            Accept-Language: de-DE,de;q=0.9,en;q=0.8
            Authorization: Bearer %s
            Cache-Control: no-cache
            Connection: keep-alive
            Origin: https://shop.example.com
            Referer: https://shop.example.com/items
            Sec-Fetch-Mode: cors
            Sec-Fetch-Site: same-origin

            """
                    .formatted("eyJhbGci".repeat(49));

    private static final String ANSWER =
            """
            HTTP/1.1 200 OK
            Content-Type: application/json
            Content-Length: 1024
            Date: Tue, 01 Dec 2026 08:00:00 GMT
            Cache-Control: no-store
            ETag: "5f3c2a"
            X-Request-ID: 01J9ZX4T5V6W7X8Y9Z

            """;

    /// Who reads and writes.
    public enum By {
        LIBRARY,
        OURS,
        NOBODY
    }

    @Param({"LIBRARY", "OURS", "NOBODY"})
    public By by;

    private ByteBuf request;
    private ByteBuf answer;
    private Lines requestLines;
    private Lines answerLines;
    private ByteBuf body;
    private EmbeddedChannel requestsIn;
    private EmbeddedChannel answersIn;
    private EmbeddedChannel requestsOut;
    private EmbeddedChannel answersOut;

    @Setup
    public void open() {
        request = direct(REQUEST.replace("\n", "\r\n"));
        answer = direct(ANSWER.replace("\n", "\r\n") + "x".repeat(1_024));
        body = direct("x".repeat(1_024));
        requestLines = lines(REQUEST);
        answerLines = lines(ANSWER);
        requestsIn = channel(new HttpRequestDecoder(strict()), new StrictRequestDecoder());
        answersIn = channel(new HttpResponseDecoder(strict()), new AnswerDecoder());
        requestsOut = channel(new HttpRequestEncoder(), new RequestEncoder(_ -> {}));
        answersOut = channel(new HttpResponseEncoder(), new AnswerEncoder());
    }

    private EmbeddedChannel channel(ChannelHandler library, ChannelHandler ours) {
        return switch (by) {
            case LIBRARY -> new EmbeddedChannel(library);
            case OURS -> new EmbeddedChannel(ours);
            case NOBODY -> new EmbeddedChannel(new Pretender());
        };
    }

    /// Hands on as many messages as the others, which it has ready.
    private final class Pretender extends ChannelDuplexHandler {
        private final Object head =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            context.fireChannelRead(head);
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
            context.write(answer.retainedDuplicate(), promise);
        }
    }

    private static HttpDecoderConfig strict() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(LINE_BYTES_MAX)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setMaxChunkSize(PART_BYTES_MAX)
                .setStrictLineParsing(true)
                .setHeadersFactory(Lines.CHECKING)
                .setTrailersFactory(Lines.CHECKING)
                .setAllowDuplicateContentLengths(false);
    }

    private static ByteBuf direct(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }

    /// As who reads them leaves them to who writes them.
    private Lines lines(String head) {
        boolean answer = head.startsWith("HTTP");
        EmbeddedChannel channel =
                answer
                        ? channel(new HttpResponseDecoder(strict()), new AnswerDecoder())
                        : channel(new HttpRequestDecoder(strict()), new StrictRequestDecoder());
        channel.writeInbound(direct(head.replace("\n", "\r\n")));
        Object first = channel.readInbound();
        Lines lines =
                first instanceof HttpMessage message
                        ? Lines.without(message.headers(), _ -> false)
                        : new Lines(false);
        ReferenceCountUtil.release(first);
        channel.finishAndReleaseAll();
        return lines;
    }

    @TearDown
    public void close() {
        requestsIn.finishAndReleaseAll();
        answersIn.finishAndReleaseAll();
        requestsOut.finishAndReleaseAll();
        answersOut.finishAndReleaseAll();
    }

    private static int read(EmbeddedChannel channel, ByteBuf bytes) {
        channel.writeInbound(bytes.retainedDuplicate());
        int count = 0;
        for (Object each = channel.readInbound(); each != null; each = channel.readInbound()) {
            ReferenceCountUtil.release(each);
            count++;
        }
        return count;
    }

    private static int written(EmbeddedChannel channel, Object message) {
        channel.writeOutbound(message);
        int count = 0;
        for (Object each = channel.readOutbound(); each != null; each = channel.readOutbound()) {
            ReferenceCountUtil.release(each);
            count++;
        }
        return count;
    }

    @Benchmark
    public int aRequestIn() {
        return read(requestsIn, request);
    }

    @Benchmark
    public int anAnswerIn() {
        return read(answersIn, answer);
    }

    @Benchmark
    public int aRequestOut() {
        return written(
                requestsOut,
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.GET,
                        "/items/4711?with=prices",
                        Unpooled.EMPTY_BUFFER,
                        requestLines,
                        EmptyHttpHeaders.INSTANCE));
    }

    @Benchmark
    public int anAnswerOut() {
        return written(
                answersOut,
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.OK,
                        body.retainedDuplicate(),
                        answerLines,
                        EmptyHttpHeaders.INSTANCE));
    }
}
