package dev.ringwall.gateway;

import dev.ringwall.wire.UpstreamCodec;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One HTTP/2 connection to a next hop. It carries many requests at once, each on its stream.
final class Trunk extends ChannelInboundHandlerAdapter {

    /// So many requests at once; those that come while it connects wait for it.
    static final int STREAMS_MAX = 100;

    private final Pool pool;
    private final Way way;
    private final List<Consumer<Pool.Taken>> waiting = new ArrayList<>();
    private @Nullable Channel ready;
    private boolean leaving;
    private int streams;
    private long idleSinceNanos = System.nanoTime();

    Trunk(Pool pool, Way way) {
        this.pool = pool;
        this.way = way;
    }

    /// Puts what speaks HTTP/2 onto a new connection.
    void speakOn(ChannelPipeline pipeline) {
        pipeline.addLast(
                Http2FrameCodecBuilder.forClient()
                        .initialSettings(
                                Http2Settings.defaultSettings()
                                        .pushEnabled(false)
                                        .initialWindowSize(Multiplexed.WINDOW_BYTES)
                                        .maxHeaderListSize(UpstreamCodec.HEADER_BYTES_MAX))
                        .headerSensitivityDetector((name, _) -> StreamHeaders.sensitive(name))
                        .decoderEnforceMaxConsecutiveEmptyDataFrames(Multiplexed.EMPTY_FRAMES_MAX)
                        .gracefulShutdownTimeoutMillis(NodeSettings.DRAIN.toMillis())
                        .build(),
                new Http2MultiplexHandler(new NobodyOpens()),
                this);
    }

    /// Whether one more request may go this way.
    boolean hasRoom() {
        return !leaving && streams + waiting.size() < STREAMS_MAX;
    }

    /// Hands over a stream, as soon as there is a connection.
    void take(Consumer<Pool.Taken> to) {
        Channel channel = ready;
        if (channel == null) {
            waiting.add(to);
            return;
        }
        UpstreamHandler upstream = new UpstreamHandler(pool, way);
        streams++;
        new Http2StreamChannelBootstrap(channel)
                .option(ChannelOption.AUTO_READ, false)
                .handler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel stream) {
                                boolean plain = way.crossing() instanceof Way.Crossing.Plain;
                                stream.pipeline()
                                        .addLast(
                                                new AnswerStream(plain ? "http" : "https"),
                                                upstream);
                                stream.closeFuture().addListener(_ -> closed());
                            }
                        })
                .open()
                .addListener(opened -> opened(opened, upstream, to));
    }

    private void opened(Future<?> opened, UpstreamHandler upstream, Consumer<Pool.Taken> to) {
        if (opened.isSuccess()) {
            to.accept(new Pool.Taken.Ready(upstream));
        } else {
            leaving = true;
            to.accept(new Pool.Taken.Failed(way.host() + ": " + opened.cause().getMessage()));
        }
    }

    private void closed() {
        streams--;
        idleSinceNanos = System.nanoTime();
    }

    /// The connection stands.
    void ready(Channel channel) {
        ready = channel;
        channel.read();
        List<Consumer<Pool.Taken>> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(this::take);
    }

    /// There will be no connection.
    void failed(String why) {
        leaving = true;
        pool.forget(way, this);
        List<Consumer<Pool.Taken>> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(to -> to.accept(new Pool.Taken.Failed(why)));
    }

    /// Closes it when nobody has needed it for a while.
    void tick(long nowNanos) {
        Channel channel = ready;
        if (channel != null
                && streams == 0
                && nowNanos - idleSinceNanos > Pool.IDLE_MAX.toNanos()) {
            leave(channel);
        }
    }

    /// Closes it when nobody uses it any more.
    void drain() {
        Channel channel = ready;
        if (channel != null) {
            leave(channel);
        }
    }

    private void leave(Channel channel) {
        leaving = true;
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        leaving |= frame instanceof Http2GoAwayFrame;
        ReferenceCountUtil.release(frame);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        failed(way.host() + ": the connection ended");
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    /// Next hops answer and never begin.
    @Sharable
    private static final class NobodyOpens extends ChannelInboundHandlerAdapter {
        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            context.close();
        }
    }
}
