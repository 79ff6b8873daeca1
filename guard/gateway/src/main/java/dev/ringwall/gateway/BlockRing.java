package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;

/// Shuts out whole networks, for as long as the roster says.
final class BlockRing implements Gate {

    @Override
    public Ring ring() {
        return Ring.BLOCK;
    }

    @Override
    public Passage pass(Exchange exchange) {
        boolean shutOut =
                exchange.side() == Side.DOOR
                        && exchange.plan()
                                .revocations()
                                .shutsOut(exchange.arrival().address(), exchange.at());
        return shutOut
                ? new Passage.Refused(Reason.BLOCKED, "calls from " + exchange.address())
                : Passage.PASSED;
    }
}
