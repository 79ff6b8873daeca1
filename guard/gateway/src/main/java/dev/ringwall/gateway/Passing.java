package dev.ringwall.gateway;

import dev.ringwall.events.Recorder;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes one request through the rings, on to the next hop, and its answer back. Lives on its connection's event loop.
///
/// Every way out of it is an answer of the next hop that was released and recorded, or a refusal that was recorded.
final class Passing {

    private static final Passage.Refused OUT_OF_TIME =
            new Passage.Refused(
                    Reason.UPSTREAM_TIMEOUT, "not within the time that the caller waits");

    private enum State {
        RINGS,
        FORWARDED,
        REFUSED,
        OVER
    }

    private final Tools tools;
    private final Rings rings;
    private final ConnectionHandler client;
    private final Exchange exchange;
    private final Attempts attempts;
    private State state = State.RINGS;
    private int next;
    private boolean broken;
    private @Nullable Answer answer;
    private @Nullable Future<?> deadline;

    Passing(Tools tools, Rings rings, ConnectionHandler client, Exchange exchange) {
        this.tools = tools;
        this.rings = rings;
        this.client = client;
        this.exchange = exchange;
        this.attempts = new Attempts(this);
    }

    Exchange exchange() {
        return exchange;
    }

    Rings rings() {
        return rings;
    }

    Tools tools() {
        return tools;
    }

    ConnectionHandler client() {
        return client;
    }

    /// Asks the rings, one after the other, until one refuses, needs time, or all are passed.
    void advance() {
        List<Gate> gates = rings.gates();
        while (state == State.RINGS && next < gates.size()) {
            Gate gate = gates.get(next);
            Passage passage = ask(gate);
            if (passage instanceof Passage.Later(CompletionStage<Passage> then)) {
                onLoop(
                        then,
                        later -> {
                            if (state == State.RINGS && settled(gate, later)) {
                                advance();
                            }
                        });
                return;
            }
            if (!settled(gate, passage)) {
                return;
            }
        }
        if (state == State.RINGS) {
            state = State.FORWARDED;
            tools.roads().retries().request();
            deadline =
                    exchange.deadline()
                            .map(after ->
                                    client.later(after, () -> refuse(Ring.FORWARD, OUT_OF_TIME)))
                            .orElse(null);
            attempts.next();
        }
    }

    private Passage ask(Gate gate) {
        try {
            return gate.pass(exchange);
        } catch (RuntimeException unforeseen) {
            return Passage.Refused.unforeseen(exchange, unforeseen);
        }
    }

    private boolean settled(Gate gate, Passage passage) {
        return switch (passage) {
            case Passage.Passed(String note) -> {
                exchange.trail().passed(gate.ring(), note, System.nanoTime());
                next++;
                yield true;
            }
            case Passage.Refused refused -> {
                refuse(gate.ring(), refused);
                yield false;
            }
            case Passage.Answered own -> {
                exchange.trail().passed(gate.ring(), "answered here", System.nanoTime());
                over(Optional.empty(), own.status());
                client.lastAnswer(ProblemAnswer.of(exchange, own), client.keepsAlive());
                yield false;
            }
            case Passage.Later(var _) ->
                    throw new IllegalStateException("a ring that needs time twice");
        };
    }

    /// Runs the rest on the event loop once the stage completes. A stage that fails is a refusal.
    private void onLoop(CompletionStage<Passage> stage, Consumer<Passage> rest) {
        stage.whenComplete((passage, failure) ->
                client.onLoop(() ->
                        rest.accept(
                                failure == null
                                        ? passage
                                        : Passage.Refused.unforeseen(exchange, failure))));
    }

    /// Whether the request has passed the rings and nothing has come of it yet.
    boolean awaitsAnswer() {
        return state == State.FORWARDED;
    }

    /// There is a connection to the next hop.
    void connected(UpstreamHandler upstream) {
        if (state != State.FORWARDED) {
            upstream.abandon();
            return;
        }
        Answer awaited = new Answer(this, upstream);
        answer = awaited;
        awaited.begin();
    }

    /// The next hop was gone before it answered; returns whether it is asked once more.
    boolean retry(boolean kept) {
        Answer before = answer;
        answer = null;
        boolean again = attempts.again(kept);
        if (!again) {
            answer = before;
        }
        return again;
    }

