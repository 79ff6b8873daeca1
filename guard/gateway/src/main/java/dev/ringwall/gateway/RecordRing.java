package dev.ringwall.gateway;

import dev.ringwall.events.Actor;
import dev.ringwall.events.Header;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.model.DataType;
import dev.ringwall.model.Line;
import dev.ringwall.policy.Caller;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Keeps the record: every refusal, and every use of what touches data above public. What cannot be recorded does not happen.
final class RecordRing implements Rings.Recording {

    private static final int METHOD_LENGTH_MAX = 16;

    @Override
    public Optional<SecurityEvent> event(
            Exchange exchange, Optional<Passage.Refused> refused, int status) {
        boolean recorded =
                refused.isPresent()
                        || exchange.operation().filter(OperationPlan::recorded).isPresent();
        return recorded ? Optional.of(decided(exchange, refused, status)) : Optional.empty();
    }

    private SecurityEvent decided(
            Exchange exchange, Optional<Passage.Refused> refused, int status) {
        Listener listener = exchange.arrival().listener();
        String method = exchange.head().method().name();
        List<Line> permitted =
                exchange.hasPermit() ? exchange.permitted().because() : List.<Line>of();
        return new SecurityEvent.CallDecided(
                new Header(
                        exchange.pool().ids().next(),
                        exchange.at(),
                        exchange.plan().snapshot().blueprint().system(),
                        listener.node(),
                        Optional.of(exchange.requestId()),
                        Optional.of(exchange.traceId())),
                listener.hop(),
                exchange.operation().map(OperationPlan::id),
                method.length() <= METHOD_LENGTH_MAX
                        ? method
                        : method.substring(0, METHOD_LENGTH_MAX),
                actor(exchange),
                exchange.onBehalfOf().map(caller -> TxnTokens.Told.of(caller).subject()),
                refused.map(Passage.Refused::reason),
                refused.map(Passage.Refused::because).orElse(permitted),
                exchange.trail().steps(),
                status,
                exchange.operation()
                        .map(OperationPlan::sensitivity)
                        .orElse(DataType.Sensitivity.PUBLIC),
                1);
    }

    /// The caller in the words of events.
    private static Actor actor(Exchange exchange) {
        TxnTokens.Told told = TxnTokens.Told.of(exchange.caller());
        Actor.Kind kind =
                switch (exchange.caller()) {
                    case Caller.Stranger() -> Actor.Kind.STRANGER;
                    case Caller.Person _ -> Actor.Kind.PERSON;
                    case Caller.Key _ -> Actor.Kind.KEY;
                    case Caller.Client _ -> Actor.Kind.CLIENT;
                    case Caller.Workload _ -> Actor.Kind.SERVICE;
                };
        return new Actor(kind, told.subject(), sorted(told.roles()), exchange.address());
    }

    private static List<String> sorted(Set<String> roles) {
        return roles.size() < 2 ? List.copyOf(roles) : roles.stream().sorted().toList();
    }
}
