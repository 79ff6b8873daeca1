package dev.ringwall.gateway;

import dev.ringwall.events.Recorder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// The listeners of a node and everything that flows through them.
///
/// What it decides by is exchanged as a whole, [#apply], while requests flow. Closing lets requests that are on their way end.
public final class DataPlane implements AutoCloseable {

    static final int HEADERS_BYTES_MAX = 16 << 10;
    static final int CHUNK_BYTES_MAX = 64 << 10;
    static final Duration IDLE = Duration.ofSeconds(60);
    static final Duration DRAIN = Duration.ofSeconds(3);

    private final AtomicReference<Snapshot> snapshot;
    private final EventLoopGroup loops;
    private final ExecutorService verifying;
    private final RingParts parts;
    private final Recorder recorder;
    private final Counters counters;
    private final boolean epoll;
    private final List<Channel> listeners = new ArrayList<>();
    private final Map<EventLoop, Upstreams> upstreams = new ConcurrentHashMap<>();

    private DataPlane(
            Snapshot first,
            Recorder recorder,
            PrometheusRegistry registry,
            Function<String, Optional<String>> secrets,
            InstantSource clock) {
        this.snapshot = new AtomicReference<>(first);
        this.recorder = recorder;
        this.counters = new Counters(registry);
        this.epoll = Epoll.isAvailable();
        this.loops =
                new MultiThreadIoEventLoopGroup(
                        Runtime.getRuntime().availableProcessors(),
                        epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        this.verifying =
                Executors.newFixedThreadPool(
                        Runtime.getRuntime().availableProcessors(),
                        Thread.ofPlatform().name("verify-", 0).daemon().factory());
        this.parts = new RingParts(new Limiter(), clock, verifying, new Connections(), secrets);
    }

    /// A data plane without listeners, deciding by that.
    ///
    /// @param secrets credentials of third parties by name, as far as this node was handed them
    public static DataPlane start(
            Snapshot first,
            Recorder recorder,
            PrometheusRegistry registry,
            Function<String, Optional<String>> secrets,
            InstantSource clock) {
        return new DataPlane(first, recorder, registry, secrets, clock);
    }

    /// From now on requests are decided by that.
    public void apply(Snapshot next) {
        snapshot.set(next);
    }

    /// What requests are decided by now.
    public Snapshot current() {
        return snapshot.get();
    }

    /// Opens one more listener; returns where it listens.
    ///
    /// @throws IOException when the address cannot be had
    public synchronized InetSocketAddress open(Place place) throws IOException {
        Optional<SslContext> tls =
                switch (place) {
                    case Place.Door door ->
                            Optional.of(parts.connections().door(door.certificate()));
                    case Place.Inbound inbound ->
                            Optional.of(
                                    parts.connections()
                                            .sidecar(inbound.identity(), snapshot.get().peers()));
                    case Place.Outbound _ -> Optional.empty();
                };
        Entry entry =
                new Entry(
                        place,
                        snapshot::get,
                        Rings.standard(place, parts),
                        recorder,
                        parts.clock(),
                        counters,
                        this::upstreams);
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loops)
                        .channel(serverSocket())
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .option(ChannelOption.SO_BACKLOG, 1024)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        tls.ifPresent(context ->
                                                channel.pipeline()
                                                        .addLast(
                                                                "tls",
                                                                context.newHandler(
                                                                        channel.alloc())));
                                        channel.pipeline()
                                                .addLast(
                                                        "http",
                                                        new HttpServerCodec(
                                                                new HttpDecoderConfig()
                                                                        .setMaxInitialLineLength(
                                                                                RequestTarget
                                                                                                .LENGTH_MAX
                                                                                        + 64)
                                                                        .setMaxHeaderSize(
                                                                                HEADERS_BYTES_MAX)
                                                                        .setMaxChunkSize(
                                                                                CHUNK_BYTES_MAX)
                                                                        .setChunkedSupported(true)
                                                                        .setAllowDuplicateContentLengths(
                                                                                false)
                                                                        .setValidateHeaders(true)))
                                                .addLast(
                                                        "idle",
                                                        new IdleStateHandler(
                                                                0,
                                                                0,
                                                                IDLE.toSeconds(),
                                                                TimeUnit.SECONDS))
                                                .addLast("front", new Front(entry));
                                    }
                                });
        try {
            Channel listener = bootstrap.bind(place.address()).syncUninterruptibly().channel();
            listeners.add(listener);
            return (InetSocketAddress) listener.localAddress();
        } catch (RuntimeException taken) {
            throw new IOException(
                    "cannot listen on " + place.address() + ": " + taken.getMessage(), taken);
        } catch (Exception sneaky) {
            throw new IOException(
                    "cannot listen on " + place.address() + ": " + sneaky.getMessage(), sneaky);
        }
    }

    private Class<? extends ServerChannel> serverSocket() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    private Upstreams upstreams(EventLoop loop) {
        return upstreams.computeIfAbsent(
                loop,
                one ->
                        new Upstreams(
                                one, epoll ? EpollSocketChannel.class : NioSocketChannel.class));
    }

    @Override
    public synchronized void close() {
        listeners.forEach(listener -> listener.close().syncUninterruptibly());
        listeners.clear();
        loops.shutdownGracefully(100, DRAIN.toMillis(), TimeUnit.MILLISECONDS)
                .syncUninterruptibly();
        verifying.shutdownNow();
    }
}
