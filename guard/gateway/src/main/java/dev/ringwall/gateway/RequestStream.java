package dev.ringwall.gateway;

import dev.ringwall.wire.Lines;
import dev.ringwall.wire.OddRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
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
import org.jspecify.annotations.Nullable;

/// One request on a stream of its own (RFC 9113 §8), in the words of HTTP/1.1: the rings know one kind of request. What HTTP/1.1 could
/// not say, or would say differently, makes the request odd, so that nothing changes its meaning on the way.
final class RequestStream extends ChannelDuplexHandler implements Framing {

    /// Of it only [WebSocketStreams] makes a request with `Upgrade`.
    static final HttpVersion HTTP_2 = new HttpVersion("HTTP", 2, 0, true);

    private final String scheme;
    private boolean begun;
    private boolean toHead;
    private boolean opensWebSocket;
    private @Nullable GrpcMessages messages;

    /// @param scheme the one that is spoken here; requests that say another are odd
    RequestStream(String scheme) {
        this.scheme = scheme;
    }

    @Override
    public long headSinceNanos() {
        return 0; // a stream begins with a whole head; Multiplexed watches over those that never
        // become whole
    }

    @Override
    public void answersHead(boolean head) {
        this.toHead = head;
    }

    @Override
    public boolean another() {
        return false;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch (message) {
            case Http2HeadersFrame frame when !begun -> {
                begun = true;
                HttpRequest request = request(frame);
                if (opensWebSocket) {
                    context.fireChannelRead(request);
                    context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
                    return;
                }
                messages = Grpc.asked(request) ? new GrpcMessages() : null;
                context.fireChannelRead(request);
                if (frame.isEndStream()) {
                    context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
                }
            }
            case Http2HeadersFrame _ -> context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            case Http2DataFrame early when opensWebSocket -> {
                early.release(); // nobody has agreed to anything yet
                context.close();
            }
            case Http2DataFrame frame -> context.fireChannelRead(content(frame));
            default -> ReferenceCountUtil.release(message);
        }
    }

    /// Of a message of gRPC that goes too far nothing goes on.
    private HttpContent content(Http2DataFrame frame) {
        GrpcMessages within = messages;
        try {
            if (within != null) {
                within.look(frame.content());
            }
        } catch (OddRequest | GrpcMessages.TooLarge bad) {
            frame.release();
            HttpContent nothing = new DefaultHttpContent(Unpooled.EMPTY_BUFFER);
            nothing.setDecoderResult(DecoderResult.failure(bad));
            return nothing;
        }
        return frame.isEndStream()
                ? new DefaultLastHttpContent(frame.content())
                : new DefaultHttpContent(frame.content());
    }

    private HttpRequest request(Http2HeadersFrame frame) {
        Http2Headers came = frame.headers();
        HttpHeaders headers = Lines.CHECKING.newHeaders();
        try {
            return request(came, headers, frame.isEndStream());
        } catch (IllegalArgumentException | OddRequest odd) {
            HttpRequest request = new DefaultHttpRequest(HTTP_2, HttpMethod.GET, "/", headers);
            request.setDecoderResult(
                    DecoderResult.failure(
                            odd instanceof OddRequest
                                    ? odd
                                    : new OddRequest("a header that is none")));
            return request;
        }
    }

    private HttpRequest request(Http2Headers came, HttpHeaders headers, boolean ended) {
        for (Map.Entry<CharSequence, CharSequence> each : came) {
            CharSequence name = each.getKey();
            if (name.isEmpty() || name.charAt(0) != ':') {
                add(headers, name, each.getValue());
            }
        }
        if (came.method() == null || came.path() == null) {
            throw new OddRequest("a request that is not one of HTTP");
        }
        String method = came.method().toString();
        if (came.contains(WebSocketStreams.PROTOCOL)) {
            WebSocketStreams.ask(came, headers, ended);
            opensWebSocket = true;
            method = "GET";
        }
        if (came.scheme() == null || !came.scheme().toString().equals(scheme)) {
            throw new OddRequest("a scheme other than " + scheme);
        }
        if (came.authority() != null) {
            String authority = came.authority().toString();
            if (headers.contains(HttpHeaderNames.HOST)
                    && !headers.getAll(HttpHeaderNames.HOST).stream().allMatch(authority::equals)) {
                throw new OddRequest("a Host that is not the authority");
            }
            headers.set(HttpHeaderNames.HOST, authority);
        }
        if (!ended && !opensWebSocket && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        return new DefaultHttpRequest(
                HTTP_2, HttpMethod.valueOf(method), came.path().toString(), headers);
    }

    /// Cookies may come in crumbs and are put together again (RFC 9113 §8.2.3).
    private static void add(HttpHeaders headers, CharSequence name, CharSequence value) {
        String word = name.toString();
        if (StreamHeaders.foreign(word)
                || (word.equals("te") && !"trailers".contentEquals(value))) {
            throw new OddRequest("a header that HTTP/2 does not have: " + word);
        }
        String cookies = word.equals("cookie") ? headers.get(HttpHeaderNames.COOKIE) : null;
        if (cookies == null) {
            headers.add(name, value);
        } else {
            headers.set(HttpHeaderNames.COOKIE, cookies + "; " + value);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        switch (message) {
            case FullHttpResponse agreed
                    when opensWebSocket
                            && agreed.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS) -> {
                context.pipeline().addFirst(new StreamBytes()); // stays when this one goes
                context.write(WebSocketStreams.agree(agreed), promise);
                agreed.release();
            }
            case FullHttpResponse whole -> {
                boolean goesOn = whole.status().codeClass() == HttpStatusClass.INFORMATIONAL;
                boolean bodiless = toHead || !whole.content().isReadable();
                writeHead(
                        context,
                        whole,
                        bodiless && !goesOn,
                        bodiless ? promise : context.newPromise());
                if (bodiless) {
                    whole.release();
                } else {
                    context.write(new DefaultHttp2DataFrame(whole.content(), true), promise);
                }
            }
            case HttpResponse head -> writeHead(context, head, false, promise);
            case LastHttpContent last when !last.trailingHeaders().isEmpty() -> {
                writeContent(context, last.content(), false, context.newPromise());
                context.write(
                        new DefaultHttp2HeadersFrame(
                                StreamHeaders.of(last.trailingHeaders()), true),
                        promise);
            }
            case HttpContent content ->
                    writeContent(
                            context,
                            content.content(),
                            content instanceof LastHttpContent,
                            promise);
            default -> context.write(message, promise);
        }
    }

    private void writeContent(
            ChannelHandlerContext context, ByteBuf content, boolean last, ChannelPromise promise) {
        if (toHead) {
            content.skipBytes(content.readableBytes());
        }
        context.write(new DefaultHttp2DataFrame(content, last), promise);
    }

    private static void writeHead(
            ChannelHandlerContext context,
            HttpResponse response,
            boolean last,
            ChannelPromise promise) {
        Http2Headers headers = StreamHeaders.of(response.headers());
        headers.status(response.status().codeAsText());
        context.write(new DefaultHttp2HeadersFrame(headers, last), promise);
    }
}
