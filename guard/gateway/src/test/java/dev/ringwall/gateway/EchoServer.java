package dev.ringwall.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A service that says back what it hears on its WebSockets, and hello before that.
final class EchoServer implements AutoCloseable {

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<HttpHeaders> seen = new CopyOnWriteArrayList<>();
    private final List<Channel> open = new CopyOnWriteArrayList<>();
    private final Channel listening;

    EchoServer() {
        listening =
                new ServerBootstrap()
                        .group(loop)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(new Speaking())
                        .bind(InetAddress.getLoopbackAddress(), 0)
                        .syncUninterruptibly()
                        .channel();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /// The headers of the handshakes that came.
    List<HttpHeaders> seen() {
        return List.copyOf(seen);
    }

    /// Breaks all connections off.
    void breakOff() {
        open.forEach(Channel::close);
    }

    @Override
    public void close() {
        loop.shutdownGracefully();
    }

    private final class Speaking extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            open.add(channel);
            channel.pipeline()
                    .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(1 << 20),
                            new Remembering(),
                            new WebSocketServerProtocolHandler(
                                    "/", "chat", true, 10 << 20, false, true),
                            new Echo());
        }
    }

    private final class Remembering extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                seen.add(request.headers().copy());
            }
            context.fireChannelRead(message);
        }
    }

    private static final class Echo extends SimpleChannelInboundHandler<WebSocketFrame> {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
                context.writeAndFlush(new TextWebSocketFrame("hello"));
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            switch (frame) {
                case TextWebSocketFrame text ->
                        context.writeAndFlush(new TextWebSocketFrame("heard " + text.text()));
                case BinaryWebSocketFrame bytes ->
                        context.writeAndFlush(new BinaryWebSocketFrame(bytes.content().retain()));
                default -> context.writeAndFlush(frame.retain());
            }
        }
    }
}
