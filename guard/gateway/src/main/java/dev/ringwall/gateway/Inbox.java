package dev.ringwall.gateway;

import io.netty.channel.Channel;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// Hands over what a client sends part by part, each when it is asked for. Nothing more is read from the socket meanwhile, so a client
/// is never ahead of the rings by more than one read; pipelined requests wait for their turn. Lives on the connection's event loop.
final class Inbox {

    private final Channel channel;
    private final Consumer<Object> taker;
    private final Deque<Object> arrived = new ArrayDeque<>(2);
    private boolean wanted;
    private boolean delivering;

    Inbox(Channel channel, Consumer<Object> taker) {
        this.channel = channel;
        this.taker = taker;
    }

    /// Something has come, invited or not.
    void arrived(Object message) {
        arrived.add(message);
        if (wanted && !delivering) {
            deliver();
        }
    }

    /// Asks for the next part.
    void want() {
        wanted = true;
        if (!delivering) {
            deliver();
        }
    }

    private void deliver() {
        delivering = true;
        try {
            Object message;
            while (wanted && (message = arrived.poll()) != null) {
                wanted = false;
                taker.accept(message);
            }
        } finally {
            delivering = false;
        }
        if (wanted) {
            channel.read();
        }
    }

    /// Lets go of what nobody will ask for.
    void clear() {
        arrived.forEach(ReferenceCountUtil::release);
        arrived.clear();
    }
}
