package dev.ringwall.gateway;

import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import dev.ringwall.wire.RequestTarget;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/// Before something is changed that the caller must be able to read, reads it as the caller: decided, sent and judged like any other call. Only
/// at the door; a sidecar believes the gateway that it was done, as it believes it who calls.
final class RequireRing implements Gate {

    private final ReleaseRing release = new ReleaseRing();
    private final ForwardRing forward;

    RequireRing(Tools tools) {
        this.forward = new ForwardRing(tools);
    }

    @Override
    public Ring ring() {
        return Ring.AUTHORISE;
    }

    @Override
    public Passage pass(Exchange exchange) {
        if (exchange.side() != Side.DOOR
                || !(exchange.destination()
                        instanceof Destination.ToOperation(var plan, var parameters))
                || plan.operation().requires().isEmpty()) {
            return Passage.PASSED;
        }
        Operation.Required required = plan.operation().requires().get();
        OperationPlan read = exchange.plan().operation(required.read());
        String path = path(exchange, plan.route(), read.route());
        if (!(RequestTarget.parse(path) instanceof RequestTarget.Parsed.Clear(var target))) {
            return refused(required, path + " is no path");
        }
        Exchange before = exchange.beforehand(head(exchange, path));
        before.target(target);
        before.destination(new Destination.ToOperation(read, among(parameters, read.route())));
        return switch (new AuthoriseRing().pass(before)) {
            case Passage.Passed _ -> forwarded(before, required);
            case Passage.Refused denied ->
                    refused(required, denied.reason().word() + ": " + denied.note());
            case Passage.Later _, Passage.Answered _ -> refused(required, "not decided");
        };
    }

    private Passage forwarded(Exchange before, Operation.Required required) {
        return switch (forward.pass(before)) {
            case Passage.Passed _ -> new Passage.Later(asked(before, required));
            case Passage.Later(CompletionStage<Passage> then) ->
                    new Passage.Later(
                            then.thenCompose(later ->
                                    later instanceof Passage.Passed
                                            ? asked(before, required)
                                            : java.util.concurrent.CompletableFuture.completedStage(
                                                    later)));
            case Passage other -> other;
        };
    }

    private CompletionStage<Passage> asked(Exchange before, Operation.Required required) {
        return new Beforehand(before, release)
                .ask()
                .thenApply(answer ->
                        switch (answer) {
                            case Beforehand.Answer.Read() -> Passage.PASSED;
                            case Beforehand.Answer.NotRead(String why) -> refused(required, why);
                            case Beforehand.Answer.Failed(Reason reason, String why) ->
                                    new Passage.Refused(reason, why);
                        });
    }

    private static Passage refused(Operation.Required required, String why) {
        return new Passage.Refused(
                Reason.REQUIRED_READ_REFUSED,
                List.of(required.line()),
                required.read() + " " + why,
                Map.of());
    }

    /// The path of the read, with what stands in the path of the request where the names are the same.
    private static String path(Exchange exchange, HttpRoute route, HttpRoute read) {
        String[] came = exchange.target().path().substring(1).split("/", -1);
        StringBuilder path = new StringBuilder();
        for (HttpRoute.Segment segment : read.segments()) {
            path.append('/')
                    .append(
                            switch (segment) {
                                case HttpRoute.Segment.Literal(String text) -> text;
                                case HttpRoute.Segment.Parameter parameter ->
                                        came[route.segments().indexOf(parameter)];
                            });
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    private static Map<String, String> among(Map<String, String> parameters, HttpRoute read) {
        Map<String, String> among = new java.util.HashMap<>(parameters);
        among.keySet().retainAll(read.parameters());
        return among;
    }

    /// A read needs nothing of what came along.
    private static HttpRequest head(Exchange exchange, String path) {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        headers.set(
                HttpHeaderNames.HOST,
                exchange.head().headers().get(HttpHeaderNames.HOST, "localhost"));
        headers.set(HttpHeaderNames.ACCEPT, "application/json, */*;q=0.1");
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path, headers);
    }
}
