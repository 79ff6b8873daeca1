package dev.ringwall.gateway;

import dev.ringwall.events.Recorder;
import dev.ringwall.model.HttpRoute.Protocol;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import dev.ringwall.wire.AnswerEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The answer of the next hop to one request, on its way back: judged where a condition asks for that, recorded, and then streamed as
/// fast as the client takes it. Lives on the connection's event loop.
final class Answer implements Served {

    /// How long the next hop may take to begin an answer.
    static final Duration FIRST_BYTE_MAX = Duration.ofSeconds(30);

    /// How long it may pause within one.
    static final Duration PAUSE_MAX = Duration.ofSeconds(60);

    /// So much of it is read while it is recorded, in bytes.
    private static final long AHEAD_BYTES_MAX = 64 << 10;

    private enum State {
        AWAITED,
        HELD,
        RECORDING,
        STREAMING,
        OVER
    }

    private final Passing passing;
    private final Exchange exchange;
    private final UpstreamHandler upstream;
    private final Waiting waiting;
    private final Leaving leaving;
    private State state = State.AWAITED;
    private boolean informational;
    private boolean complete;
    private long lastNanos = System.nanoTime();
    private Optional<Passage.Refused> relayed = Optional.empty();
    private @Nullable HttpResponse head;

    Answer(Passing passing, UpstreamHandler upstream) {
        this.passing = passing;
        this.exchange = passing.exchange();
        this.upstream = upstream;
        this.waiting = new Waiting(exchange.body().room());
        this.leaving = new Leaving(passing.client());
    }

    /// Sends the request and waits.
    void begin() {
        if (exchange.arrival().listener() instanceof Listener.Inbound inbound) {
            passing.tools()
                    .underWay()
                    .begin(inbound.service(), exchange.requestId(), exchange.traceId());
        }
        upstream.serve(this);
        exchange.body().stream(exchange.onward().head(), upstream.channel());
        upstream.channel().read();
    }

    boolean headIsOut() {
        return state == State.STREAMING || state == State.OVER;
    }

    @Override
    public void onHead(HttpResponse response) {
        lastNanos = System.nanoTime();
        boolean switching = response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
        if (response.decoderResult().isFailure()
                || (switching
                        && !(exchange.speaks(Protocol.WEBSOCKET) && WebSocket.agreed(response)))) {
            failed(Reason.UNREACHABLE, "an answer that is not well formed");
            return;
        }
        if (!switching && response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            informational = true;
            return;
        }
        head = response;
        relayed = upstream.isNode() ? Passage.Refused.relayed(response) : Optional.empty();
        passing.tools().roads().tell(upstream.way(), true, relayed);
        if (relayed.isEmpty() && passing.rings().release().holds(exchange, response)) {
            state = State.HELD;
        } else {
            record(response);
        }
    }

    @Override
    public void onContent(HttpContent content) {
        lastNanos = System.nanoTime();
        if (informational) {
            content.release();
            informational = !(content instanceof LastHttpContent);
            return;
        }
        if (content.decoderResult().isFailure()) {
            content.release();
            failed(Reason.UNREACHABLE, "an answer that breaks off");
            return;
        }
        complete = content instanceof LastHttpContent;
        switch (state) {
            case STREAMING -> write(content);
            case HELD -> hold(content);
            case RECORDING -> waiting.add(content);
            case AWAITED, OVER -> content.release();
        }
    }

    @Override
    public void onBytes(ByteBuf bytes) {
        waiting.add(bytes);
    }

    private void hold(HttpContent content) {
        if (!waiting.hold(content)) {
            passing.refuse(Ring.RELEASE, ReleaseRing.TOO_LARGE);
        } else if (content instanceof LastHttpContent) {
            judge();
        }
    }

    private void judge() {
        HttpResponse response = head();
        Passage passage;
        try {
            passage = passing.rings().release().judge(exchange, response, waiting.whole());
        } catch (RuntimeException broken) {
            passage = Passage.Refused.unforeseen(exchange, broken);
        }
        switch (passage) {
            case Passage.Passed(String note) -> {
                exchange.trail().passed(Ring.RELEASE, note, System.nanoTime());
                AnswerTrimming.replace(exchange, response, waiting);
                record(response);
            }
            case Passage.Refused refused -> passing.refuse(Ring.RELEASE, refused);
            case Passage.Later _, Passage.Answered _ ->
                    passing.refuse(
                            Ring.RELEASE, new Passage.Refused(Reason.UNFORESEEN, "not in time"));
        }
    }

