package dev.ringwall.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// One connection to a next hop, which serves one request at a time and waits in the pool in between; or one stream, which serves one.
final class UpstreamHandler extends ChannelInboundHandlerAdapter {

    private final Pool pool;
    private final Way way;
    private @Nullable Channel channel;
    private @Nullable Served serving;
    private boolean keepAlive;
    private boolean reading;
    private boolean reused;
    private long idleSinceNanos;

    UpstreamHandler(Pool pool, Way way) {
        this.pool = pool;
        this.way = way;
        this.keepAlive = !way.multiplexed();
    }

    Way way() {
        return way;
    }

    /// Whether one of our own nodes is at the other end.
    boolean isNode() {
        return way.crossing() instanceof Way.Crossing.Mutual;
    }

    Channel channel() {
        Channel known = channel;
        if (known == null) {
            throw new IllegalStateException("not connected");
        }
        return known;
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    /// From now on what comes is the answer to this.
    void serve(Served answer) {
        serving = answer;
    }

    /// The answer was whole. Where both sides are done, the connection waits for the next request.
    void done(boolean requestIsOut) {
        serving = null;
        if (keepAlive && requestIsOut) {
            reused = true;
            idleSinceNanos = System.nanoTime();
            pool.keep(this);
            channel().read(); // to see it when the other end closes
        } else {
            closeIfOpen();
        }
    }

    /// Nobody waits for the answer any more.
    void abandon() {
        serving = null;
        closeIfOpen();
    }

    void closeIfOpen() {
        Channel known = channel;
        if (known != null) {
            known.close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    /// Whether more of what came in one go may follow; the end of it flushes, so that head and body leave in one TLS record.
    boolean isReading() {
        return reading;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        reading = true;
        Served answer = serving;
        if (answer == null) {
            // nothing was asked, so nothing can be an answer
            ReferenceCountUtil.release(message);
            context.close();
            return;
        }
        switch (message) {
            case HttpResponse response -> {
                keepAlive = !way.multiplexed() && HttpUtil.isKeepAlive(response);
                answer.onHead(response);
                if (message instanceof HttpContent content) {
                    answer.onContent(content);
                }
            }
            case HttpContent content -> answer.onContent(content);
            case ByteBuf bytes -> answer.onBytes(bytes);
            default -> ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        Served answer = serving;
        if (answer != null) {
            answer.flush();
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Served answer = serving;
        if (answer != null && context.channel().isWritable()) {
            answer.upstreamWritable();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Served answer = serving;
        serving = null;
        if (answer != null) {
            answer.onGone(reused);
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
