package dev.ringwall.gateway;

import io.netty.channel.Channel;
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
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;

/// Sockets as the machine does them best: epoll on Linux, the JDK's selectors elsewhere.
enum Transports {
    EPOLL,
    NIO;

    static Transports best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    /// Netty wraps buffers to find those that were not released. The tests do that with every buffer; a running node has none of it,
    /// which saves a sixth of what a request costs, unless `-Dio.netty.leakDetection.level` says otherwise.
    static void watchForLeaksWhereAsked() {
        if (System.getProperty("io.netty.leakDetection.level") == null) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }

    EventLoopGroup loops(int count, String name) {
        return new MultiThreadIoEventLoopGroup(
                count,
                new DefaultThreadFactory(name, true),
                switch (this) {
                    case EPOLL -> EpollIoHandler.newFactory();
                    case NIO -> NioIoHandler.newFactory();
                });
    }

    Class<? extends ServerChannel> serverChannel() {
        return switch (this) {
            case EPOLL -> EpollServerSocketChannel.class;
            case NIO -> NioServerSocketChannel.class;
        };
    }

    Class<? extends Channel> clientChannel() {
        return switch (this) {
            case EPOLL -> EpollSocketChannel.class;
            case NIO -> NioSocketChannel.class;
        };
    }
}
