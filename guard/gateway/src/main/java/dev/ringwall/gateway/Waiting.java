package dev.ringwall.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpContent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts of an answer that have come and may not go out yet.
final class Waiting {

    private final Deque<HttpContent> parts = new ArrayDeque<>(2);
    private final List<ByteBuf> early = new ArrayList<>(0);
    private long bytes;

    void add(HttpContent part) {
        parts.add(part);
        bytes += part.content().readableBytes();
    }

    /// What came behind an agreement to speak something else.
    void add(ByteBuf other) {
        early.add(other);
    }

    /// How many bytes have ever been added.
    long bytes() {
        return bytes;
    }

    /// All parts in one, to be looked at while they wait.
    ByteBuf whole() {
        return Unpooled.wrappedBuffer(
                parts.stream().map(part -> part.content().duplicate()).toArray(ByteBuf[]::new));
    }

    /// The next part, which waits no longer.
    @Nullable HttpContent poll() {
        return parts.poll();
    }

    /// Hands over what came early.
    List<ByteBuf> takeEarly() {
        List<ByteBuf> all = List.copyOf(early);
        early.clear();
        return all;
    }

    void release() {
        parts.forEach(HttpContent::release);
        parts.clear();
        early.forEach(ByteBuf::release);
        early.clear();
    }
}
