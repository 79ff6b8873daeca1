package dev.ringwall.gateway;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A question that this node asks by itself, of whose answer the head matters alone: nothing of it is followed, kept or handed on. Lives on
/// its pool's event loop.
final class Question implements Served {

    private final Pool pool;
    private final Way way;
    private final HttpRequest head;
    private final boolean once;
    private final Consumer<Heard> to;
    private final Future<?> deadline;
    private boolean over;
    private boolean informational;
    private boolean again;
    private @Nullable UpstreamHandler upstream;
    private @Nullable Heard heard;

    private Question(
            Pool pool,
            Way way,
            HttpRequest head,
            boolean once,
            Duration within,
            Consumer<Heard> to) {
        this.pool = pool;
        this.way = way;
        this.head = head;
        this.once = once;
        this.to = to;
        this.deadline =
                pool.loop()
                        .schedule(
                                () -> end(new Heard.Nothing("no answer within " + within)),
                                within.toMillis(),
                                TimeUnit.MILLISECONDS);
    }

    /// What came of it.
    sealed interface Heard {
        /// An answer.
        ///
        /// @param refusal the reason, where it is one of a node
        record Answered(int status, Optional<Passage.Refused> refusal) implements Heard {}

        /// None.
        record Nothing(String why) implements Heard {}
    }

    /// Asks a next hop, over a connection that is kept for the next question where there is one.
    static void ask(Pool pool, Way way, HttpRequest head, Duration within, Consumer<Heard> to) {
        Question question = new Question(pool, way, head, false, within, to);
        pool.take(way, question::taken);
    }

    /// Asks over a connection of its own, which closes as soon as the answer begins.
    static void askOnce(Pool pool, Way way, HttpRequest head, Duration within, Consumer<Heard> to) {
        Question question = new Question(pool, way, head, true, within, to);
        pool.connect(way, question::taken);
    }

    private void taken(Pool.Taken taken) {
        switch (taken) {
            case Pool.Taken.Failed(String why) -> end(new Heard.Nothing(why));
            case Pool.Taken.Ready(UpstreamHandler ready) when over -> ready.abandon();
            case Pool.Taken.Ready(UpstreamHandler ready) -> {
                upstream = ready;
                ready.serve(this);
                ready.channel().write(head);
                ready.channel().writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
                ready.channel().read();
            }
        }
    }

    @Override
    public void onHead(HttpResponse response) {
        if (response.decoderResult().isFailure()) {
            end(new Heard.Nothing("an answer that is not well formed"));
            return;
        }
        informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (!informational) {
            heard = new Heard.Answered(response.status().code(), Passage.Refused.relayed(response));
            if (once) {
                end(heard);
            }
        }
    }

    @Override
    public void onContent(HttpContent content) {
        boolean last = content instanceof LastHttpContent && !informational;
        content.release();
        Heard known = heard;
        UpstreamHandler asked = upstream;
        if (!last || known == null || asked == null) {
            return;
        }
        upstream = null;
        asked.done(true);
        end(known);
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
        if (reused && !again && !over) {
            again = true; // a kept connection that had died in the meantime
            pool.connect(way, this::taken);
        } else {
            end(new Heard.Nothing("the connection ended before the answer did"));
        }
    }

    private void end(Heard what) {
        if (over) {
            return;
        }
        over = true;
        deadline.cancel(false);
        UpstreamHandler open = upstream;
        upstream = null;
        if (open != null) {
            open.abandon();
        }
        to.accept(what);
    }
}
