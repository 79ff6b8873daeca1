package dev.ringwall.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;

/// Sockets as the machine does them best: io_uring where Linux allows it, where it refuses epoll, elsewhere the JDK's selectors.
///
/// With io_uring a loop hands all that it wants read and written to the kernel in one call, which saves about an eighth of what a request costs.
/// Containers refuse it as a rule (the usual seccomp profiles do), and so does `kernel.io_uring_disabled`.
public enum Transports {
    /// Linux' io_uring, with buffers that are lent to the kernel.
    IO_URING,
    /// Linux' epoll.
    EPOLL,
    /// The JDK's selectors.
    NIO;

    /// What is read comes in buffers that a loop has lent to the kernel, so many bytes each; one read is one of them at most.
    private static final int LENT_BYTES = 8 << 10;

    /// So many are lent by one loop at most, and so many at once.
    private static final short LENT_MAX = 64;

    private static final int LENT_AT_ONCE = 16;
    private static final short LENT_GROUP = 1;

    static {
        // One read for each that was asked for. Else the kernel goes on reading until it is told to
        // stop, and more may come meanwhile
        // than anybody is ready for.
        System.setProperty("io.netty.iouring.recvMultiShotEnabled", "false");
        System.setProperty("io.netty.iouring.recvsendBundleEnabled", "false");
    }

    /// The best that there is here.
    public static Transports best() {
        return best(
                IoUring.isAvailable() && IoUring.isRegisterBufferRingSupported(),
                Epoll.isAvailable());
    }

    /// The best of what the machine allows.
    static Transports best(boolean ioUring, boolean epoll) {
        return ioUring ? IO_URING : epoll ? EPOLL : NIO;
    }

    /// Netty wraps buffers to find those that were not released. The tests do that with every buffer; a running node has none of it,
    /// which saves a sixth of what a request costs, unless `-Dio.netty.leakDetection.level` says otherwise.
    public static void watchForLeaksWhereAsked() {
        if (System.getProperty("io.netty.leakDetection.level") == null) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }

    /// So many threads that wait for sockets of that kind, each named after the group. Whoever asks shuts them down.
    public EventLoopGroup loops(int count, String name) {
        return new MultiThreadIoEventLoopGroup(
                count, new DefaultThreadFactory(name, true), sockets());
    }

    private IoHandlerFactory sockets() {
        return switch (this) {
            case IO_URING ->
                    IoUringIoHandler.newFactory(
                            new IoUringIoHandlerConfig()
                                    .setBufferRingConfig(
                                            IoUringBufferRingConfig.builder()
                                                    .bufferGroupId(LENT_GROUP)
                                                    .bufferRingSize(LENT_MAX)
                                                    .batchSize(LENT_AT_ONCE)
                                                    .allocator(
                                                            new IoUringFixedBufferRingAllocator(
                                                                    LENT_BYTES))
                                                    .build()));
            case EPOLL -> EpollIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }

    /// What takes connections on those loops.
    public ServerBootstrap server(EventLoopGroup loops) {
        ServerBootstrap server = new ServerBootstrap().group(loops);
        return switch (this) {
            case IO_URING ->
                    server.channel(IoUringServerSocketChannel.class)
                            .childOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, LENT_GROUP);
            case EPOLL -> server.channel(EpollServerSocketChannel.class);
            case NIO -> server.channel(NioServerSocketChannel.class);
        };
    }

    /// What opens connections on those loops.
    public Bootstrap client(EventLoopGroup loops) {
        Bootstrap client = new Bootstrap().group(loops);
        return switch (this) {
            case IO_URING ->
                    client.channel(IoUringSocketChannel.class)
                            .option(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, LENT_GROUP);
            case EPOLL -> client.channel(EpollSocketChannel.class);
            case NIO -> client.channel(NioSocketChannel.class);
        };
    }
}
