package dev.ringwall.gateway;

import dev.ringwall.wire.Lines;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One [Delivery] under way. Its body goes out part by part, each when the receiver takes it and after the loop has looked at its other
/// connections, so a large one keeps no request waiting. Lives on its pool's event loop.
final class Delivering implements Served {

    /// So much of the body goes out at once: a few TLS records, which the processor's cache holds until they are in the socket.
    static final int PART_BYTES = 64 << 10;

    private final Pool pool;
    private final Delivery delivery;
    private final Way way;
    private final Future<?> deadline;
    private final CompletableFuture<Delivery.Outcome> outcome;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private int sent;
    private int status;
    private boolean next;
    private boolean out;
    private boolean again;
    private boolean over;
    private @Nullable UpstreamHandler upstream;

    private Delivering(Pool pool, Delivery delivery, CompletableFuture<Delivery.Outcome> outcome) {
        this.pool = pool;
        this.delivery = delivery;
        this.way = delivery.way();
        this.outcome = outcome;
        this.deadline =
                pool.loop()
                        .schedule(
                                () -> fail("no answer within " + delivery.within()),
                                delivery.within().toMillis(),
                                TimeUnit.MILLISECONDS);
    }

    /// Takes it to its receiver, over a connection that is kept for the next one. Any thread may call this.
    static CompletionStage<Delivery.Outcome> start(Pool pool, Delivery delivery) {
        CompletableFuture<Delivery.Outcome> outcome = new CompletableFuture<>();
        try {
            pool.loop()
                    .execute(() -> {
                        Delivering one = new Delivering(pool, delivery, outcome);
                        pool.take(one.way, one::taken);
                    });
        } catch (RejectedExecutionException stopping) {
            outcome.complete(new Delivery.Outcome.Unanswered("the node is stopping"));
        }
        return outcome;
    }

    private void taken(Pool.Taken taken) {
        switch (taken) {
            case Pool.Taken.Failed(String why) -> fail(why);
            case Pool.Taken.Ready(UpstreamHandler ready) when over -> ready.abandon();
            case Pool.Taken.Ready(UpstreamHandler ready) -> {
                upstream = ready;
                sent = 0;
                out = false;
                next = false;
                ready.serve(this);
                ready.channel().write(head());
                ready.channel().read();
                send();
            }
        }
    }

    private HttpRequest head() {
        Lines headers = new Lines(true);
        headers.add(HttpHeaderNames.HOST, delivery.to().getRawAuthority());
        headers.add(HttpHeaderNames.CONTENT_TYPE, delivery.mediaType());
        headers.add(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(delivery.body().remaining()));
        return new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, delivery.target(), headers);
    }

    /// Sends the next part, where the receiver takes more. TLS has read it when this returns, so nothing of the body is held here.
    private void send() {
        UpstreamHandler to = upstream;
        if (to == null || out || next || !to.channel().isWritable()) {
            return;
        }
        int left = delivery.body().remaining() - sent;
        int count = Math.min(left, PART_BYTES);
        ByteBuffer part = delivery.body().slice(delivery.body().position() + sent, count);
        sent += count;
        ByteBuf bytes = Unpooled.wrappedBuffer(part);
        out = count == left;
        if (out) {
            to.channel().writeAndFlush(new DefaultLastHttpContent(bytes));
        } else {
            next = true;
            to.channel().writeAndFlush(new DefaultHttpContent(bytes));
            pool.loop().schedule(this::sendNext, 0, TimeUnit.NANOSECONDS);
        }
    }

    private void sendNext() {
        next = false;
        send();
    }

    @Override
    public void upstreamWritable() {
        send();
    }

    @Override
    public void onHead(HttpResponse response) {
        if (response.decoderResult().isFailure()) {
            fail("an answer that is not well formed");
        } else if (response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            status = response.status().code();
        }
    }

    @Override
    public void onContent(HttpContent content) {
        boolean last = content instanceof LastHttpContent && status != 0;
        boolean broken = content.decoderResult().isFailure();
        ByteBuf bytes = content.content();
        boolean fits = bytes.readableBytes() <= Delivery.ANSWER_BYTES_MAX - answer.size();
        if (fits && status != 0) {
            answer.writeBytes(ByteBufUtil.getBytes(bytes));
        }
        content.release();
        UpstreamHandler asked = upstream;
        if (broken) {
            fail("an answer that is not well formed");
        } else if (!fits) {
            fail("an answer of more than " + Delivery.ANSWER_BYTES_MAX + " bytes");
        } else if (last && asked != null) {
            upstream = null;
            asked.done(out);
            end(new Delivery.Outcome.Answered(status, answer.toByteArray()));
        }
    }

    @Override
    public void flush() {
        UpstreamHandler reading = upstream;
        if (reading != null) {
            reading.channel().read();
        }
    }

    @Override
    public void onGone(boolean reused) {
        upstream = null;
        if (reused && !again && !over && status == 0) {
            again = true; // a kept connection that had died in the meantime
            pool.connect(way, this::taken);
        } else {
            fail("the connection ended before the answer did");
        }
    }

    private void fail(String why) {
        end(new Delivery.Outcome.Unanswered(why));
    }

    private void end(Delivery.Outcome what) {
        if (over) {
            return;
        }
        over = true;
        deadline.cancel(false);
        UpstreamHandler open = upstream;
        upstream = null;
        if (open == null) {
            outcome.complete(what);
            return;
        }
        open.abandon();
        open.channel()
                .closeFuture()
                .addListener(_ -> outcome.complete(what)); // no part of it leaves any more
    }
}
