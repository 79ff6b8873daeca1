package dev.ringwall.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Hears what a caller says first at the door, and lets TLS begin as that asks for.
final class Greeting extends SslClientHelloHandler<ClientHello> {

    /// The longest first message that is listened to, in bytes.
    static final int BYTES_MAX = 16 << 10;

    private final Front front;
    private final DoorTls tls;
    private @Nullable ScheduledFuture<?> patience;

    Greeting(Front front, DoorTls tls) {
        super(BYTES_MAX);
        this.front = front;
        this.tls = tls;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        patience =
                context.executor()
                        .schedule(
                                () -> context.close(),
                                TlsServers.HANDSHAKE_MAX.toMillis(),
                                TimeUnit.MILLISECONDS);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
        if (patience != null) {
            patience.cancel(false);
        }
        super.handlerRemoved0(context);
    }

    @Override
    protected Future<ClientHello> lookup(
            ChannelHandlerContext context, @Nullable ByteBuf clientHello) {
        return context.executor()
                .newSucceededFuture(
                        clientHello == null ? ClientHello.SILENT : ClientHello.of(clientHello));
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext context, Future<ClientHello> heard) {
        SslHandler handler = tls.handler(heard.getNow(), front.declaredDoor(), context.alloc());
        context.pipeline().replace(this, SslHandler.class.getName(), handler);
    }
}
