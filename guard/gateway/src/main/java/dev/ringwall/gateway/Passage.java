package dev.ringwall.gateway;

import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one ring says about one request.
sealed interface Passage {

    /// For what nobody foresaw.
    Logger LOG = LoggerFactory.getLogger(Passage.class);

    /// The request passes.
    Passage PASSED = new Passed("");

    /// The request passes.
    ///
    /// @param note what the ring found, in a few words without secrets
    record Passed(String note) implements Passage {}

    /// The request stops here.
    ///
    /// @param because the lines of the declaration that decided
    /// @param note    what the system's people should know; never shown to the caller
    /// @param headers what the answer says besides, such as `Retry-After`
    record Refused(Reason reason, List<Line> because, String note, Map<String, String> headers)
            implements Passage {
        public Refused {
            because = List.copyOf(because);
            headers = Map.copyOf(headers);
        }

        Refused(Reason reason, String note) {
            this(reason, List.of(), note, Map.of());
        }

        /// What nobody foresaw is a refusal, and said to the system's people.
        static Refused unforeseen(Exchange exchange, Throwable failure) {
            LOG.atError()
                    .addKeyValue("request", exchange.requestId())
                    .addKeyValue("trace", exchange.traceId())
                    .setCause(failure)
                    .log("unforeseen; the request is refused");
            return new Refused(Reason.UNFORESEEN, failure.getClass().getSimpleName());
        }

        /// The refusal that an answer of the next node is, if it is one. It was decided, explained and recorded there.
        static Optional<Refused> relayed(HttpResponse answer) {
            return Optional.ofNullable(answer.headers().get(Names.REFUSAL))
                    .flatMap(Reason::of)
                    .map(reason ->
                            new Refused(reason, List.of(), "refused by the next node", Map.of()));
        }
    }

    /// The door answers this itself: nothing is called, so nothing has to be decided.
    ///
    /// @param status without a body
    record Answered(int status, Map<String, String> headers) implements Passage {
        public Answered {
            headers = Map.copyOf(headers);
        }
    }

    /// The ring needs time: a signature is checked elsewhere, or a body is awaited. The stage may complete on any thread.
    record Later(CompletionStage<Passage> then) implements Passage {}
}
