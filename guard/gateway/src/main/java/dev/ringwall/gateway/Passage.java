package dev.ringwall.gateway;

import dev.ringwall.events.Recorder;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request on its way through the rings, to what stands behind, and back. Everything happens on the event loop of its connection.
///
/// Bodies stream with back-pressure: the side that is read stops being read while the other cannot take more. Nothing of the answer
/// leaves before what was decided is recorded.
final class Passage {

    /// The largest body that is held because a ring must see it whole, in bytes.
    static final int HELD_BYTES_MAX = 1 << 20;

    /// How long what stands behind may take to begin its answer.
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Passage.class);

    /// Told when the answer has left, with whether the connection can take another request.
    @FunctionalInterface
    interface Finished {
        void finished(boolean keepOpen);
    }

    private final Entry entry;
    private final Channel front;
    private final HttpRequest request;
    private final Finished finished;
    private final Transit call;
    private final Deque<HttpContent> waiting = new ArrayDeque<>();
    private final boolean keepAlive;

    private boolean requestRead;
    private boolean holdsRequest;
    private boolean answering;
    private boolean done;
    private int heldBytes;
    private @Nullable CompositeByteBuf heldRequest;
    private Rings.@Nullable Onward onward;
    private @Nullable Channel back;
    private @Nullable HttpResponse heldHead;
    private @Nullable CompositeByteBuf heldAnswer;
    private boolean recording;
    private final Deque<HttpContent> behindRecord = new ArrayDeque<>();
    private @Nullable ScheduledFuture<?> timeout;

    Passage(Entry entry, Channel front, HttpRequest request, Finished finished) {
        this.entry = entry;
        this.front = front;
        this.request = request;
        this.finished = finished;
        this.call = entry.begin(front, request);
        this.keepAlive = HttpUtil.isKeepAlive(request);
    }

    /// Whether the request has been read to its end.
    boolean requestRead() {
        return requestRead;
    }

    /// Takes it through the rings that need no body.
    void begin() {
        guarded(() -> entry.rings().judge(call, this::judged));
    }

    private void judged(Rings.Outcome outcome) {
        if (!front.eventLoop().inEventLoop()) {
            front.eventLoop().execute(() -> judged(outcome));
            return;
        }
        guarded(() -> {
            switch (outcome) {
                case Rings.Outcome.Refused(Refusal refusal) -> refuse(refusal);
                case Rings.Outcome.Passed(Rings.Onward passed) -> {
                    onward = passed;
                    holdsRequest = passed.holdsRequest();
                    if (HttpUtil.is100ContinueExpected(request)) {
                        front.writeAndFlush(
                                new DefaultFullHttpResponse(
                                        HttpVersion.HTTP_1_1,
                                        HttpResponseStatus.CONTINUE,
                                        Unpooled.EMPTY_BUFFER));
                    }
                    if (holdsRequest) {
                        heldRequest = front.alloc().compositeBuffer(256);
                        readFront();
                        drain();
                    } else {
                        forward();
                    }
                }
            }
        });
    }

    void requestContent(HttpContent content) {
        requestRead = content instanceof LastHttpContent;
        if (!content.decoderResult().isSuccess()) {
            ReferenceCountUtil.release(content);
            if (!answering && !done) {
                refuse(Refusal.of(Reason.BAD_REQUEST, "body not well formed"));
            }
            return;
        }
        if (done || (answering && back == null)) {
            ReferenceCountUtil.release(content);
            return;
        }
        waiting.add(content);
        guarded(this::drain);
    }

    /// Moves what has arrived of the body to where it goes.
    private void drain() {
        if (onward == null) {
            return;
        }
        if (holdsRequest) {
            hold();
            return;
        }
        Channel to = back;
        if (to == null) {
            return;
        }
        boolean wrote = false;
        HttpContent next;
        while ((next = waiting.poll()) != null) {
            to.write(next);
            wrote = true;
        }
        if (wrote) {
            to.flush();
        }
        if (!requestRead && to.isWritable()) {
            readFront();
        }
    }

    private void hold() {
        HttpContent next;
        while ((next = waiting.poll()) != null) {
            heldBytes += next.content().readableBytes();
            if (heldBytes > HELD_BYTES_MAX) {
                ReferenceCountUtil.release(next);
                refuse(Refusal.of(Reason.TOO_LARGE, "over " + HELD_BYTES_MAX + " bytes"));
                return;
            }
            if (heldRequest != null) {
                heldRequest.addComponent(true, next.content());
            }
            if (next instanceof LastHttpContent) {
                inspectBody();
                return;
            }
        }
        readFront();
    }

    private void inspectBody() {
        CompositeByteBuf body = java.util.Objects.requireNonNull(heldRequest);
        entry.rings()
                .inspectBody(call, body)
                .ifPresentOrElse(
                        this::refuse,
                        () -> {
                            holdsRequest = false;
                            heldRequest = null;
                            waiting.add(
                                    new io.netty.handler.codec.http.DefaultLastHttpContent(body));
                            forward();
                        });
    }

    private void forward() {
        connect(false);
    }

    private void connect(boolean fresh) {
        Rings.Onward to = java.util.Objects.requireNonNull(onward);
        Future<Channel> connection = entry.upstreams(front.eventLoop()).acquire(to.peer(), fresh);
        connection.addListener(_ ->
                guarded(() -> {
                    if (done) {
                        if (connection.isSuccess()) {
                            entry.upstreams(front.eventLoop())
                                    .release(to.peer(), connection.getNow());
                        }
                        return;
                    }
                    if (!connection.isSuccess()) {
                        LOG.atDebug()
                                .addKeyValue("request", call.id())
                                .setCause(connection.cause())
                                .log("unreachable");
                        refuse(Refusal.of(Reason.UNREACHABLE, String.valueOf(to.peer().address())));
                        return;
                    }
                    send(connection.getNow(), to);
                }));
    }

    private void send(Channel channel, Rings.Onward to) {
        back = channel;
        channel.pipeline().get(Back.class).lend(this);
        channel.config().setAutoRead(false);
        DefaultHttpRequest onwards =
                new DefaultHttpRequest(
                        HttpVersion.HTTP_1_1,
                        request.method(),
                        to.target(),
                        entry.rings().headersOnward(call, to));
        channel.write(onwards);
        channel.flush();
        channel.read();
        timeout =
                front.eventLoop()
                        .schedule(this::tooSlow, ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        drain();
    }

    private void tooSlow() {
        if (!answering && !done) {
            dropBack();
            refuse(
                    Refusal.of(
                            Reason.UPSTREAM_TIMEOUT,
                            "no answer within " + ANSWER_WITHIN.toSeconds() + " s"));
        }
    }

    // ---- the answer

    void answerHead(HttpResponse head) {
        guarded(() -> {
            if (head.status().code() / 100 == 1) {
                return;
            }
            if (timeout != null) {
                timeout.cancel(false);
            }
            call.step(Ring.FORWARD, true, String.valueOf(head.status().code()));
            answering = true;
            if (!head.decoderResult().isSuccess()) {
                answering = false;
                dropBack();
                refuse(Refusal.of(Reason.UNREACHABLE, "answer not well formed"));
                return;
            }
            if (java.util.Objects.requireNonNull(onward).holdsAnswer()) {
                heldHead = head;
                heldAnswer = front.alloc().compositeBuffer(256);
                heldBytes = 0;
                return;
            }
            call.step(Ring.RELEASE, true, "");
            release(head);
        });
    }

    void answerContent(HttpContent content) {
        guarded(() -> {
            if (done) {
                ReferenceCountUtil.release(content);
            } else if (heldHead != null) {
                holdAnswer(content);
            } else if (recording) {
                behindRecord.add(content);
            } else {
                write(content);
            }
        });
    }

    private void holdAnswer(HttpContent content) {
        heldBytes += content.content().readableBytes();
        CompositeByteBuf held = java.util.Objects.requireNonNull(heldAnswer);
        if (heldBytes > HELD_BYTES_MAX) {
            ReferenceCountUtil.release(content);
            answering = false;
            dropBack();
            refuse(Refusal.of(Reason.ANSWER_TOO_LARGE, "over " + HELD_BYTES_MAX + " bytes"));
            return;
        }
        held.addComponent(true, content.content());
        if (!(content instanceof LastHttpContent)) {
            readBack();
            return;
        }
        HttpResponse head = java.util.Objects.requireNonNull(heldHead);
        giveBack(HttpUtil.isKeepAlive(head));
        entry.rings()
                .judgeAnswer(call, head, held)
                .ifPresentOrElse(
                        refusal -> {
                            answering = false;
                            refuse(refusal);
                        },
                        () -> {
                            call.step(Ring.RELEASE, true, "");
                            heldHead = null;
                            heldAnswer = null;
                            FullHttpResponse whole =
                                    new DefaultFullHttpResponse(
                                            HttpVersion.HTTP_1_1,
                                            head.status(),
                                            held,
                                            head.headers().copy(),
                                            io.netty.handler.codec.http.EmptyHttpHeaders.INSTANCE);
                            if (!request.method()
                                    .equals(io.netty.handler.codec.http.HttpMethod.HEAD)) {
                                whole.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
                                whole.headers()
                                        .set(HttpHeaderNames.CONTENT_LENGTH, held.readableBytes());
                            }
                            release(whole);
                        });
    }

    /// Lets the answer go once what was decided is recorded.
    private void release(HttpResponse head) {
        recording = true;
        entry.record(call, head.status().code(), null)
                .whenComplete((outcome, broken) ->
                        onLoop(() -> {
                            recording = false;
                            if (done) {
                                ReferenceCountUtil.release(head);
                                return;
                            }
                            if (broken != null || outcome instanceof Recorder.Outcome.Lost) {
                                ReferenceCountUtil.release(head);
                                answering = false;
                                dropBack();
                                answer(Refusal.of(Reason.NOT_RECORDED, "the answer was withheld"));
                                return;
                            }
                            boolean whole = head instanceof FullHttpResponse;
                            entry.rings().headersBack(call, head, keepAlive && requestRead);
                            if (whole) {
                                front.writeAndFlush(head)
                                        .addListener(_ -> finish(keepAlive && requestRead));
                                return;
                            }
                            front.write(head);
                            HttpContent content;
                            while ((content = behindRecord.poll()) != null) {
                                write(content);
                            }
                            readBack();
                        }));
    }

    private void write(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (!content.decoderResult().isSuccess()) {
            ReferenceCountUtil.release(content);
            abort();
            return;
        }
        front.writeAndFlush(content)
                .addListener(written -> {
                    if (!written.isSuccess()) {
                        abort();
                    }
                });
        if (last) {
            giveBack(true);
            front.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(_ -> finish(keepAlive && requestRead));
        } else if (front.isWritable()) {
            readBack();
        }
    }

    void frontWritable() {
        if (answering && !recording) {
            readBack();
        }
    }

    void backWritable() {
        if (!requestRead && !holdsRequest) {
            readFront();
        }
    }

    void backGone() {
        back = null;
        if (done) {
            return;
        }
        if (answering && heldHead == null) {
            abort();
        } else {
            answering = false;
            refuse(Refusal.of(Reason.UNREACHABLE, "the connection was closed before the answer"));
        }
    }

    void frontGone() {
        if (!done) {
            done = true;
            dropBack();
            releaseHeld();
        }
    }

    // ---- refusing

    private void refuse(Refusal refusal) {
        if (done || answering) {
            return;
        }
        answering = true;
        call.step(refusal.reason().ring(), false, refusal.note());
        entry.record(call, refusal.reason().status(), refusal)
                .whenComplete((outcome, broken) ->
                        onLoop(() ->
                                answer(
                                        broken != null || outcome instanceof Recorder.Outcome.Lost
                                                ? Refusal.of(
                                                        Reason.NOT_RECORDED,
                                                        "the refusal was not recorded")
                                                : refusal)));
    }

    private void answer(Refusal refusal) {
        if (done) {
            return;
        }
        dropBack();
        releaseHeld();
        FullHttpResponse answer = Answers.refusal(refusal, call.id());
        boolean keep = keepAlive && requestRead && refusal.reason().ring() != Ring.TRANSPORT;
        entry.rings().headersBack(call, answer, keep);
        if (keep) {
            front.writeAndFlush(answer).addListener(_ -> finish(true));
        } else {
            done = true;
            front.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void abort() {
        done = true;
        dropBack();
        releaseHeld();
        front.close();
    }

    private void finish(boolean keepOpen) {
        if (!done) {
            done = true;
            releaseHeld();
            finished.finished(keepOpen);
        }
    }

    private void giveBack(boolean reusable) {
        Channel channel = back;
        back = null;
        if (channel == null) {
            return;
        }
        channel.pipeline().get(Back.class).giveBack();
        if (reusable && requestRead && waiting.isEmpty()) {
            entry.upstreams(front.eventLoop())
                    .release(java.util.Objects.requireNonNull(onward).peer(), channel);
        } else {
            channel.close();
        }
    }

    private void dropBack() {
        Channel channel = back;
        back = null;
        if (timeout != null) {
            timeout.cancel(false);
        }
        if (channel != null) {
            channel.pipeline().get(Back.class).giveBack();
            channel.close();
        }
    }

    private void releaseHeld() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        behindRecord.forEach(ReferenceCountUtil::release);
        behindRecord.clear();
        release(heldRequest);
        release(heldAnswer);
        heldRequest = null;
        heldAnswer = null;
    }

    private static void release(@Nullable ByteBuf buffer) {
        if (buffer != null) {
            buffer.release();
        }
    }

    private void readFront() {
        front.read();
    }

    private void readBack() {
        if (back != null) {
            back.read();
        }
    }

    private void onLoop(Runnable work) {
        if (front.eventLoop().inEventLoop()) {
            guarded(work);
        } else {
            front.eventLoop().execute(() -> guarded(work));
        }
    }

    /// What was not foreseen is a refusal and an event, or the end of the connection when the answer has begun.
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException unforeseen) {
            LOG.atError().addKeyValue("request", call.id()).setCause(unforeseen).log("unforeseen");
            if (answering) {
                abort();
            } else {
                refuse(Refusal.of(Reason.UNFORESEEN, unforeseen.getClass().getSimpleName()));
            }
        }
    }
}
