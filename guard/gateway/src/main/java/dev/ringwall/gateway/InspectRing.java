package dev.ringwall.gateway;

import dev.ringwall.model.HttpRoute.Protocol;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import dev.ringwall.shape.BodyCheck;
import dev.ringwall.shape.BodyRule;
import dev.ringwall.shape.RequestCheck;
import dev.ringwall.shape.RequestParts;
import dev.ringwall.shape.Verdict;
import dev.ringwall.wire.OddRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Holds requests against the shape that their operation declares: parameters, media type, and the body where it has a schema. Only such
/// a body is read whole, and then it is bounded; all others stream through.
final class InspectRing implements Gate {

    /// The largest body that is held against a schema, in bytes.
    static final int BODY_BYTES_MAX = 1 << 20;

    /// Bodies up to this size are validated on the event loop.
    private static final int QUICK_BYTES_MAX = 8 << 10;

    private final Workers workers;

    InspectRing(Workers workers) {
        this.workers = workers;
    }

    @Override
    public Ring ring() {
        return Ring.INSPECT;
    }

    @Override
    public Passage pass(Exchange exchange) {
        boolean asked = WebSocket.asked(exchange.head());
        if (asked != exchange.speaks(Protocol.WEBSOCKET)) {
            return new Passage.Refused(
                    Reason.REQUEST_NOT_VALID,
                    asked ? "no WebSocket is opened here" : "only WebSockets are opened here");
        }
        if (asked
                && exchange.side() == Side.DOOR
                && WebSocket.fromElsewhere(exchange.head(), exchange.plan().browsers())) {
            return new Passage.Refused(
                    Reason.ORIGIN_NOT_ALLOWED, "opened by a page of another origin");
        }
        if (!(exchange.destination()
                instanceof
                Destination.ToOperation(OperationPlan plan, Map<String, String> parameters))) {
            return Passage.PASSED;
        }
        if (plan.route().protocol() == Protocol.GRPC) {
            return grpc(exchange);
        }
        Optional<RequestCheck> shape = plan.shape();
        if (shape.isEmpty()) {
            return new Passage.Passed("no shape is declared");
        }
        RequestParts parts =
                new RequestParts(
                        exchange.target().raw(),
                        parameters,
                        exchange.target().parameters(),
                        name -> exchange.head().headers().getAll(name));
        if (shape.get().parameters(parts) instanceof Verdict.Broken broken) {
            return new Passage.Refused(Reason.REQUEST_NOT_VALID, broken.said());
        }
        List<String> types = Names.all(exchange.head().headers(), HttpHeaderNames.CONTENT_TYPE);
        if (types.size() > 1) {
            return new Passage.Refused(
                    Reason.MEDIA_TYPE_NOT_DECLARED, "content type " + types.size() + " times");
        }
        String type = types.isEmpty() ? "" : types.getFirst();
        return switch (shape.get().body(exchange.body().expected(), type)) {
            case BodyRule.Pass() -> Passage.PASSED;
            case BodyRule.NotValid(String why) ->
                    new Passage.Refused(Reason.REQUEST_NOT_VALID, why);
            case BodyRule.OtherMedia(String why) ->
                    new Passage.Refused(Reason.MEDIA_TYPE_NOT_DECLARED, why);
            case BodyRule.Validate(BodyCheck check) -> {
                if (exchange.head().headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
                    yield new Passage.Refused(
                            Reason.MEDIA_TYPE_NOT_DECLARED, "an encoded body cannot be checked");
                }
                yield new Passage.Later(
                        exchange.body()
                                .whole(BODY_BYTES_MAX)
                                .thenCompose(body -> validated(check, body)));
            }
        };
    }

    private static Passage grpc(Exchange exchange) {
        if (!Grpc.asked(exchange.head())) {
            return new Passage.Refused(
                    Reason.MEDIA_TYPE_NOT_DECLARED,
                    "not gRPC (expected: application/grpc in HTTP/2)");
        }
        try {
            exchange.deadline(Grpc.timeout(exchange.head()));
        } catch (OddRequest odd) {
            return new Passage.Refused(Reason.REQUEST_NOT_VALID, String.valueOf(odd.getMessage()));
        }
        return Passage.PASSED;
    }

    private CompletionStage<Passage> validated(BodyCheck check, RequestBody.Whole body) {
        return switch (body) {
            case RequestBody.Whole.TooLarge() ->
                    now(
                            new Passage.Refused(
                                    Reason.TOO_LARGE,
                                    "a body of more than " + BODY_BYTES_MAX + " bytes"));
            case RequestBody.Whole.NoRoom() ->
                    now(Takings.refused(1, "too much is held to be looked at whole", List.of()));
            case RequestBody.Whole.Bytes whole when whole.bytes().length <= QUICK_BYTES_MAX ->
                    now(verdict(check, whole));
            case RequestBody.Whole.Bytes whole ->
                    switch (workers.later(() -> verdict(check, whole))) {
                        case Passage.Later(var then) -> then;
                        case Passage busy -> {
                            whole.room().end();
                            yield now(busy);
                        }
                    };
        };
    }

    private static Passage verdict(BodyCheck check, RequestBody.Whole.Bytes whole) {
        try {
            return switch (check.check(whole.bytes())) {
                case Verdict.Fits() -> Passage.PASSED;
                case Verdict.Broken broken ->
                        new Passage.Refused(Reason.REQUEST_NOT_VALID, "body " + broken.said());
            };
        } finally {
            whole.room().end();
        }
    }

    private static CompletionStage<Passage> now(Passage passage) {
        return CompletableFuture.completedStage(passage);
    }
}