    /// Stops the request, unless an answer is on its way out already: then only the connection can be cut.
    void refuse(Ring ring, Passage.Refused refused) {
        if (state == State.OVER || state == State.REFUSED) {
            return;
        }
        Answer begun = answer;
        if (begun != null && begun.headIsOut()) {
            client.cut(); // nothing can be said any more
            return;
        }
        state = State.REFUSED;
        if (begun != null) {
            begun.abandon();
        }
        exchange.trail().refused(ring, refused.note(), System.nanoTime());
        record(
                Optional.of(refused),
                refused.reason().status(),
                outcome -> answer(recorded(outcome, refused)));
    }

    private static Passage.Refused recorded(Recorder.Outcome outcome, Passage.Refused refused) {
        return outcome instanceof Recorder.Outcome.Lost(String why)
                ? new Passage.Refused(Reason.NOT_RECORDED, why)
                : refused;
    }

    /// Records how it ended and goes on with what became of the record, on the event loop.
    void record(
            Optional<Passage.Refused> refused, int status, Consumer<Recorder.Outcome> afterwards) {
        rings.keep(exchange, refused, status, client::onLoop, afterwards);
    }

    private void answer(Passage.Refused refused) {
        if (state != State.REFUSED) {
            return;
        }
        FullHttpResponse problem = ProblemAnswer.of(exchange, refused);
        // where the request itself was odd, nobody can tell where the next one begins
        boolean readable =
                refused.reason().ring() != Ring.TRANSPORT
                        && !broken
                        && !exchange.body().awaitsContinue();
        over(Optional.of(refused.reason()), refused.reason().status());
        client.lastAnswer(problem, readable && client.keepsAlive());
    }

    /// The answer could not be recorded, so there is none.
    void notRecorded(String why) {
        Answer begun = answer;
        if (begun != null) {
            begun.abandon();
        }
        if (state != State.OVER) {
            state = State.REFUSED;
            answer(new Passage.Refused(Reason.NOT_RECORDED, why));
        }
    }

    /// More of the request's body has arrived.
    void on(HttpContent content) {
        Throwable cause = content.decoderResult().cause();
        broken |= cause != null;
        exchange.usage().carried(content.content().readableBytes());
        exchange.body().on(content);
        if (broken && state == State.OVER) {
            client.closeSoon();
        } else if (cause != null) {
            refuse(Ring.TRANSPORT, TransportRing.broken(cause));
        }
    }

    /// The client takes more.
    void clientWritable() {
        Answer begun = answer;
        if (begun != null) {
            begun.clientWritable();
        }
    }

    /// The client is gone.
    void clientGone() {
        Answer begun = answer;
        if (begun != null) {
            begun.abandon();
        }
        exchange.body().release();
        if (state != State.OVER) {
            over(Optional.empty(), 0);
        }
    }

    /// What had begun well, and lasted, is ended for this reason; it goes on once that is recorded.
    void ended(Passage.Refused refused, Runnable afterwards) {
        exchange.trail().refused(refused.reason().ring(), refused.note(), System.nanoTime());
        record(Optional.of(refused), refused.reason().status(), _ -> afterwards.run());
    }

    /// What lasted is closed.
    void closed() {
        over(Optional.empty(), HttpResponseStatus.SWITCHING_PROTOCOLS.code());
    }

    /// Looks at the time.
    void tick(long nowNanos) {
        Optional<String> slow = Patience.tooSlow(exchange, nowNanos);
        if (slow.isPresent() && state == State.OVER) {
            client.cut(); // it has its answer
        } else {
            slow.ifPresent(
                    why -> refuse(Ring.TRANSPORT, new Passage.Refused(Reason.TOO_SLOW, why)));
        }
        Answer begun = answer;
        if (begun != null) {
            begun.tick(nowNanos);
        }
    }

    /// It is over, and this is how it ended.
    void over(Optional<Reason> refused, int status) {
        state = State.OVER;
        exchange.usage().end();
        Future<?> running = deadline;
        if (running != null) {
            running.cancel(false);
        }
        if (exchange.arrival().listener() instanceof Listener.Inbound inbound) {
            tools.underWay().end(inbound.service(), exchange.requestId());
        }
        tools.meters().ended(exchange, refused, status);
    }
}
