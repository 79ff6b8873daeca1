package dev.ringwall.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Connections to what stands behind this node, kept for one event loop and used by no other.
final class Upstreams {

    static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);
    static final int IDLE_MAX = 64;
    static final int HEADERS_BYTES_MAX = 64 << 10;

    private final EventLoop loop;
    private final Class<? extends Channel> socket;
    private final Map<Peer, Deque<Channel>> idle = new HashMap<>();

    /// One end to connect to.
    ///
    /// @param tls how to speak to it; empty means in the clear, which is for loopback alone
    record Peer(InetSocketAddress address, Optional<SslContext> tls) {}

    Upstreams(EventLoop loop, Class<? extends Channel> socket) {
        this.loop = loop;
        this.socket = socket;
    }

    /// A connection, an idle one if there is any.
    Future<Channel> acquire(Peer peer, boolean fresh) {
        Deque<Channel> waiting = idle.get(peer);
        while (!fresh && waiting != null && !waiting.isEmpty()) {
            Channel channel = waiting.pollLast();
            if (channel.isActive()) {
                return loop.newSucceededFuture(channel);
            }
        }
        return connect(peer);
    }

    /// Gives back a connection whose last answer was read to its end.
    void release(Peer peer, Channel channel) {
        Deque<Channel> waiting = idle.computeIfAbsent(peer, _ -> new ArrayDeque<>());
        if (!channel.isActive() || waiting.size() >= IDLE_MAX) {
            channel.close();
            return;
        }
        channel.config().setAutoRead(true);
        waiting.addLast(channel);
    }

    private Future<Channel> connect(Peer peer) {
        Promise<Channel> ready = loop.newPromise();
        new Bootstrap()
                .group(loop)
                .channel(socket)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_WITHIN.toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(
                        new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                peer.tls()
                                        .ifPresent(tls ->
                                                channel.pipeline()
                                                        .addLast(
                                                                "tls",
                                                                tls.newHandler(
                                                                        channel.alloc(),
                                                                        peer.address()
                                                                                .getHostString(),
                                                                        peer.address().getPort())));
                                channel.pipeline()
                                        .addLast(
                                                "http",
                                                new HttpClientCodec(
                                                        new HttpDecoderConfig()
                                                                .setMaxHeaderSize(
                                                                        HEADERS_BYTES_MAX),
                                                        false,
                                                        false))
                                        .addLast("back", new Back());
                            }
                        })
                .connect(peer.address())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        ready.setFailure(connected.cause());
                        return;
                    }
                    Channel channel = ((io.netty.channel.ChannelFuture) connected).channel();
                    SslHandler tls = channel.pipeline().get(SslHandler.class);
                    if (tls == null) {
                        ready.setSuccess(channel);
                        return;
                    }
                    tls.handshakeFuture()
                            .addListener(handshaken -> {
                                if (handshaken.isSuccess()) {
                                    ready.setSuccess(channel);
                                } else {
                                    channel.close();
                                    ready.setFailure(handshaken.cause());
                                }
                            });
                });
        return ready;
    }
}
