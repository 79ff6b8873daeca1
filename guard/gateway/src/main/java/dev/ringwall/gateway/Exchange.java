package dev.ringwall.gateway;

import dev.ringwall.model.HttpRoute.Protocol;
import dev.ringwall.policy.Call;
import dev.ringwall.policy.Caller;
import dev.ringwall.policy.Permitted;
import dev.ringwall.wire.Lines;
import dev.ringwall.wire.RequestTarget;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request, and what the rings have found out about it so far. It lives on its connection's event loop.
final class Exchange {

    private final Arrival arrival;
    private final Plan plan;
    private final HttpRequest head;
    private final RequestBody body;
    private final Trail trail;
    private final Instant at;
    private String requestId;
    private String traceId;
    private String address;
    private Caller caller = new Caller.Stranger();
    private Optional<Caller> onBehalfOf = Optional.empty();
    private Optional<TxnTokens.Handed> handedToken = Optional.empty();
    private final Usage usage;
    private final Pool pool;
    private Standing standing = Standing.NONE;
    private Optional<Duration> deadline = Optional.empty();
    private @Nullable RequestTarget target;
    private @Nullable Destination destination;
    private @Nullable Permitted<Call> permitted;
    private @Nullable Onward onward;
    private @Nullable Lines answerHeaders;
    private @Nullable ByteBuffer trimmed;

    Exchange(
            Arrival arrival,
            Plan plan,
            HttpRequest head,
            RequestBody body,
            Trail trail,
            Usage usage,
            Pool pool,
            Instant at,
            String requestId) {
        this.arrival = arrival;
        this.plan = plan;
        this.head = head;
        this.body = body;
        this.trail = trail;
        this.usage = usage;
        this.pool = pool;
        this.at = at;
        this.requestId = requestId;
        this.traceId = TraceParent.newTraceId();
        this.address = arrival.from();
    }

    /// A call that is made for the same caller before this one goes on.
    Exchange beforehand(HttpRequest other) {
        Exchange before =
                new Exchange(arrival, plan, other, body, trail, usage, pool, at, requestId);
        before.traceId = traceId;
        before.address = address;
        before.caller = caller;
        before.onBehalfOf = onBehalfOf;
        before.handedToken = handedToken;
        return before;
    }

    /// Where the request goes on to, and as what.
    ///
    /// @param ways in the order in which to try them
    record Onward(List<Way> ways, HttpRequest head) {
        Onward {
            ways = List.copyOf(ways);
        }
    }

    Arrival arrival() {
        return arrival;
    }

    Side side() {
        return arrival.side();
    }

    Plan plan() {
        return plan;
    }

    /// The head as it came. Rings read it and change nothing in it.
    HttpRequest head() {
        return head;
    }

    /// Whether to send it twice does no harm, and can be done.
    boolean repeatable() {
        String method = head.method().name();
        return !body.expected() && (method.equals("GET") || method.equals("HEAD"));
    }

    RequestBody body() {
        return body;
    }

    Trail trail() {
        return trail;
    }

    /// What it uses up of limits.
    Usage usage() {
        return usage;
    }

    /// The connections of its event loop.
    Pool pool() {
        return pool;
    }

    /// When it arrived.
    Instant at() {
        return at;
    }

    String requestId() {
        return requestId;
    }

    String traceId() {
        return traceId;
    }

    /// The request is part of one that another node, or this one, has begun.
    void continues(String request, String trace) {
        this.requestId = request;
        this.traceId = trace;
    }

    /// The client's address, as the first of our nodes saw it.
    String address() {
        return address;
    }

    void seenFrom(String clientAddress) {
        this.address = clientAddress;
    }

    RequestTarget target() {
        return found(target, "target");
    }

    void target(RequestTarget found) {
        this.target = found;
    }

    /// Whether it is known where it leads to.
    boolean routed() {
        return destination != null;
    }

    Destination destination() {
        return found(destination, "destination");
    }

    void destination(Destination found) {
        this.destination = found;
    }

    /// The operation that it leads to, as far as that is known.
    Optional<OperationPlan> operation() {
        return destination instanceof Destination.ToOperation(OperationPlan operation, var _)
                ? Optional.of(operation)
                : Optional.empty();
    }

    /// Whether the operation that it leads to speaks that.
    boolean speaks(Protocol protocol) {
        return destination instanceof Destination.ToOperation(OperationPlan operation, var _)
                && operation.route().protocol() == protocol;
    }

    /// Whether request and answer may last, with long pauses on both sides.
    boolean lasting() {
        return speaks(Protocol.GRPC) || speaks(Protocol.WEBSOCKET);
    }

    /// How long the caller waits for the end, counted from the arrival.
    Optional<Duration> deadline() {
        return deadline;
    }

    void deadline(Optional<Duration> wanted) {
        this.deadline = wanted;
    }

    Caller caller() {
        return caller;
    }

    void caller(Caller proved, Optional<Caller> behalf) {
        this.caller = proved;
        this.onBehalfOf = behalf;
    }

    /// Whether what the caller has shown is still good.
    Standing standing() {
        return standing;
    }

    void standing(Standing shown) {
        this.standing = shown;
    }

    /// Whom the calling service acts for, where that was proved.
    Optional<Caller> onBehalfOf() {
        return onBehalfOf;
    }

    /// The token that the service was handed and shows again.
    Optional<TxnTokens.Handed> handedToken() {
        return handedToken;
    }

    void handedToken(TxnTokens.Handed token) {
        this.handedToken = Optional.of(token);
    }

    /// The policy's permit.
    ///
    /// @throws IllegalStateException when there is none: nothing goes on without one
    Permitted<Call> permitted() {
        return found(permitted, "permit");
    }

    void permitted(Permitted<Call> permit) {
        this.permitted = permit;
    }

    boolean hasPermit() {
        return permitted != null;
    }

    Onward onward() {
        return found(onward, "way on");
    }

    void onward(Onward found) {
        this.onward = found;
    }

    /// What the answer says besides what the service said.
    Lines answerHeaders() {
        Lines headers = answerHeaders == null ? new Lines(true) : answerHeaders;
        answerHeaders = headers;
        return headers;
    }

    /// What is left of the answer, where not all of it may go out.
    Optional<ByteBuffer> trimmed() {
        return Optional.ofNullable(trimmed);
    }

    void trimmed(ByteBuffer left) {
        this.trimmed = left;
    }

    private static <T> T found(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalStateException("no " + what + " (a ring before this one finds it)");
        }
        return value;
    }
}
