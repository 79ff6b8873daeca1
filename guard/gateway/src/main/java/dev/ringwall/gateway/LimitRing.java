package dev.ringwall.gateway;

import dev.ringwall.keys.SpiffeId;
import dev.ringwall.limits.CountKey;
import dev.ringwall.limits.Counted;
import dev.ringwall.limits.Counts;
import dev.ringwall.limits.Turn;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import java.time.Instant;
import java.util.List;

/// Counts what can be counted before anybody has proved who they are: by operation and by address. A call is counted once: where it
/// enters the system, or where a service makes it.
final class LimitRing implements Gate {

    private static final long NANOS = 1_000_000_000L;

    private final Counts counts;

    LimitRing(Counts counts) {
        this.counts = counts;
    }

    @Override
    public Ring ring() {
        return Ring.LIMIT;
    }

    @Override
    public Passage pass(Exchange exchange) {
        long now = nanos(exchange.at());
        long address = CountKey.of(exchange.arrival().address());
        if (exchange.side() == Side.DOOR
                && counts.failures().look(address, now) instanceof Turn.Refused(long retry)) {
            return Takings.refused(
                    retry, "too many failed proofs from " + exchange.address(), List.of());
        }
        return switch (exchange.destination()) {
            case Destination.ToIdentity() ->
                    counts.identity().take(address, now) instanceof Turn.Refused(long retry)
                            ? Takings.refused(
                                    retry, "the identity provider, per address", List.of())
                            : Passage.PASSED;
            case Destination.ToSidecar() ->
                    new Passage.Refused(Reason.UNFORESEEN, "a sidecar answers for itself");
            case Destination.ToOperation(OperationPlan plan, var _) ->
                    counted(exchange) ? take(exchange, plan.limits(), address) : Passage.PASSED;
        };
    }

    private static Passage take(Exchange exchange, List<Counted> limits, long address) {
        Takings takings = new Takings(exchange);
        for (Counted counted : limits) {
            switch (counted.limit().key()) {
                case OPERATION -> takings.add(counted, CountKey.ALL);
                case ADDRESS -> takings.add(counted, address);
                case CALLER, ROLE -> {} // who that is turns out later
            }
        }
        return takings.take();
    }

    /// Whether this hop is the one that counts the call.
    static boolean counted(Exchange exchange) {
        return switch (exchange.side()) {
            case DOOR -> true;
            case INBOUND -> {
                SpiffeId peer = exchange.arrival().peer().orElseThrow().id();
                yield !peer.equals(SpiffeId.gateway(peer.system()));
            }
            case OUTBOUND -> exchange.operation().filter(OperationPlan::thirdParty).isPresent();
        };
    }

    static long nanos(Instant at) {
        return at.getEpochSecond() * NANOS + at.getNano();
    }
}
