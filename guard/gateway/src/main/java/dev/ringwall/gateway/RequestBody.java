package dev.ringwall.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The body of one request. Nothing of it is read from the client before somebody wants it; then it is read whole and bounded, or
/// streamed as fast as the next hop takes it, or thrown away. Lives on its connection's event loop.
final class RequestBody {

    /// So much of a refused request's body is thrown away to keep the connection; more closes it.
    static final long DISCARDED_BYTES_MAX = 256 << 10;

    private static final DefaultFullHttpResponse CONTINUE =
            new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);

    private enum Use {
        NONE,
        WHOLE,
        STREAM,
        DISCARD
    }

    private final Channel client;
    private final Runnable more;
    private final boolean expected;
    private boolean awaitsContinue;
    private boolean complete;
    private Use use = Use.NONE;
    private final Pace pace = new Pace();
    private final Supplier<Held.Part> room;
    private Held.@Nullable Part held;
    private long bytes;
    private long wholeMax;
    private long lastNanos = System.nanoTime();
    private @Nullable ByteBuf gathered;
    private @Nullable CompletableFuture<Whole> whole;
    private @Nullable Channel upstream;

    /// @param more asks for the next part
    /// @param room for what is held of it
    RequestBody(Channel client, HttpRequest head, Runnable more, Supplier<Held.Part> room) {
        this.client = client;
        this.more = more;
        this.room = room;
        this.expected =
                HttpUtil.isTransferEncodingChunked(head)
                        || !head.headers().get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0");
        this.awaitsContinue = expected && HttpUtil.is100ContinueExpected(head);
        this.complete = head.decoderResult().isFailure();
    }

    /// A body that was read whole.
    sealed interface Whole {
        /// This is it, and the room that it takes until somebody has looked at it.
        @SuppressWarnings("ArrayRecordComponent")
        record Bytes(byte[] bytes, Held.Part room) implements Whole {}

        /// It is larger than wanted.
        record TooLarge() implements Whole {}

        /// Too much is held at this node, or for this address.
        record NoRoom() implements Whole {}
    }

    /// Whether the head announces one.
    boolean expected() {
        return expected;
    }

    /// Whether all of it has arrived.
    boolean complete() {
        return complete;
    }

    /// Whether the client still waits to be told that it may send.
    boolean awaitsContinue() {
        return awaitsContinue;
    }

    /// Since when nothing has arrived although it was wanted; 0 when nothing is wanted.
    long waitingSinceNanos() {
        boolean heldBack = upstream != null && !upstream.isWritable();
        return complete || use == Use.NONE || heldBack ? 0 : lastNanos;
    }

    /// Looks at the time: whether nothing has come for longer than that.
    boolean pauses(long nowNanos, Duration pauseMax) {
        long since = waitingSinceNanos();
        if (since == 0) {
            return false;
        }
        pace.waiting(nowNanos - since);
        return nowNanos - since > pauseMax.toNanos();
    }

    /// Whether it trickles.
    ///
    /// @param more time than it has anyway
    boolean trickles(Duration more) {
        return !complete && pace.tooSlow(more);
    }

    /// Reads it whole, up to that many bytes.
    CompletionStage<Whole> whole(long bytesMax) {
        CompletableFuture<Whole> awaited = new CompletableFuture<>();
        whole = awaited;
        wholeMax = bytesMax;
        held = room.get();
        gathered = client.alloc().buffer();
        begin(Use.WHOLE);
        return awaited;
    }

    /// Sends it on there behind that head, as it comes or as it was read.
    void stream(HttpRequest head, Channel to) {
        upstream = to;
        ByteBuf read = gathered;
        gathered = null;
        if (read == null && expected) {
            to.writeAndFlush(head);
            begin(Use.STREAM);
            return;
        }
        DefaultFullHttpRequest whole =
                new DefaultFullHttpRequest(
                        head.protocolVersion(),
                        head.method(),
                        head.uri(),
                        read == null ? Unpooled.EMPTY_BUFFER : read,
                        head.headers(),
                        EmptyHttpHeaders.INSTANCE);
        if (read == null) {
            to.writeAndFlush(
                    whole, to.voidPromise()); // nobody waits for it; what fails closes the channel
            begin(Use.DISCARD);
        } else {
            to.writeAndFlush(whole).addListener(_ -> letGo());
        }
    }

    /// Throws away what has come and what still comes.
    void discard() {
        release();
        upstream = null;
        use = Use.DISCARD;
        bytes = 0;
        if (!complete) {
            more.run();
        }
    }

    private void begin(Use wanted) {
        use = wanted;
        lastNanos = System.nanoTime();
        if (awaitsContinue) {
            awaitsContinue = false;
            client.writeAndFlush(CONTINUE.retainedDuplicate());
        }
        if (!complete) {
            more.run();
        }
    }

    /// More of it has arrived. Takes ownership of the content.
    void on(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        long now = System.nanoTime();
        int length = content.content().readableBytes();
        if (waitingSinceNanos() != 0) {
            pace.waiting(now - lastNanos);
        }
        pace.came(length);
        complete |= last;
        lastNanos = now;
        bytes += length;
        switch (use) {
            case WHOLE -> gather(content);
            case STREAM -> pump(content, last);
            case DISCARD, NONE -> {
                content.release();
                if (bytes > DISCARDED_BYTES_MAX) {
                    client.close();
                } else if (!last) {
                    more.run();
                }
            }
        }
    }

    private void gather(HttpContent content) {
        ByteBuf into = gathered;
        CompletableFuture<Whole> awaited = whole;
        if (into == null || awaited == null) {
            content.release();
            return;
        }
        boolean tooLarge = bytes > wholeMax;
        Held.Part copy = room.get();
        if (tooLarge
                || !takes(content.content().readableBytes())
                || (complete && !copy.take((int) bytes))) {
            content.release();
            release();
            use = Use.DISCARD;
            awaited.complete(tooLarge ? new Whole.TooLarge() : new Whole.NoRoom());
            return;
        }
        into.writeBytes(content.content());
        content.release();
        if (complete) {
            awaited.complete(new Whole.Bytes(ByteBufUtil.getBytes(into), copy));
        } else {
            more.run();
        }
    }

    private boolean takes(int more) {
        Held.Part part = held;
        return part != null && part.take(more);
    }

    private void letGo() {
        Held.Part part = held;
        if (part != null) {
            part.end();
        }
    }

    private void pump(HttpContent content, boolean last) {
        Channel to = upstream;
        if (to == null) {
            content.release();
            return;
        }
        // trailers end here: nobody has looked at them
        Object part = last ? new DefaultLastHttpContent(content.content()) : content;
        to.writeAndFlush(part).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        if (!last && to.isWritable()) {
            more.run();
        }
    }

    /// The next hop takes more.
    void upstreamWritable() {
        if (use == Use.STREAM && !complete) {
            lastNanos = System.nanoTime();
            more.run();
        }
    }

    /// Lets go of what was gathered.
    void release() {
        ByteBuf read = gathered;
        gathered = null;
        if (read != null) {
            read.release();
            letGo();
        }
    }

    /// Where what is held for this request is counted.
    Supplier<Held.Part> room() {
        return room;
    }
}
