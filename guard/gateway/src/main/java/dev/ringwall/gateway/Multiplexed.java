package dev.ringwall.gateway;

import dev.ringwall.wire.StrictRequestDecoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;

/// One HTTP/2 connection of a caller (RFC 9113): many requests at once, each on its stream. What one connection may cost is bounded in
/// every direction that a caller could pull.
final class Multiplexed extends ChannelInboundHandlerAdapter implements Watched {

    /// So many requests at once.
    static final int STREAMS_MAX = 128;

    /// So much of a body comes before anybody wants it, in bytes.
    static final int WINDOW_BYTES = 256 << 10;

    /// So many streams a caller may break off within [#RESETS_WITHIN]; more is a flood (CVE-2023-44487).
    static final int RESETS_MAX = 200;

    /// So many frames of one header block may be tiny (CVE-2024-27316).
    static final int SMALL_CONTINUATIONS_MAX = 16;

    /// So many `PING`, `SETTINGS`, `PRIORITY`, frames that nobody knows, `WINDOW_UPDATE` that open for nothing, and the like in a second.
    static final int CONTROL_FRAMES_MAX = 1_000;

    /// So many answers to such frames wait for a caller who takes none.
    static final int QUEUED_ANSWERS_MAX = 1_000;

    private static final Duration RESETS_WITHIN = Duration.ofSeconds(30);
    static final int EMPTY_FRAMES_MAX = 2;

    private final Channel channel;
    private final Pool pool;
    private final Side side;
    private int streams;
    private int controlFrames;
    private long idleSinceNanos = System.nanoTime();

    private Multiplexed(Channel channel, Pool pool, Side side) {
        this.side = side;
        this.channel = channel;
        this.pool = pool;
    }

    /// Serves a connection on which both sides agreed to speak HTTP/2.
    static void serve(Channel channel, Front front, Pool pool, Arrival arrival) {
        Multiplexed connection = new Multiplexed(channel, pool, arrival.side());
        Http2FrameCodec codec =
                Http2FrameCodecBuilder.forServer()
                        .initialSettings(
                                Http2Settings.defaultSettings()
                                        .maxConcurrentStreams(STREAMS_MAX)
                                        .initialWindowSize(WINDOW_BYTES)
                                        .connectProtocolEnabled(true)
                                        .maxHeaderListSize(StrictRequestDecoder.HEADER_BYTES_MAX))
                        .validateHeaders(true)
                        .validateRequiredPseudoHeaders(true)
                        .headerSensitivityDetector((name, _) -> StreamHeaders.sensitive(name))
                        .decoderEnforceMaxRstFramesPerWindow(
                                RESETS_MAX, (int) RESETS_WITHIN.toSeconds())
                        .encoderEnforceMaxRstFramesPerWindow(
                                RESETS_MAX, (int) RESETS_WITHIN.toSeconds())
                        .decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_FRAMES_MAX)
                        .decoderEnforceMaxSmallContinuationFrames(SMALL_CONTINUATIONS_MAX)
                        .encoderEnforceMaxQueuedControlFrames(QUEUED_ANSWERS_MAX)
                        .gracefulShutdownTimeoutMillis(NodeSettings.DRAIN.toMillis())
                        .build();
        ChannelInitializer<Channel> streams =
                new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        connection.opened(stream);
                        RequestStream requests =
                                new RequestStream(front.secured() ? "https" : "http");
                        stream.config().setAutoRead(false);
                        stream.pipeline()
                                .addLast(
                                        requests,
                                        new ConnectionHandler(
                                                front, stream, pool, requests, arrival));
                    }
                };
        channel.pipeline()
                .addLast(
                        new FrameCount(connection::count),
                        codec,
                        new Http2MultiplexHandler(streams),
                        connection);
        channel.read();
    }

    private void opened(Channel stream) {
        streams++;
        stream.closeFuture()
                .addListener(_ -> {
                    streams--;
                    idleSinceNanos = System.nanoTime();
                });
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        pool.watch(this, side);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        ReferenceCountUtil.release(frame);
        count();
    }

    private void count() {
        controlFrames++;
        if (controlFrames == CONTROL_FRAMES_MAX) {
            channel.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.ENHANCE_YOUR_CALM))
                    .addListener(_ -> channel.unsafe().closeForcibly());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pool.forget(this);
        context.fireChannelInactive();
    }

    /// A header block that does not become whole opens no stream, so it does not keep the connection either.
    @Override
    public void tick(long nowNanos) {
        controlFrames = 0;
        if (streams == 0 && nowNanos - idleSinceNanos > Patience.IDLE_MAX.toNanos()) {
            channel.close();
        }
    }

    /// Says good-bye (`GOAWAY`); the connection closes when its last stream has ended.
    @Override
    public void drain() {
        channel.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
