package dev.ringwall.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.Optional;

/// Puts together what stands between a caller's socket and the rings.
final class FrontInitializer extends ChannelInitializer<Channel> {

    private final Front front;
    private final Optional<TlsServers> tls;
    private final Map<EventLoop, Pool> pools;

    FrontInitializer(Front front, Optional<TlsServers> tls, Map<EventLoop, Pool> pools) {
        this.front = front;
        this.tls = tls;
        this.pools = pools;
    }

    @Override
    protected void initChannel(Channel channel) {
        Meters meters = front.tools().meters();
        boolean tooMany = meters.connected() > DataPlane.CONNECTIONS_MAX;
        channel.closeFuture().addListener(_ -> meters.disconnected());
        Pool pool = pools.get(channel.eventLoop());
        if (tooMany || pool == null) {
            channel.close();
            return;
        }
        tls.ifPresent(servers -> channel.pipeline().addLast(servers.handler(channel.alloc())));
        channel.pipeline().addLast(new Welcome(front, pool));
    }
}
