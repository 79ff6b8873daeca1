package dev.ringwall.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// One connection of a caller: one request after the other, each through the rings. Nothing is read that nobody is ready for.
final class ConnectionHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

    private final Front front;
    private final Channel channel;
    private final Pool pool;
    private final StrictRequestDecoder decoder;
    private final AnswerEncoder encoder;
    private final Inbox inbox;
    private Exchange.@Nullable Arrival arrival;
    private @Nullable Passing passing;
    private boolean keepAlive;
    private boolean answered = true;
    private final Patience patience = new Patience();

    ConnectionHandler(
            Front front,
            Channel channel,
            Pool pool,
            StrictRequestDecoder decoder,
            AnswerEncoder encoder) {
        this.front = front;
        this.channel = channel;
        this.pool = pool;
        this.decoder = decoder;
        this.encoder = encoder;
        this.inbox = new Inbox(channel, this::take);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        pool.watch(this);
        if (!front.secured()) {
            arrival = front.arrival(address(), Optional.empty());
        }
        inbox.want();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                front.secured(channel, address())
                        .ifPresentOrElse(
                                come -> {
                                    arrival = come;
                                    inbox.want();
                                },
                                channel::close);
            } else {
                front.handshakeFailed(address(), handshake.cause());
            }
        }
        context.fireUserEventTriggered(event);
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
        Exchange.Arrival come = arrival;
        Plan plan = front.plan();
        if (come == null || plan == null) {
            front.notReady(channel);
            return;
        }
        long nanos = System.nanoTime();
        Instant at = front.tools().clock().instant().truncatedTo(ChronoUnit.MICROS);
        keepAlive = HttpUtil.isKeepAlive(request) && !front.closing();
        answered = false;
        encoder.answersHead(request.method().name().equals("HEAD"));
        Exchange exchange =
                new Exchange(
                        come,
                        plan,
                        request,
                        new RequestBody(channel, request, inbox::want),
                        new Trail(nanos),
                        at,
                        front.tools().ids().next());
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
    void answered() {
        answered = true;
        channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        afterAnswer();
    }

    /// A whole answer, with or without another request after it.
    void lastAnswer(FullHttpResponse response, boolean another) {
        answered = true;
        keepAlive = another;
        if (!another) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        channel.writeAndFlush(response);
        afterAnswer();
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
        channel.write(part);
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

    /// Closes once everything that was written is out.
    void closeSoon() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /// Closes at once: an answer that breaks off must not look whole.
    void cut() {
        channel.close();
    }

    /// Closes when nothing is under way.
    void drain() {
        if (passing == null) {
            channel.close();
        } else {
            keepAlive = false;
        }
    }

    /// Looks at the time.
    void tick(long nowNanos) {
        Passing now = passing;
        if (patience.isOver(nowNanos, decoder.headSinceNanos(), now)) {
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

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        exceptionCaught(cause);
    }

    private void exceptionCaught(Throwable cause) {
        boolean ours = cause instanceof RuntimeException && !(cause instanceof CodecException);
        LOG.atLevel(ours ? Level.ERROR : Level.DEBUG)
                .addKeyValue("hop", front.hop())
                .setCause(cause)
                .log("a connection broke");
        channel.close();
    }

    private InetAddress address() {
        return ((InetSocketAddress) channel.remoteAddress()).getAddress();
    }
}
