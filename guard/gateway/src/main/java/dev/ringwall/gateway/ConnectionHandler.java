package dev.ringwall.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// One connection of a caller, or one stream of it: one request after the other, each through the rings. Nothing is read that nobody is
/// ready for.
final class ConnectionHandler extends ChannelInboundHandlerAdapter implements Watched {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

    private final Front front;
    private final Channel channel;
    private final Pool pool;
    private final Framing framing;
    private final Arrival arrival;
    private final Inbox inbox;
    private final Supplier<Held.Part> room;
    private @Nullable Passing passing;
    private @Nullable ChannelFuture written;
    private boolean keepAlive;
    private boolean answered = true;
    private final Patience patience = new Patience();

    ConnectionHandler(Front front, Channel channel, Pool pool, Framing framing, Arrival arrival) {
        this.front = front;
        this.channel = channel;
        this.pool = pool;
        this.framing = framing;
        this.arrival = arrival;
        this.inbox = new Inbox(channel, this::take);
        this.room = front.tools().held().by(arrival.side(), arrival.address());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        pool.watch(this, arrival.side());
        if (channel.isActive()) {
            inbox.want();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        inbox.want();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        inbox.arrived(message);
    }

    private void take(Object message) {
        switch (message) {
            case HttpRequest request when passing == null -> begin(request);
            case HttpContent content when passing != null -> {
                Passing now = passing;
                now.on(content);
                if (passing == now && content instanceof LastHttpContent) {
                    goOn();
                }
            }
            case HttpObject other -> ReferenceCountUtil.release(other);
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void begin(HttpRequest request) {
        Plan plan = front.plan();
        if (plan == null) {
            front.notReady(channel);
            return;
        }
        keepAlive = framing.another() && HttpUtil.isKeepAlive(request) && !front.closing();
        answered = false;
        framing.answersHead(request.method().name().equals("HEAD"));
        RequestBody body = new RequestBody(channel, request, inbox::want, room);
        Exchange exchange = front.exchange(arrival, plan, request, body, pool);
        Continued.of(exchange, front.tools().underWay());
        Passing begun = new Passing(front.tools(), front.rings(), this, exchange);
        passing = begun;
        begun.advance();
    }

    /// Once the answer is out and the request is in, the next request may come.
    private void goOn() {
        Passing over = passing;
        if (over == null || !answered || !over.exchange().body().complete()) {
            return;
        }
        over.exchange().body().release();
        passing = null;
        patience.idle();
        if (keepAlive) {
            inbox.want();
        } else {
            closeSoon();
        }
    }

    /// The whole answer but its end was written.
    void answered(HttpHeaders trailers) {
        answered = true;
        written =
                channel.writeAndFlush(
                        trailers.isEmpty()
                                ? LastHttpContent.EMPTY_LAST_CONTENT
                                : new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, trailers));
        afterAnswer();
    }

    /// A whole answer, with or without another request after it.
    void lastAnswer(FullHttpResponse response, boolean another) {
        answered = true;
        keepAlive = another;
        if (!another) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        written = channel.writeAndFlush(response);
        afterAnswer();
    }

    /// The answer is that both sides speak in frames from now on; this handler is done.
    void join(HttpResponse agreed, Channel upstream, List<ByteBuf> early) {
        Passing over = passing;
        if (over == null) {
            return;
        }
        channel.writeAndFlush(WebSocket.agree(agreed));
        passing = null;
        pool.forget(this);
        inbox.clear();
        Tunnel.open(over, channel, upstream, early, pool, front::plan);
    }

    private void afterAnswer() {
        Passing now = passing;
        if (now == null) {
            return;
        }
        RequestBody body = now.exchange().body();
        if (body.complete()) {
            goOn();
        } else if (body.awaitsContinue()) {
            closeSoon(); // the client may send the body or may not: nobody can tell what comes next
        } else {
            body.discard();
        }
    }

    boolean keepsAlive() {
        return keepAlive && !front.closing();
    }

    void write(Object part) {
        written = channel.write(part);
    }

    void flush() {
        channel.flush();
    }

    boolean writable() {
        return channel.isWritable();
    }

    Pool pool() {
        return pool;
    }

    /// Runs it on the event loop. When it breaks, nothing more is said on this connection.
    void onLoop(Runnable task) {
        Runnable guarded =
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException unforeseen) {
                        exceptionCaught(unforeseen);
                    }
                };
        if (channel.eventLoop().inEventLoop()) {
            guarded.run();
        } else {
            channel.eventLoop().execute(guarded);
        }
    }

    /// Runs it on the event loop after that time.
    Future<?> later(Duration after, Runnable task) {
        return channel.eventLoop()
                .schedule(() -> onLoop(task), after.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Closes once everything that was written is out.
    void closeSoon() {
        channel.flush();
        onceOut(channel::close);
    }

    /// Runs it once everything that was written is out, or lost.
    void onceOut(Runnable task) {
        ChannelFuture last = written;
        if (last == null) {
            task.run();
        } else {
            last.addListener(_ -> task.run());
        }
    }

    /// Closes at once: an answer that breaks off must not look whole.
    void cut() {
        channel.close();
    }

    @Override
    public void drain() {
        if (passing == null) {
            channel.close();
        } else {
            keepAlive = false;
        }
    }

    @Override
    public void tick(long nowNanos) {
        Passing now = passing;
        if (patience.isOver(nowNanos, framing.headSinceNanos(), now != null)) {
            channel.close();
        } else if (now != null) {
            now.tick(nowNanos);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        patience.takes(channel.isWritable());
        Passing now = passing;
        if (now != null && channel.isWritable()) {
            now.clientWritable();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pool.forget(this);
        inbox.clear();
        Passing now = passing;
        passing = null;
        if (now != null) {
            now.clientGone();
        }
        context.fireChannelInactive();
    }

    /// A stream on which something is wrong is ended where it is counted how many a caller makes us end (CVE-2025-8671).
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof Http2Exception)) {
            exceptionCaught(cause);
        }
    }

    private void exceptionCaught(Throwable cause) {
        boolean ours = cause instanceof RuntimeException && !(cause instanceof CodecException);
        LOG.atLevel(ours ? Level.ERROR : Level.DEBUG)
                .addKeyValue("hop", front.hop())
                .setCause(cause)
                .log("a connection broke");
        channel.close();
    }
}
