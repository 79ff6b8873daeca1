package dev.ringwall.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransportsTest {

    private static final InetSocketAddress ANY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    static Stream<Transports> here() {
        return Stream.of(Transports.values())
                .filter(one ->
                        switch (one) {
                            case IO_URING -> IoUring.isAvailable();
                            case EPOLL -> Epoll.isAvailable();
                            case NIO -> true;
                        });
    }

    @Test
    void whatTheKernelRefusesIsNotTaken() {
        assertThat(Transports.best(true, true)).isEqualTo(Transports.IO_URING);
        assertThat(Transports.best(false, true)).isEqualTo(Transports.EPOLL);
        assertThat(Transports.best(false, false)).isEqualTo(Transports.NIO);
        assertThat(here()).contains(Transports.best());
    }

    @ParameterizedTest
    @MethodSource("here")
    void bytesGoBothWays(Transports transports) throws Exception {
        EventLoopGroup loops = transports.loops(1, "test-loop");
        BlockingQueue<String> heard = new ArrayBlockingQueue<>(10);
        try {
            Channel server =
                    transports
                            .server(loops)
                            .childHandler(
                                    new SimpleChannelInboundHandler<ByteBuf>() {
                                        @Override
                                        protected void channelRead0(
                                                ChannelHandlerContext context, ByteBuf bytes) {
                                            context.writeAndFlush(bytes.retain());
                                        }
                                    })
                            .bind(ANY)
                            .sync()
                            .channel();
            Channel client =
                    transports
                            .client(loops)
                            .handler(
                                    new SimpleChannelInboundHandler<ByteBuf>() {
                                        @Override
                                        protected void channelRead0(
                                                ChannelHandlerContext context, ByteBuf bytes) {
                                            heard.add(bytes.toString(StandardCharsets.US_ASCII));
                                        }
                                    })
                            .connect(server.localAddress())
                            .sync()
                            .channel();
            client.writeAndFlush(Unpooled.copiedBuffer("there and back", StandardCharsets.US_ASCII))
                    .sync();

            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("there and back");
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @ParameterizedTest
    @MethodSource("here")
    void nothingIsReadThatNobodyAskedFor(Transports transports) throws Exception {
        EventLoopGroup loops = transports.loops(1, "test-loop");
        BlockingQueue<Integer> lengths = new ArrayBlockingQueue<>(10_000);
        AtomicReference<Channel> accepted = new AtomicReference<>();
        try {
            Channel server =
                    transports
                            .server(loops)
                            .childOption(ChannelOption.AUTO_READ, false)
                            .childHandler(
                                    new ChannelInboundHandlerAdapter() {
                                        @Override
                                        public void channelActive(ChannelHandlerContext context) {
                                            accepted.set(context.channel());
                                            context.read();
                                        }

                                        @Override
                                        public void channelRead(
                                                ChannelHandlerContext context, Object message) {
                                            ByteBuf bytes = (ByteBuf) message;
                                            lengths.add(bytes.readableBytes());
                                            bytes.release();
                                        }
                                    })
                            .bind(ANY)
                            .sync()
                            .channel();
            Channel client =
                    transports
                            .client(loops)
                            .handler(new ChannelInboundHandlerAdapter())
                            .connect(server.localAddress())
                            .sync()
                            .channel();
            client.writeAndFlush(Unpooled.wrappedBuffer(new byte[8 << 20]));

            Integer first = lengths.poll(10, TimeUnit.SECONDS);
            turns(accepted.get());
            int asked = lengths.stream().mapToInt(Integer::intValue).sum() + first;
            lengths.clear();
            turns(accepted.get());

            assertThat(asked).isBetween(1, 2 << 20);
            assertThat(List.copyOf(lengths)).isEmpty();

            accepted.get().read();

            assertThat(lengths.poll(10, TimeUnit.SECONDS)).isPositive();
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    /// The loop has had every chance to read more.
    private static void turns(Channel channel) throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            channel.eventLoop().submit(() -> {}).sync();
            Thread.sleep(1);
        }
    }
}
