package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One read that the gateway makes before it lets a request go on. Nobody sees its answer; only whether the caller could have. Lives on its
/// connection's event loop.
final class Beforehand implements Served {

    private final Exchange exchange;
    private final Rings.Releasing release;
    private final Waiting waiting;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private int tried;
    private boolean informational;
    private @Nullable UpstreamHandler upstream;
    private @Nullable HttpResponse head;
    private @Nullable Answer settled;
    private @Nullable Future<?> deadline;

    Beforehand(Exchange exchange, Rings.Releasing release) {
        this.exchange = exchange;
        this.release = release;
        this.waiting = new Waiting(exchange.body().room());
    }

    /// What came of it.
    sealed interface Answer {
        /// The caller can read it.
        record Read() implements Answer {}

        /// The caller cannot, or there is nothing to read.
        record NotRead(String why) implements Answer {}

        /// Nobody knows.
        record Failed(Reason reason, String why) implements Answer {}
    }

    /// Asks, by one way after the other; the stage completes on the event loop.
    CompletionStage<Answer> ask() {
        exchange.pool()
                .loop()
                .execute(() -> {
                    deadline =
                            exchange.pool()
                                    .loop()
                                    .schedule(
                                            this::tooLate,
                                            dev.ringwall.gateway.Answer.FIRST_BYTE_MAX.toMillis(),
                                            TimeUnit.MILLISECONDS);
                    next("no way");
                });
        return answer;
    }

    private void next(String why) {
        if (tried >= exchange.onward().ways().size()) {
            end(new Answer.Failed(Reason.UNREACHABLE, why));
            return;
        }
        Way way = exchange.onward().ways().get(tried++);
        exchange.pool()
                .take(
                        way,
                        taken -> {
                            switch (taken) {
                                case Pool.Taken.Ready(UpstreamHandler ready) -> send(ready);
                                case Pool.Taken.Failed(String failed) -> next(failed);
                            }
                        });
    }

    private void send(UpstreamHandler ready) {
        if (answer.isDone()) {
            ready.abandon();
            return;
        }
        upstream = ready;
        ready.serve(this);
        ready.channel().write(exchange.onward().head());
        ready.channel().writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        ready.channel().read();
    }

    @Override
    public void onHead(HttpResponse response) {
        informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (informational) {
            return;
        }
        head = response;
        Optional<Passage.Refused> refused = Passage.Refused.relayed(response);
        if (refused.isPresent()) {
            settled = new Answer.NotRead(refused.get().reason().word());
        } else if (response.status().codeClass() != HttpStatusClass.SUCCESS) {
            settled = new Answer.NotRead("answered " + response.status().code());
        }
    }

    @Override
    public void onContent(HttpContent content) {
        if (informational || answer.isDone()) {
            content.release();
            return;
        }
        boolean last = content instanceof LastHttpContent;
        boolean fits = true;
        if (settled == null) {
            fits = waiting.hold(content);
        } else {
            content.release();
        }
        if (!fits) {
            end(new Answer.Failed(ReleaseRing.TOO_LARGE.reason(), ReleaseRing.TOO_LARGE.note()));
        } else if (last) {
            Answer known = settled;
            Answer judged = known == null ? judge() : known;
            UpstreamHandler done = upstream;
            upstream = null;
            if (done != null) {
                done.done(true);
            }
            end(judged);
        }
    }

    private Answer judge() {
        HttpResponse response = head;
        if (response == null) {
            return new Answer.Failed(Reason.UNREACHABLE, "an answer without a head");
        }
        return release.judge(exchange, response, waiting.whole())
                        instanceof Passage.Refused(Reason reason, var _, String note, var _)
                ? new Answer.NotRead(reason.word() + ": " + note)
                : new Answer.Read();
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
        if (reused && head == null) {
            tried--; // a kept connection that had died in the meantime
        }
        next("the connection ended before the answer did");
    }

    private void tooLate() {
        end(new Answer.Failed(Reason.UPSTREAM_TIMEOUT, "no answer in time"));
    }

    private void end(Answer what) {
        Future<?> running = deadline;
        if (running != null) {
            running.cancel(false);
        }
        UpstreamHandler open = upstream;
        upstream = null;
        if (open != null) {
            open.abandon();
        }
        waiting.release();
        answer.complete(what);
    }
}
