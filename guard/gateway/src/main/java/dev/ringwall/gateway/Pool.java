package dev.ringwall.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The connections of one event loop: those of callers, which it watches the time for, and those to next hops, which it keeps for the
/// next request. Everything happens on that loop, so nothing is ever waited for.
final class Pool {

    /// So many connections one event loop has to one next hop.
    static final int PER_WAY_MAX = 1_024;

    /// So many of them are kept when nobody needs them.
    static final int IDLE_PER_WAY_MAX = 64;

    /// How long one is kept unused; shorter than those at the other end keep it.
    static final Duration IDLE_MAX = Duration.ofSeconds(20);

    /// How long it may take to connect, and as long again for TLS.
    static final Duration CONNECT_MAX = Duration.ofSeconds(3);

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int ANSWER_HEADER_BYTES_MAX = 64 << 10;

    private final EventLoop loop;
    private final Transports transports;
    private final TlsClients tls;
    private final Workers workers;
    private final Map<Way, Deque<UpstreamHandler>> idle = new HashMap<>();
    private final Map<Way, Integer> open = new HashMap<>();
    private final Set<Watched> callers = new HashSet<>();

    Pool(EventLoop loop, Transports transports, TlsClients tls, Workers workers) {
        this.loop = loop;
        this.transports = transports;
        this.tls = tls;
        this.workers = workers;
        loop.scheduleAtFixedRate(
                this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// What became of asking for a connection.
    sealed interface Taken {
        /// Here it is, for one request.
        record Ready(UpstreamHandler upstream) implements Taken {}

        /// There is none.
        record Failed(String why) implements Taken {}
    }

    /// Hands over a kept connection, or a new one.
    void take(Way way, Consumer<Taken> to) {
        Deque<UpstreamHandler> kept = idle.get(way);
        UpstreamHandler upstream;
        while (kept != null && (upstream = kept.pollLast()) != null) {
            if (upstream.channel().isActive()) {
                to.accept(new Taken.Ready(upstream));
                return;
            }
        }
        connect(way, to);
    }

    /// Hands over a new connection.
    void connect(Way way, Consumer<Taken> to) {
        if (open.getOrDefault(way, 0) >= PER_WAY_MAX) {
            to.accept(new Taken.Failed("all " + PER_WAY_MAX + " connections are in use"));
            return;
        }
        if (NetUtil.isValidIpV4Address(way.host()) || NetUtil.isValidIpV6Address(way.host())) {
            open(way, new InetSocketAddress(way.host(), way.port()), to);
            return;
        }
        // looking a name up blocks, so it is done elsewhere
        CompletableFuture.supplyAsync(
                        () -> new InetSocketAddress(way.host(), way.port()), workers.executor())
                .whenComplete((address, failure) ->
                        loop.execute(() -> {
                            if (failure != null || address.isUnresolved()) {
                                to.accept(new Taken.Failed(way.host() + " is not known"));
                            } else {
                                open(way, address, to);
                            }
                        }));
    }

    private void open(Way way, InetSocketAddress address, Consumer<Taken> to) {
        UpstreamHandler upstream = new UpstreamHandler(this, way);
        ChannelFuture connecting =
                new Bootstrap()
                        .group(loop)
                        .channel(transports.clientChannel())
                        .option(ChannelOption.AUTO_READ, false)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_MAX.toMillis())
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        tls.handler(way, channel.alloc())
                                                .ifPresent(channel.pipeline()::addLast);
                                        channel.pipeline()
                                                .addLast(
                                                        new HttpClientCodec(
                                                                new HttpDecoderConfig()
                                                                        .setMaxHeaderSize(
                                                                                ANSWER_HEADER_BYTES_MAX),
                                                                false,
                                                                false),
                                                        upstream);
                                    }
                                })
                        .connect(address);
        open.merge(way, 1, Integer::sum);
        connecting.channel().closeFuture().addListener(_ -> closed(way));
        connecting.addListener(connected -> {
            SslHandler secure = connecting.channel().pipeline().get(SslHandler.class);
            if (connected.isSuccess() && secure != null) {
                secure.handshakeFuture().addListener(done -> settle(done, upstream, to));
            } else {
                settle(connected, upstream, to);
            }
        });
    }

    private static void settle(Future<?> done, UpstreamHandler upstream, Consumer<Taken> to) {
        if (done.isSuccess()) {
            to.accept(new Taken.Ready(upstream));
        } else {
            upstream.closeIfOpen();
            Throwable cause = done.cause();
            Throwable root = cause.getCause() == null ? cause : cause.getCause();
            to.accept(new Taken.Failed(upstream.way().host() + ": " + root.getMessage()));
        }
    }

    private void closed(Way way) {
        open.computeIfPresent(way, (_, count) -> count <= 1 ? null : count - 1);
        Deque<UpstreamHandler> kept = idle.get(way);
        if (kept != null) {
            kept.removeIf(upstream -> !upstream.channel().isActive());
            if (kept.isEmpty()) {
                idle.remove(way);
            }
        }
    }

    /// Keeps a connection for the next request.
    void keep(UpstreamHandler upstream) {
        Deque<UpstreamHandler> kept = idle.computeIfAbsent(upstream.way(), _ -> new ArrayDeque<>());
        if (kept.size() >= IDLE_PER_WAY_MAX || !upstream.channel().isActive()) {
            upstream.closeIfOpen();
        } else {
            kept.addLast(upstream);
        }
    }

    void watch(Watched caller) {
        callers.add(caller);
    }

    void forget(Watched caller) {
        callers.remove(caller);
    }

    private void tick() {
        tick(System.nanoTime());
    }

    /// Looks at the time on every connection.
    void tick(long now) {
        List.copyOf(callers).forEach(caller -> caller.tick(now));
        List<UpstreamHandler> old = new ArrayList<>();
        for (Deque<UpstreamHandler> kept : idle.values()) {
            for (UpstreamHandler upstream : kept) {
                if (now - upstream.idleSinceNanos() > IDLE_MAX.toNanos()) {
                    old.add(upstream);
                }
            }
        }
        old.forEach(UpstreamHandler::closeIfOpen);
    }

    /// Closes what nobody uses, and what is in use when it is over.
    void drain() {
        loop.execute(() -> {
            List.copyOf(callers).forEach(Watched::drain);
            List<UpstreamHandler> all = new ArrayList<>();
            idle.values().forEach(all::addAll);
            all.forEach(UpstreamHandler::closeIfOpen);
        });
    }
}
