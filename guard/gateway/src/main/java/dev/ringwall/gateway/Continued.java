package dev.ringwall.gateway;

import dev.ringwall.events.Ids;
import io.netty.handler.codec.http.HttpHeaders;

/// Whether a request goes on with one that was begun elsewhere. At the door never: nobody outside gives our requests their names.
/// Between nodes the peer says so; on the way out the service does, about a request that it is working on.
final class Continued {

    private Continued() {}

    static void of(Exchange exchange, UnderWay underWay) {
        HttpHeaders headers = exchange.head().headers();
        String request = headers.get(Names.REQUEST, "");
        if (!Ids.wellFormed(request)) {
            return;
        }
        switch (exchange.arrival().listener()) {
            case Listener.Door _ -> {}
            case Listener.Inbound _ ->
                    exchange.continues(
                            request,
                            TraceParent.traceId(headers.get(Names.TRACEPARENT))
                                    .orElse(exchange.traceId()));
            case Listener.Outbound outbound ->
                    underWay.trace(outbound.service(), request)
                            .ifPresent(trace -> exchange.continues(request, trace));
        }
    }
}
