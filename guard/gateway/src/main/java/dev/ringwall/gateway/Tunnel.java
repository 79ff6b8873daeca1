package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import dev.ringwall.policy.Decision;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A WebSocket on its way through this node, once it is open: frames pass in both directions, each looked at, each as fast as the other
/// side takes it. It lives as long as what its caller has shown, and as the declaration allows it. All on one event loop.
final class Tunnel implements Watched {

    /// The largest frame, in bytes.
    static final int FRAME_BYTES_MAX = 1 << 20;

    /// So many frames a second from the caller.
    static final int FRAMES_MAX = 1_000;

    private final Passing passing;
    private final Pool pool;
    private final Supplier<@Nullable Plan> plans;
    private final End caller;
    private final End service;
    private Plan plan;
    private int frames;
    private boolean over;
    private boolean refused;
    private long lastNanos = System.nanoTime();

    private Tunnel(
            Passing passing,
            Channel client,
            Channel upstream,
            Pool pool,
            Supplier<@Nullable Plan> plans) {
        this.passing = passing;
        this.pool = pool;
        this.plans = plans;
        this.plan = passing.exchange().plan();
        this.caller = new End(client, upstream, true);
        this.service = new End(upstream, client, false);
    }

    /// Joins both connections. From now on they speak in frames.
    ///
    /// @param early what the service has said already
    static void open(
            Passing passing,
            Channel client,
            Channel upstream,
            List<ByteBuf> early,
            Pool pool,
            Supplier<@Nullable Plan> plans) {
        Tunnel tunnel = new Tunnel(passing, client, upstream, pool, plans);
        tunnel.caller.takeOver();
        tunnel.service.takeOver();
        ChannelHandlerContext tls = upstream.pipeline().context(SslHandler.class);
        early.forEach(tls == null ? upstream.pipeline()::fireChannelRead : tls::fireChannelRead);
        client.flush();
        pool.watch(tunnel, passing.exchange().side());
        client.read();
        upstream.read();
    }

    @Override
    public void tick(long nowNanos) {
        frames = 0;
        if (nowNanos - lastNanos > Patience.LASTING_PAUSE_MAX.toNanos()) {
            end(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE, "idle");
            return;
        }
        Exchange exchange = passing.exchange();
        Plan now = plans.get();
        if (now != null) {
            Instant at = passing.tools().clock().instant();
            Optional<Reason> lost = exchange.standing().lost(now, at).or(() -> denied(now, at));
            plan = now;
            lost.ifPresent(this::refuse);
        }
    }

    private Optional<Reason> denied(Plan now, Instant at) {
        Exchange exchange = passing.exchange();
        if (now.revocations().shutsOut(exchange.arrival().address(), at)) {
            return Optional.of(Reason.BLOCKED);
        }
        return now != plan
                        && now.snapshot().policy().decide(exchange.permitted().value())
                                instanceof Decision.Deny(Reason reason, var _, var _)
                ? Optional.of(reason)
                : Optional.empty();
    }

    private void refuse(Reason reason) {
        if (!refused) {
            refused = true;
            passing.ended(
                    new Passage.Refused(reason, "while the WebSocket was open"),
                    () -> end(WebSocketCloseStatus.POLICY_VIOLATION, reason.word()));
        }
    }

    @Override
    public void drain() {
        end(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE, "stopping");
    }

    /// Tells both sides why, and closes.
    private void end(WebSocketCloseStatus status, String why) {
        if (!over) {
            caller.close(new CloseWebSocketFrame(status, why));
            service.close(new CloseWebSocketFrame(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE));
            over();
        }
    }

    private void over() {
        if (!over) {
            over = true;
            pool.forget(this);
            passing.closed();
        }
    }

    /// One of the two connections.
    private final class End extends ChannelInboundHandlerAdapter {

        private final Channel self;
        private final Channel other;
        private final boolean fromCaller;
        private boolean saidGoodBye;

        End(Channel self, Channel other, boolean fromCaller) {
            this.self = self;
            this.other = other;
            this.fromCaller = fromCaller;
        }

        /// Frames from callers are masked, those to the next hop as well (RFC 6455 §5.1).
        void takeOver() {
            ChannelPipeline pipeline = self.pipeline();
            List<String> before =
                    pipeline.names().stream()
                            .filter(name -> pipeline.get(name) != null)
                            .filter(name -> !(pipeline.get(name) instanceof SslHandler))
                            .filter(name -> !(pipeline.get(name) instanceof StreamBytes))
                            .toList();
            pipeline.addLast(
                    new WebSocket13FrameDecoder(
                            WebSocketDecoderConfig.newBuilder()
                                    .expectMaskedFrames(fromCaller)
                                    .allowExtensions(false)
                                    .maxFramePayloadLength(FRAME_BYTES_MAX)
                                    .closeOnProtocolViolation(true)
                                    .build()),
                    new WebSocket13FrameEncoder(!fromCaller),
                    new Utf8FrameValidator(true),
                    this);
            // the last first: what a decoder still holds goes to whoever stands behind it then
            before.reversed().forEach(pipeline::remove);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (refused || !(message instanceof WebSocketFrame frame)) {
                ReferenceCountUtil.release(message);
                return;
            }
            lastNanos = System.nanoTime();
            if (fromCaller && ++frames > FRAMES_MAX) {
                frame.release();
                refuse(Reason.LIMIT_REACHED);
                return;
            }
            passing.exchange().usage().carried(frame.content().readableBytes());
            saidGoodBye |= frame instanceof CloseWebSocketFrame;
            other.write(frame);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            other.flush();
            if (other.isWritable()) {
                self.read();
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (self.isWritable()) {
                other.read();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            End there = fromCaller ? service : caller;
            there.close(
                    saidGoodBye
                            ? null
                            : new CloseWebSocketFrame(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE));
            over();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        void close(@Nullable CloseWebSocketFrame last) {
            Object said = last == null ? Unpooled.EMPTY_BUFFER : last;
            self.writeAndFlush(said).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
