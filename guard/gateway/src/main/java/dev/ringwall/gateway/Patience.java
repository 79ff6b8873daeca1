package dev.ringwall.gateway;

import java.time.Duration;
import java.util.Optional;

/// How long a caller may take. Whoever takes longer holds a connection that others could have.
final class Patience {

    /// For the head of a request to arrive whole.
    static final Duration HEAD_MAX = Duration.ofSeconds(10);

    /// Between two parts of a body.
    static final Duration PAUSE_MAX = Duration.ofSeconds(30);

    /// The next node waits a little longer, so that the first says that its caller is too slow.
    private static final Duration NEXT_NODE = Duration.ofSeconds(5);

    /// Between two requests.
    static final Duration IDLE_MAX = Duration.ofSeconds(75);

    /// To take anything at all of an answer.
    static final Duration STALLED_MAX = Duration.ofSeconds(60);

    /// Between two parts of what lasts: calls of gRPC and WebSockets, on either side.
    static final Duration LASTING_PAUSE_MAX = Duration.ofMinutes(10);

    /// How long a pause may be in a request: longer in one that lasts.
    static Duration pause(Exchange exchange, Duration ordinary) {
        return exchange.lasting() ? LASTING_PAUSE_MAX : ordinary;
    }

    /// What is wrong with how the request's body comes; empty when nothing is.
    static Optional<String> tooSlow(Exchange exchange, long nowNanos) {
        Duration more = exchange.side() == Side.INBOUND ? NEXT_NODE : Duration.ZERO;
        Duration pauseMax = pause(exchange, PAUSE_MAX).plus(more);
        if (exchange.body().pauses(nowNanos, pauseMax)) {
            return Optional.of("a pause of more than " + pauseMax);
        }
        return !exchange.lasting() && exchange.body().trickles(more)
                ? Optional.of(
                        "after "
                                + Pace.GRACE
                                + " less than "
                                + Pace.BYTES_PER_SECOND_MIN
                                + " bytes a second")
                : Optional.empty();
    }

    private long idleSinceNanos = System.nanoTime();
    private long stalledSinceNanos;

    /// Nothing is under way.
    void idle() {
        idleSinceNanos = System.nanoTime();
    }

    /// Whether the client takes what is written.
    void takes(boolean more) {
        stalledSinceNanos = more ? 0 : System.nanoTime();
    }

    /// Whether it is over.
    ///
    /// @param headSinceNanos since when a head has been arriving; 0 when none is
    /// @param busy           whether a request is under way
    boolean isOver(long nowNanos, long headSinceNanos, boolean busy) {
        return busy
                ? since(stalledSinceNanos, nowNanos, STALLED_MAX)
                : since(headSinceNanos, nowNanos, HEAD_MAX)
                        || since(idleSinceNanos, nowNanos, IDLE_MAX);
    }

    private static boolean since(long begunNanos, long nowNanos, Duration max) {
        return begunNanos != 0 && nowNanos - begunNanos > max.toNanos();
    }
}
