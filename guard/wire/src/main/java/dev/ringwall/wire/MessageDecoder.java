package dev.ringwall.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Reads messages of HTTP/1.1 (RFC 9112) from what a connection brings, in however many pieces, and hands on what the library's own decoder
/// would: a head, the parts of its body, the last of which ends it. No byte waits here but those of a head that is not whole; bodies are
/// handed on in the buffers in which they came.
///
/// What is not well formed is handed on as far as it can be told, with the failure in its result; nothing is read behind it.
abstract class MessageDecoder extends ChannelInboundHandlerAdapter {

    /// The largest part of a body that is handed on, in bytes.
    static final int PART_BYTES_MAX = 64 << 10;

    private enum State {
        HEAD,
        LENGTH,
        UNTIL_CLOSE,
        CHUNK_LINE,
        CHUNK,
        CHUNK_CR,
        CHUNK_LF,
        TRAILERS,
        SWITCHED,
        BAD
    }

    private final MessageHead head;
    private final Trailers trailers;
    private final ChunkLine chunk = new ChunkLine();
    private final Deque<Object> early = new ArrayDeque<>(0);
    private State state = State.HEAD;
    private long left;
    private @Nullable ByteBuf current;
    private boolean taking;
    private boolean read;
    private boolean handedOn;

    MessageDecoder(MessageHead head, Trailers trailers) {
        this.head = head;
        this.trailers = trailers;
    }

    /// How many bytes of a body come behind a head that is whole, or [MessageHead#CHUNKED], or [MessageHead#UNSAID], then all that comes
    /// until the connection ends.
    abstract long body();