    /// The status that is recorded: of a refusal its own, which gRPC does not show.
    private int status(HttpResponse response) {
        return relayed.isPresent() ? relayed.get().reason().status() : response.status().code();
    }

    private void record(HttpResponse response) {
        state = State.RECORDING;
        exchange.trail().passed(Ring.RELEASE, "", System.nanoTime());
        passing.record(
                relayed,
                status(response),
                outcome -> {
                    switch (outcome) {
                        case Recorder.Outcome.Lost(String why) -> passing.notRecorded(why);
                        case Recorder.Outcome.Kept() -> {
                            if (state == State.RECORDING) {
                                start(response);
                            }
                        }
                    }
                });
    }

    private void start(HttpResponse response) {
        state = State.STREAMING;
        passing.rings().release().dress(exchange, response);
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            state = State.OVER;
            passing.client().join(response, upstream.channel(), waiting.takeEarly());
            waiting.release();
            return;
        }
        AnswerEncoder.frame(exchange.head(), response, passing.client().keepsAlive());
        if (response instanceof FullHttpResponse whole) {
            end();
            waiting.release();
            passing.client().lastAnswer(whole, passing.client().keepsAlive());
            return;
        }
        leaving.begin(response);
        HttpContent content;
        while (state == State.STREAMING && (content = waiting.poll()) != null) {
            write(content);
        }
        if (waiting.holds()) {
            passing.client().onceOut(waiting::letGo);
        }
        if (!upstream.isReading()) {
            flush();
        }
    }

    private void write(HttpContent content) {
        exchange.usage().carried(content.content().readableBytes());
        if (!(content instanceof LastHttpContent last)) {
            leaving.part(content);
            return;
        }
        HttpHeaders trailers =
                exchange.speaks(Protocol.GRPC)
                        ? Grpc.trailers(last)
                        : EmptyHttpHeaders.INSTANCE; // nobody looks at them
        end();
        leaving.end(last, trailers);
    }

    private void end() {
        state = State.OVER;
        upstream.done(exchange.body().complete() || !exchange.body().expected());
        passing.over(relayed.map(Passage.Refused::reason), status(head()));
    }

    /// What has come in one go goes out in one go.
    @Override
    public void flush() {
        if (state == State.STREAMING) {
            leaving.flush();
            if (passing.client().writable()) {
                upstream.channel().read();
            }
        } else if (state == State.AWAITED
                || state == State.HELD
                || (state == State.RECORDING && waiting.bytes() <= AHEAD_BYTES_MAX)) {
            upstream.channel().read(); // to stop reading and begin anew takes two system calls
        }
    }

    @Override
    public void upstreamWritable() {
        exchange.body().upstreamWritable();
    }

    void clientWritable() {
        if (state == State.STREAMING && passing.client().writable()) {
            lastNanos = System.nanoTime();
            upstream.channel().read();
        }
    }

    @Override
    public void onGone(boolean reused) {
        if (complete && !head().status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            return; // it waits to be recorded, and nothing is missing
        }
        if (state == State.AWAITED && passing.retry(reused)) {
            passing.tools().roads().tell(upstream.way(), false, relayed);
            state = State.OVER;
            return;
        }
        failed(Reason.UNREACHABLE, "the connection ended before the answer did");
    }

    void tick(long nowNanos) {
        boolean awaited = state == State.AWAITED;
        if (awaited && exchange.body().waitingSinceNanos() != 0) {
            lastNanos = nowNanos; // the caller has not said everything yet
        }
        Duration max = Patience.pause(exchange, awaited ? FIRST_BYTE_MAX : PAUSE_MAX);
        if (state != State.OVER && nowNanos - lastNanos > max.toNanos()) {
            String note = awaited ? "no answer within " : "a pause of more than ";
            failed(Reason.UPSTREAM_TIMEOUT, note + max);
        }
    }

    /// Nobody wants it any more.
    void abandon() {
        if (state != State.OVER) {
            state = State.OVER;
            upstream.abandon();
        }
        waiting.release();
    }

    private void failed(Reason reason, String note) {
        passing.tools().roads().tell(upstream.way(), false, relayed);
        passing.refuse(Ring.FORWARD, new Passage.Refused(reason, note));
    }

    private HttpResponse head() {
        return Objects.requireNonNull(head, "an answer that has not begun");
    }
}
