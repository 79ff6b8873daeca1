package dev.ringwall.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.EncoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes messages of HTTP/1.1 (RFC 9112): a head in one buffer, with a small body that comes with it; other bodies go out in the buffers in
/// which they came.
abstract class MessageEncoder extends ChannelOutboundHandlerAdapter {

    /// A body, or a chunk, up to that many bytes is copied behind what stands before it.
    private static final int COPIED_BYTES_MAX = 2 << 10;

    private static final byte[] LAST_CHUNK = "0\r\n".getBytes(StandardCharsets.US_ASCII);

    /// What may be written behind a head.
    enum Body {
        /// Nothing is under way.
        OVER,
        /// As it is.
        PLAIN,
        CHUNKED,
        /// What comes is dropped.
        NONE
    }

    private Body body = Body.OVER;

    /// How the body of that message goes out; what its head must not say is taken out of it.
    abstract Body frame(HttpMessage message);

    /// Writes the first line, with its end.
    abstract void firstLine(HttpMessage message, HeaderLines to);

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        switch (message) {
            case HttpMessage head -> head(context, head, promise);
            case HttpContent content when body == Body.OVER ->
                    throw refused(content, new IllegalStateException("a body without a head"));
            case HttpContent content -> content(context, content, promise);
            default -> context.write(message, promise);
        }
    }

    private static EncoderException refused(Object message, RuntimeException why) {
        ReferenceCountUtil.release(message);
        return new EncoderException(why);
    }

    private void head(ChannelHandlerContext context, HttpMessage message, ChannelPromise promise) {
        if (body != Body.OVER) {
            throw refused(message, new IllegalStateException("a head within a body"));
        }
        Body framed;
        HeaderLines lines = HeaderLines.begin();
        try {
            framed = frame(message);
            firstLine(message, lines);
            lines.headers(message.headers()).end();
        } catch (IllegalArgumentException odd) {
            throw refused(message, odd);
        }
        if (message instanceof HttpContent content) {
            with(context, lines, framed, content, promise);
        } else {
            body = framed;
            context.write(lines.buffer(context.alloc(), 0), promise);
        }
    }

    private void with(
            ChannelHandlerContext context,
            HeaderLines lines,
            Body framed,
            HttpContent content,
            ChannelPromise promise) {
        ByteBuf bytes = content.content();
        int count = framed == Body.PLAIN ? bytes.readableBytes() : 0;
        if (framed == Body.CHUNKED || count > COPIED_BYTES_MAX) {
            body = framed;
            context.write(lines.buffer(context.alloc(), 0));
            content(context, content, promise);
            return;
        }
        body = content instanceof LastHttpContent ? Body.OVER : framed;
        ByteBuf whole = lines.buffer(context.alloc(), count);
        whole.writeBytes(bytes, bytes.readerIndex(), count);
        content.release();
        context.write(whole, promise);
    }

    /// Hands on the buffer with what the content holds of it.
    private void content(
            ChannelHandlerContext context, HttpContent content, ChannelPromise promise) {
        ByteBuf bytes = content.content();
        Body framed = body;
        @Nullable HttpHeaders trailers = null;
        if (content instanceof LastHttpContent last) {
            body = Body.OVER;
            trailers = last.trailingHeaders();
        }
        switch (framed) {
            case CHUNKED -> chunk(context, bytes, trailers, promise);
            case PLAIN -> context.write(bytes, promise);
            case NONE, OVER -> context.write(bytes.skipBytes(bytes.readableBytes()), promise);
        }
    }

    private static void chunk(
            ChannelHandlerContext context,
            ByteBuf bytes,
            @Nullable HttpHeaders trailers,
            ChannelPromise promise) {
        int count = bytes.readableBytes();
        if (count == 0 && trailers == null) {
            context.write(bytes, promise);
            return;
        }
        HeaderLines lines = HeaderLines.begin();
        if (count > COPIED_BYTES_MAX) {
            context.write(lines.hex(count).end().buffer(context.alloc(), 0));
            context.write(bytes);
            lines = HeaderLines.begin().end();
        } else if (count > 0) {
            lines.hex(count).end().add(bytes).end();
        }
        if (trailers != null) {
            lines.add(LAST_CHUNK).headers(trailers).end();
        }
        ByteBuf rest = lines.buffer(context.alloc(), 0);
        if (count <= COPIED_BYTES_MAX) {
            bytes.release();
        }
        context.write(rest, promise);
    }
}
