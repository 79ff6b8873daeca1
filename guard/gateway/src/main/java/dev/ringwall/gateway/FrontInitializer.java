package dev.ringwall.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.function.Consumer;

/// Puts together what stands between a caller's socket and the rings.
final class FrontInitializer extends ChannelInitializer<Channel> {

    private final Front front;
    private final Consumer<Channel> first;
    private final Map<EventLoop, Pool> pools;

    /// @param first puts in place what a connection begins with
    FrontInitializer(Front front, Consumer<Channel> first, Map<EventLoop, Pool> pools) {
        this.front = front;
        this.first = first;
        this.pools = pools;
    }

    @Override
    protected void initChannel(Channel channel) {
        Meters meters = front.tools().meters();
        boolean tooMany = meters.connected() > DataPlane.CONNECTIONS_MAX;
        channel.closeFuture().addListener(_ -> meters.disconnected());
        front.stands(channel);
        Pool pool = pools.get(channel.eventLoop());
        if (tooMany || pool == null || !front.admits(channel)) {
            meters.turnedAway();
            channel.close();
            return;
        }
        first.accept(channel);
        channel.pipeline().addLast(new Welcome(front, pool));
    }
}