    /// Whether what comes behind that head is HTTP no more.
    abstract boolean switches();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (taking) {
            early.add(message); // whoever is at it takes this as well
            return;
        }
        taking = true;
        try {
            one(context, message);
            for (Object next = early.poll(); next != null; next = early.poll()) {
                one(context, next);
            }
        } finally {
            taking = false;
        }
    }

    private void one(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf in && !context.isRemoved()) {
            read = true;
            take(context, in);
        } else {
            context.fireChannelRead(message);
        }
    }

    private void take(ChannelHandlerContext context, ByteBuf in) {
        current = in;
        try {
            ByteBuf now;
            while ((now = current) != null && now.isReadable()) {
                step(context, now);
            }
        } finally {
            ByteBuf rest = current;
            current = null;
            if (rest != null) {
                rest.release();
            }
        }
    }

    private void step(ChannelHandlerContext context, ByteBuf in) {
        switch (state) {
            case HEAD -> head(context, in);
            case LENGTH, UNTIL_CLOSE, CHUNK -> part(context, in);
            case SWITCHED -> handOn(context, piece(in, in.readableBytes()));
            case BAD -> in.skipBytes(in.readableBytes());
            case CHUNK_LINE, CHUNK_CR, CHUNK_LF, TRAILERS -> {
                try {
                    between(context, in);
                } catch (OddRequest | DecoderException odd) {
                    HttpContent nothing =
                            new DefaultLastHttpContent(
                                    Unpooled.EMPTY_BUFFER, EmptyHttpHeaders.INSTANCE);
                    nothing.setDecoderResult(DecoderResult.failure(odd));
                    state = State.BAD;
                    handOn(context, nothing);
                }
            }
        }
    }

    private void head(ChannelHandlerContext context, ByteBuf in) {
        HttpMessage message;
        try {
            if (!head.take(in)) {
                return;
            }
            left = body();
            message = head.message();
        } catch (OddRequest | DecoderException odd) {
            bad(context, odd);
            return;
        }
        boolean bodiless = left == 0;
        state = switches() ? State.SWITCHED : behindHead();
        head.forget();
        handOn(context, message);
        if (bodiless && !context.isRemoved()) {
            handOn(context, LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    private State behindHead() {
        if (left == MessageHead.CHUNKED) {
            return State.CHUNK_LINE;
        }
        if (left == MessageHead.UNSAID) {
            return State.UNTIL_CLOSE;
        }
        return left == 0 ? State.HEAD : State.LENGTH;
    }

    private void bad(ChannelHandlerContext context, Exception odd) {
        HttpMessage message = head.odd();
        message.setDecoderResult(DecoderResult.failure(odd));
        state = State.BAD;
        head.forget();
        handOn(context, message);
    }

    private void part(ChannelHandlerContext context, ByteBuf in) {
        int bytes = Math.min(in.readableBytes(), PART_BYTES_MAX);
        if (state == State.UNTIL_CLOSE) {
            handOn(context, new DefaultHttpContent(piece(in, bytes)));
            return;
        }
        bytes = (int) Math.min(bytes, left);
        left -= bytes;
        boolean ends = left == 0 && state == State.LENGTH;
        if (left == 0) {
            state = ends ? State.HEAD : State.CHUNK_CR;
        }
        ByteBuf piece = piece(in, bytes);
        handOn(
                context,
                ends
                        ? new DefaultLastHttpContent(piece, EmptyHttpHeaders.INSTANCE)
                        : new DefaultHttpContent(piece));
    }

    /// Where all that is left is wanted, the buffer itself, which then is no longer ours.
    private ByteBuf piece(ByteBuf in, int bytes) {
        if (bytes < in.readableBytes()) {
            return in.readRetainedSlice(bytes);
        }
        current = null;
        return in;
    }

    private void between(ChannelHandlerContext context, ByteBuf in) {
        switch (state) {
            case CHUNK_LINE -> {
                if (chunk.take(in)) {
                    left = chunk.size();
                    state = left == 0 ? State.TRAILERS : State.CHUNK;
                    chunk.forget();
                }
            }
            case CHUNK_CR -> {
                expect(in, '\r');
                state = State.CHUNK_LF;
            }
            case CHUNK_LF -> {
                expect(in, '\n');
                state = State.CHUNK_LINE;
            }
            default -> {
                if (trailers.take(in)) {
                    Lines lines = trailers.checked();
                    trailers.forget();
                    state = State.HEAD;
                    handOn(
                            context,
                            lines.isEmpty()
                                    ? LastHttpContent.EMPTY_LAST_CONTENT
                                    : new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, lines));
                }
            }
        }
    }

    private static void expect(ByteBuf in, char wanted) {
        if (in.readByte() != wanted) {
            throw new OddRequest("a chunk that does not end where it says");
        }
    }

    private void handOn(ChannelHandlerContext context, Object message) {
        handedOn = true;
        context.fireChannelRead(message);
    }

    /// Asks for more where what came was not enough to hand on anything.
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        boolean more = read && !handedOn && !context.channel().config().isAutoRead();
        read = false;
        handedOn = false;
        if (more) {
            context.read();
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        State last = state;
        state = State.BAD;
        if (last == State.UNTIL_CLOSE) {
            handOn(context, LastHttpContent.EMPTY_LAST_CONTENT);
            context.fireChannelReadComplete();
        } else if (last == State.HEAD && head.hasBegun()) {
            bad(
                    context,
                    new PrematureChannelClosureException(
                            "Connection closed before received headers"));
            context.fireChannelReadComplete();
        }
        head.forget();
        trailers.forget();
        context.fireChannelInactive();
    }

    /// What is left goes to whoever stands behind it now.
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ByteBuf rest = current;
        current = null;
        boolean begun = state == State.HEAD && head.length() > 0;
        if (begun) {
            context.fireChannelRead(Unpooled.wrappedBuffer(head.bytes(), 0, head.length()));
            head.forget();
        }
        if (rest != null && rest.isReadable()) {
            context.fireChannelRead(rest);
            begun = true;
        } else if (rest != null) {
            rest.release();
        }
        if (begun) {
            context.fireChannelReadComplete();
        }
    }

    /// Whether some of a head is here, but not all of it.
    final boolean awaitsHead() {
        return state == State.HEAD && head.length() > 0;
    }
}
