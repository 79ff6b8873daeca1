package dev.ringwall.gateway;

import dev.ringwall.limits.CountKey;
import dev.ringwall.limits.Counted;
import dev.ringwall.model.Ring;
import java.util.Set;

/// Counts by caller and by role, once the caller is proved: the operation's limits, and those of the roles that the caller holds. A stranger is
/// counted by address.
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
        long address = CountKey.of(exchange.arrival().address());
        long caller =
                told.kind().equals("anyone")
                        ? address
                        : CountKey.of(told.kind() + " " + told.subject());
        Takings takings = new Takings(exchange);
        for (Counted counted : plan.limits()) {
            switch (counted.limit().key()) {
                case CALLER -> takings.add(counted, caller);
                case ROLE -> addRoles(takings, counted, told.roles());
                case OPERATION, ADDRESS -> {} // counted before
            }
        }
        for (String role : told.roles()) {
            for (Counted counted : exchange.plan().roleLimits(role)) {
                takings.add(
                        counted,
                        switch (counted.limit().key()) {
                            case ADDRESS -> address;
                            case CALLER -> caller;
                            case ROLE, OPERATION -> CountKey.ALL;
                        });
            }
        }
        return takings.take();
    }

    private static void addRoles(Takings takings, Counted counted, Set<String> roles) {
        roles.forEach(role -> takings.add(counted, CountKey.of(role)));
    }
}
