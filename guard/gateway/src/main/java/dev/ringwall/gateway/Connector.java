package dev.ringwall.gateway;

import dev.ringwall.wire.Transports;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Opens connections to next hops from one event loop: finds the address, connects, and shows and checks certificates.
final class Connector {

    /// So many connections one event loop has to one next hop.
    static final int PER_WAY_MAX = 1_024;

    /// How long it may take to connect, and as long again for TLS.
    static final Duration CONNECT_MAX = Duration.ofSeconds(3);

    private final EventLoop loop;
    private final Transports transports;
    private final TlsClients tls;
    private final Workers workers;
    private final Map<Way, Integer> open = new HashMap<>();

    Connector(EventLoop loop, Transports transports, TlsClients tls, Workers workers) {
        this.loop = loop;
        this.transports = transports;
        this.tls = tls;
        this.workers = workers;
    }

    /// What became of the wish for a connection.
    sealed interface Connected {
        /// It stands, and who is at the other end is certain.
        record Yes(Channel channel) implements Connected {}

        /// It does not.
        record No(String why) implements Connected {}
    }

    /// Opens a connection that way.
    ///
    /// @param speak puts what speaks there behind TLS
    void connect(Way way, Consumer<ChannelPipeline> speak, Consumer<Connected> to) {
        if (open.getOrDefault(way, 0) >= PER_WAY_MAX) {
            to.accept(new Connected.No("all " + PER_WAY_MAX + " connections are in use"));
            return;
        }
        if (NetUtil.isValidIpV4Address(way.host()) || NetUtil.isValidIpV6Address(way.host())) {
            open(way, new InetSocketAddress(way.host(), way.port()), speak, to);
            return;
        }
        // looking a name up blocks, so it is done elsewhere
        CompletableFuture.supplyAsync(
                        () -> new InetSocketAddress(way.host(), way.port()), workers.executor())
                .whenComplete((address, failure) ->
                        loop.execute(() -> {
                            if (failure != null || address.isUnresolved()) {
                                to.accept(new Connected.No(way.host() + " is not known"));
                            } else {
                                open(way, address, speak, to);
                            }
                        }));
    }

    private void open(
            Way way,
            InetSocketAddress address,
            Consumer<ChannelPipeline> speak,
            Consumer<Connected> to) {
        ChannelFuture connecting =
                transports
                        .client(loop)
                        .option(ChannelOption.AUTO_READ, false)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_MAX.toMillis())
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        tls.handler(way, channel.alloc())
                                                .ifPresent(channel.pipeline()::addLast);
                                        speak.accept(channel.pipeline());
                                    }
                                })
                        .connect(address);
        open.merge(way, 1, Integer::sum);
        connecting
                .channel()
                .closeFuture()
                .addListener(_ ->
                        open.computeIfPresent(way, (_, count) -> count <= 1 ? null : count - 1));
        connecting.addListener(connected -> {
            SslHandler secure = connecting.channel().pipeline().get(SslHandler.class);
            if (connected.isSuccess() && secure != null) {
                secure.handshakeFuture()
                        .addListener(done -> settle(done, connecting.channel(), way, to));
            } else {
                settle(connected, connecting.channel(), way, to);
            }
        });
    }

    private static void settle(Future<?> done, Channel channel, Way way, Consumer<Connected> to) {
        if (done.isSuccess()) {
            to.accept(new Connected.Yes(channel));
        } else {
            channel.close();
            Throwable cause = done.cause();
            Throwable root = cause.getCause() == null ? cause : cause.getCause();
            to.accept(new Connected.No(way.host() + ": " + root.getMessage()));
        }
    }
}
