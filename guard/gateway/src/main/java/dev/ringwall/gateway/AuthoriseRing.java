package dev.ringwall.gateway;

import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import dev.ringwall.policy.Call;
import dev.ringwall.policy.Decision;
import dev.ringwall.policy.Permitted;
import java.util.List;
import java.util.Map;

/// Asks the policy, and keeps its permit. Nothing goes on to a service without one.
final class AuthoriseRing implements Gate {

    @Override
    public Ring ring() {
        return Ring.AUTHORISE;
    }

    @Override
    public Passage pass(Exchange exchange) {
        return switch (exchange.destination()) {
            case Destination.ToIdentity() -> Passage.PASSED;
            case Destination.ToSidecar() ->
                    new Passage.Refused(Reason.UNFORESEEN, "a sidecar answers for itself");
            case Destination.ToOperation to -> decide(exchange, to);
        };
    }

    private static Passage decide(Exchange exchange, Destination.ToOperation to) {
        Call call = new Call(to.plan().name(), exchange.caller(), new CallView(exchange, to));
        return switch (exchange.plan().snapshot().policy().decide(call)) {
            case Decision.Allow(Permitted<Call> permitted) -> {
                exchange.permitted(permitted);
                yield Passage.PASSED;
            }
            case Decision.Deny(Reason reason, List<Line> because, String remedy) ->
                    new Passage.Refused(reason, because, remedy, Map.of());
        };
    }
}
