package dev.ringwall.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.List;
import java.util.function.Consumer;

/// Tells HTTP/2 from HTTP/1.1 by the first bytes where there is no TLS to agree on one (RFC 9113 §3.3), and goes.
final class Preface extends ByteToMessageDecoder {

    private final Consumer<Boolean> then;

    /// @param then is told whether it is HTTP/2, and puts in place what speaks it
    Preface(Consumer<Boolean> then) {
        this.then = then;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.read();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
        try {
            int known = Math.min(in.readableBytes(), preface.readableBytes());
            boolean alike = in.slice(in.readerIndex(), known).equals(preface.slice(0, known));
            if (alike && known < preface.readableBytes()) {
                context.read();
                return;
            }
            then.accept(alike);
            context.pipeline().remove(this); // hands on what it has read
        } finally {
            preface.release();
        }
    }
}
