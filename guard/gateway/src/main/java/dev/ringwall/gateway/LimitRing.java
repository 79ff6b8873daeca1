package dev.ringwall.gateway;

import dev.ringwall.keys.SpiffeId;
import dev.ringwall.model.Limit;
import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Counts what can be counted before anybody has proved who they are: by operation and by address. A call is counted once: where it
/// enters the system, or where a service makes it.
///
/// Refusals say when to come back (RFC 9110 §10.2.3); answers at the door say what is left
/// (draft-ietf-httpapi-ratelimit-headers-10).
final class LimitRing implements Gate {

    private static final int IPV6_SITE_BYTES = 8;
    private static final long NANOS = 1_000_000_000L;

    private final LimitCounts counts;

    LimitRing(LimitCounts counts) {
        this.counts = counts;
    }

    @Override
    public Ring ring() {
        return Ring.LIMIT;
    }

    @Override
    public Passage pass(Exchange exchange) {
        long now = nanos(exchange.at());
        String address = address(exchange.arrival().address());
        if (exchange.side() == Side.DOOR
                && counts.failures().look(address, now) instanceof Gcra.Turn.Refused(long retry)) {
            return refused(retry, "too many failed proofs from " + exchange.address(), List.of());
        }
        return switch (exchange.destination()) {
            case Destination.ToIdentity() ->
                    counts.identity().take(address, now) instanceof Gcra.Turn.Refused(long retry)
                            ? refused(retry, "the identity provider, per address", List.of())
                            : Passage.PASSED;
            case Destination.ToOperation(OperationPlan plan, var _) ->
                    counted(exchange)
                            ? take(exchange, plan.limits(), address, now)
                            : Passage.PASSED;
        };
    }

    /// Takes one call of each limit that is not by caller.
    private static Passage take(
            Exchange exchange, List<OperationPlan.Counted> limits, String address, long now) {
        for (OperationPlan.Counted counted : limits) {
            Limit.Key by = counted.limit().key();
            if (by != Limit.Key.CALLER) {
                Passage passage = take(exchange, counted, Plan.key(by, address, "-"), now);
                if (!(passage instanceof Passage.Passed)) {
                    return passage;
                }
            }
        }
        return Passage.PASSED;
    }

    static Passage take(Exchange exchange, OperationPlan.Counted counted, Object key, long now) {
        return switch (counted.gcra().take(key, now)) {
            case Gcra.Turn.Granted(long left, long reset) -> {
                if (exchange.side() == Side.DOOR) {
                    fields(exchange, counted, left, seconds(reset));
                }
                yield Passage.PASSED;
            }
            case Gcra.Turn.Refused(long retry) -> {
                if (exchange.side() == Side.DOOR) {
                    fields(exchange, counted, 0, seconds(retry));
                }
                yield refused(retry, counted.limit().toString(), List.of(counted.limit().line()));
            }
        };
    }

    private static void fields(
            Exchange exchange, OperationPlan.Counted counted, long left, long resetSeconds) {
        Limit limit = counted.limit();
        String name = "\"" + counted.name() + "-" + limit.key().word() + "\"";
        exchange.answerHeaders()
                .add(
                        "ratelimit-policy",
                        name + ";q=" + limit.count() + ";w=" + limit.per().toSeconds())
                .add("ratelimit", name + ";r=" + left + ";t=" + resetSeconds);
    }

    private static Passage.Refused refused(long retryNanos, String note, List<Line> because) {
        return new Passage.Refused(
                Reason.LIMIT_REACHED,
                because,
                note,
                Map.of("retry-after", Long.toString(seconds(retryNanos))));
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

    private static long seconds(long nanos) {
        return Math.max(1, Math.ceilDiv(nanos, NANOS));
    }

    /// One site of IPv6 is one address: its owner has 2⁶⁴ of them.
    static String address(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), IPV6_SITE_BYTES))
                : address.getHostAddress();
    }
}
