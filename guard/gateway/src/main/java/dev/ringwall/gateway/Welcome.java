package dev.ringwall.gateway;

import dev.ringwall.wire.AnswerEncoder;
import dev.ringwall.wire.StrictRequestDecoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Receives one connection: waits for the handshake where there is one, finds out who has come, and puts in place what speaks the
/// version of HTTP that was agreed on (RFC 7301). How long a handshake may take is [TlsServers#HANDSHAKE_MAX].
final class Welcome extends ChannelInboundHandlerAdapter {

    private final Front front;
    private final Pool pool;

    Welcome(Front front, Pool pool) {
        this.front = front;
        this.pool = pool;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!front.secured()) {
            Arrival arrival = front.arrival(address(context), Optional.empty());
            context.pipeline()
                    .addLast(
                            new Preface(
                                    context.channel(),
                                    pool,
                                    arrival.side(),
                                    h2 -> speak(context.channel(), h2, arrival)));
            context.pipeline().remove(this);
        } else {
            context.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                front.secured(context.channel(), address(context))
                        .ifPresentOrElse(come -> come(context, come), context::close);
            } else {
                front.handshakeFailed(address(context), handshake.cause());
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close(); // a handshake that fails is told above
    }

    private void come(ChannelHandlerContext context, Arrival arrival) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (ClientHello.ACME.equals(tls.applicationProtocol())) {
            context.close(); // the handshake was all that the authority wanted (RFC 8737 §3)
            return;
        }
        boolean http2 = ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol());
        speak(context.channel(), http2, arrival);
        context.pipeline().remove(this);
    }

    private void speak(Channel channel, boolean http2, Arrival arrival) {
        if (http2) {
            Multiplexed.serve(channel, front, pool, arrival);
            return;
        }
        StrictRequestDecoder decoder = new StrictRequestDecoder();
        AnswerEncoder encoder = new AnswerEncoder();
        channel.pipeline()
                .addLast(
                        decoder,
                        encoder,
                        new ConnectionHandler(
                                front,
                                channel,
                                pool,
                                new Framing.OneByOne(decoder, encoder),
                                arrival));
    }

    private static InetAddress address(ChannelHandlerContext context) {
        return ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
    }
}
