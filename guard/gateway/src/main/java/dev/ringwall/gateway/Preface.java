package dev.ringwall.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.List;
import java.util.function.Consumer;

/// Tells HTTP/2 from HTTP/1.1 by the first bytes where there is no TLS to agree on one (RFC 9113 §3.3), and goes. Who says nothing for as
/// long as a head may take is cut off.
final class Preface extends ByteToMessageDecoder implements Watched {

    private final Channel channel;
    private final Pool pool;
    private final Side side;
    private final Consumer<Boolean> then;
    private final long begunNanos = System.nanoTime();

    /// @param then is told whether it is HTTP/2, and puts in place what speaks it
    Preface(Channel channel, Pool pool, Side side, Consumer<Boolean> then) {
        this.side = side;
        this.channel = channel;
        this.pool = pool;
        this.then = then;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        pool.watch(this, side);
        context.read();
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        pool.forget(this);
    }

    @Override
    public void tick(long nowNanos) {
        if (nowNanos - begunNanos > Patience.HEAD_MAX.toNanos()) {
            channel.close();
        }
    }

    @Override
    public void drain() {
        channel.close();
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
