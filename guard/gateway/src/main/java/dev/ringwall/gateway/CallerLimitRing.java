package dev.ringwall.gateway;

import dev.ringwall.model.Limit;
import dev.ringwall.model.Ring;
import java.util.List;

/// Counts by caller, once the caller is proved: the operation's limits, and those of the roles that the caller holds, each holder by
/// itself. A stranger is counted by address.
final class CallerLimitRing implements Gate {

    @Override
    public Ring ring() {
        return Ring.LIMIT;
    }

    @Override
    public Passage pass(Exchange exchange) {
        if (!(exchange.destination() instanceof Destination.ToOperation(OperationPlan plan, var _))
                || !LimitRing.counted(exchange)) {
            return Passage.PASSED;
        }
        TxnTokens.Told told = TxnTokens.Told.of(exchange.caller());
        String address = LimitRing.address(exchange.arrival().address());
        String caller = told.kind().equals("anyone") ? address : told.kind() + " " + told.subject();
        long now = LimitRing.nanos(exchange.at());
        Passage passage = take(exchange, plan.limits(), true, address, caller, now);
        for (String role : told.roles()) {
            if (!(passage instanceof Passage.Passed)) {
                return passage;
            }
            passage = take(exchange, exchange.plan().roleLimits(role), false, address, caller, now);
        }
        return passage;
    }

    private static Passage take(
            Exchange exchange,
            List<OperationPlan.Counted> limits,
            boolean byCallerOnly,
            String address,
            String caller,
            long now) {
        for (OperationPlan.Counted counted : limits) {
            Limit.Key by = counted.limit().key();
            if (!byCallerOnly || by == Limit.Key.CALLER) {
                Passage passage =
                        LimitRing.take(exchange, counted, Plan.key(by, address, caller), now);
                if (!(passage instanceof Passage.Passed)) {
                    return passage;
                }
            }
        }
        return Passage.PASSED;
    }
}
