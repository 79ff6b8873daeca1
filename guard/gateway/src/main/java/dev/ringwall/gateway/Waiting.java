package dev.ringwall.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpContent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The parts of an answer that have come and may not go out yet.
final class Waiting {

    private final Deque<HttpContent> parts = new ArrayDeque<>(2);
    private List<ByteBuf> early = List.of();
    private final Supplier<Held.Part> room;
    private Held.@Nullable Part held;
    private long bytes;

    /// @param room where what is held is counted
    Waiting(Supplier<Held.Part> room) {
        this.room = room;
    }

    void add(HttpContent part) {
        parts.add(part);
        bytes += part.content().readableBytes();
    }

    /// How many bytes have ever been added.
    long bytes() {
        return bytes;
    }

    /// Adds a part that is held to be looked at with all others; false when that is too much, by itself or with what is held for others.
    boolean hold(HttpContent part) {
        add(part);
        Held.Part counted = held == null ? room.get() : held;
        held = counted;
        return bytes <= ReleaseRing.ANSWER_BYTES_MAX
                && counted.take(part.content().readableBytes());
    }

    /// Puts this in the place of what was held.
    void replace(HttpContent whole) {
        parts.forEach(HttpContent::release);
        parts.clear();
        parts.add(whole);
    }

    /// Whether something is counted as held.
    boolean holds() {
        return held != null;
    }

    /// Nothing is held any more: what was is out.
    void letGo() {
        Held.Part counted = held;
        if (counted != null) {
            counted.end();
        }
    }

    /// What came behind an agreement to speak something else.
    void add(ByteBuf other) {
        if (early.isEmpty()) {
            early = new ArrayList<>(1);
        }
        early.add(other);
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
        List<ByteBuf> all = early;
        early = List.of();
        return all;
    }

    void release() {
        parts.forEach(HttpContent::release);
        parts.clear();
        early.forEach(ByteBuf::release);
        early = List.of();
        letGo();
    }
}
