package dev.ringwall.gateway;

import dev.ringwall.wire.Lines;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;

/// One request to a next hop on a stream of its own (RFC 9113 §8), and its answer, in the words of HTTP/1.1.
final class AnswerStream extends ChannelDuplexHandler {

    private final String scheme;
    private boolean begun;

    AnswerStream(String scheme) {
        this.scheme = scheme;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        switch (message) {
            case FullHttpRequest whole -> {
                writeHead(context, whole, context.newPromise());
                context.write(new DefaultHttp2DataFrame(whole.content(), true), promise);
            }
            case HttpRequest head -> writeHead(context, head, promise);
            case HttpContent content ->
                    context.write(
                            new DefaultHttp2DataFrame(
                                    content.content(), content instanceof LastHttpContent),
                            promise);
            default -> context.write(message, promise);
        }
    }

    private void writeHead(
            ChannelHandlerContext context, HttpRequest head, ChannelPromise promise) {
        Http2Headers headers = StreamHeaders.of(head.headers());
        headers.remove(HttpHeaderNames.HOST);
        headers.method(head.method().asciiName())
                .scheme(scheme)
                .authority(head.headers().get(HttpHeaderNames.HOST, ""))
                .path(head.uri());
        context.write(new DefaultHttp2HeadersFrame(headers, false), promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch (message) {
            case Http2HeadersFrame frame when !begun -> head(context, frame);
            case Http2HeadersFrame frame ->
                    context.fireChannelRead(
                            new DefaultLastHttpContent(
                                    Unpooled.EMPTY_BUFFER, headers(frame.headers())));
            case Http2DataFrame frame ->
                    context.fireChannelRead(
                            frame.isEndStream()
                                    ? new DefaultLastHttpContent(frame.content())
                                    : new DefaultHttpContent(frame.content()));
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void head(ChannelHandlerContext context, Http2HeadersFrame frame) {
        HttpResponseStatus status =
                HttpResponseStatus.valueOf(Integer.parseInt(frame.headers().status().toString()));
        HttpHeaders headers = headers(frame.headers());
        boolean informational = status.codeClass() == HttpStatusClass.INFORMATIONAL;
        begun = !informational;
        context.fireChannelRead(
                informational || frame.isEndStream()
                        ? new DefaultFullHttpResponse(
                                HttpVersion.HTTP_1_1,
                                status,
                                Unpooled.EMPTY_BUFFER,
                                headers,
                                EmptyHttpHeaders.INSTANCE)
                        : new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, headers));
    }

    private static HttpHeaders headers(Http2Headers from) {
        HttpHeaders headers = Lines.CHECKING.newHeaders();
        for (Map.Entry<CharSequence, CharSequence> each : from) {
            if (each.getKey().charAt(0) != ':') {
                headers.add(each.getKey(), each.getValue());
            }
        }
        return headers;
    }
}
