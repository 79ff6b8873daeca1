package dev.ringwall.gateway;

import dev.ringwall.limits.Counted;
import dev.ringwall.limits.RateFields;
import dev.ringwall.limits.Turn;
import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What one request must be granted by its limits, one after the other; the first that has nothing left refuses it.
///
/// Refusals say when to come back (RFC 9110 §10.2.3); answers at the door say what is left
/// (draft-ietf-httpapi-ratelimit-headers-10).
final class Takings {

    private static final long NANOS = 1_000_000_000L;
    private static final AsciiString RATELIMIT_POLICY = AsciiString.cached("ratelimit-policy");
    private static final AsciiString RATELIMIT = AsciiString.cached("ratelimit");

    private record Taking(Counted counted, long key) {}

    private final Exchange exchange;
    private final List<Taking> all = new ArrayList<>();
    private int next;

    Takings(Exchange exchange) {
        this.exchange = exchange;
    }

    /// One more that must be granted.
    void add(Counted counted, long key) {
        all.add(new Taking(counted, key));
    }

    /// Asks them all.
    Passage take() {
        long now = LimitRing.nanos(exchange.at());
        while (next < all.size()) {
            Taking taking = all.get(next++);
            Turn turn = taking.counted().take(taking.key(), now);
            if (turn instanceof Turn.Asked(CompletionStage<Turn> then)) {
                return new Passage.Later(
                        then.thenCompose(later -> {
                            Passage passage = settled(taking, later);
                            return passage instanceof Passage.Passed ? rest() : now(passage);
                        }));
            }
            Passage passage = settled(taking, turn);
            if (!(passage instanceof Passage.Passed)) {
                return passage;
            }
        }
        return Passage.PASSED;
    }

    private CompletionStage<Passage> rest() {
        Passage passage = take();
        return passage instanceof Passage.Later(CompletionStage<Passage> then)
                ? then
                : now(passage);
    }

    private static CompletionStage<Passage> now(Passage passage) {
        return CompletableFuture.completedStage(passage);
    }

    private Passage settled(Taking taking, Turn turn) {
        Counted counted = taking.counted();
        return switch (turn) {
            case Turn.Granted(long left, long reset) -> {
                exchange.usage().granted(counted, taking.key());
                fields(counted, left, seconds(reset));
                yield Passage.PASSED;
            }
            case Turn.Refused(long retry) -> {
                fields(counted, 0, seconds(retry));
                yield refused(retry, counted.limit().toString(), List.of(counted.limit().line()));
            }
            case Turn.Asked _ -> throw new IllegalStateException("a limit that is asked twice");
        };
    }

    private void fields(Counted counted, long left, long resetSeconds) {
        if (exchange.side() != Side.DOOR) {
            return;
        }
        RateFields fields = counted.fields();
        exchange.answerHeaders()
                .add(RATELIMIT_POLICY, fields.policy())
                .add(RATELIMIT, fields.state(left, resetSeconds));
    }

    static Passage.Refused refused(long retryNanos, String note, List<Line> because) {
        return new Passage.Refused(
                Reason.LIMIT_REACHED,
                because,
                note,
                Map.of("retry-after", Long.toString(seconds(retryNanos))));
    }

    private static long seconds(long nanos) {
        return Math.max(1, Math.ceilDiv(nanos, NANOS));
    }
}
