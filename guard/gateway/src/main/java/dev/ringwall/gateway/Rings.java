package dev.ringwall.gateway;

import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// All rings of a node, in order. This is the one place that puts them together; nothing can leave one out.
///
/// @param gates   what a request passes on the way in, up to `forward`
/// @param release what an answer passes on the way back
/// @param record  what keeps the record before anything leaves
record Rings(List<Gate> gates, Releasing release, Recording record) {

    private static final Recorder.Outcome KEPT = new Recorder.Outcome.Kept();

    Rings {
        gates = List.copyOf(gates);
    }

    /// Looks at answers.
    interface Releasing {
        /// Whether the answer must be held back whole until it was judged.
        boolean holds(Exchange exchange, HttpResponse head);

        /// Whether an answer that was held back may go out.
        Passage judge(Exchange exchange, HttpResponse head, ByteBuf body);

        /// Puts the answer's head in order.
        void dress(Exchange exchange, HttpResponse head);
    }

    /// Knows what is to be recorded.
    interface Recording {
        /// What is to be recorded of how the request ended; empty where nothing is.
        Optional<SecurityEvent> event(
                Exchange exchange, Optional<Passage.Refused> refused, int status);
    }

    /// Records how the request ended, if that is to be recorded, and goes on with what became of the record, on its event loop. Nothing
    /// may leave before.
    void keep(
            Exchange exchange,
            Optional<Passage.Refused> refused,
            int status,
            Consumer<Runnable> loop,
            Consumer<Recorder.Outcome> afterwards) {
        Optional<SecurityEvent> event;
        try {
            event = record.event(exchange, refused, status);
        } catch (RuntimeException broken) {
            afterwards.accept(
                    new Recorder.Outcome.Lost(Passage.Refused.unforeseen(exchange, broken).note()));
            return;
        }
        if (event.isEmpty()) {
            afterwards.accept(KEPT);
            return;
        }
        exchange.pool()
                .records()
                .add(event.get(), outcome -> loop.accept(() -> afterwards.accept(outcome)));
    }

    /// The rings of every node.
    static Rings standard(Tools tools) {
        return new Rings(
                List.of(
                        new TransportRing(),
                        new BlockRing(),
                        new RouteRing(tools.checks().own()),
                        new LimitRing(tools.limits()),
                        new AuthenticateRing(tools),
                        new CallerLimitRing(),
                        new AuthoriseRing(),
                        new InspectRing(tools.workers()),
                        new RequireRing(tools),
                        new ForwardRing(tools)),
                new ReleaseRing(),
                new RecordRing());
    }
}
