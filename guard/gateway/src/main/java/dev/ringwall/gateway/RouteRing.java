package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the operation that a request asks for. What is not declared does not exist.
final class RouteRing implements Gate {

    private static final String IDENTITY = "auth";
    private static final String WELL_KNOWN = ".well-known";
    private static final List<String> IDENTITY_DOCUMENTS =
            List.of("openid-configuration", "oauth-authorization-server");

    private final OwnServices own;

    RouteRing(OwnServices own) {
        this.own = own;
    }

    @Override
    public Ring ring() {
        return Ring.ROUTE;
    }

    @Override
    public Passage pass(Exchange exchange) {
        Plan plan = exchange.plan();
        return switch (exchange.arrival().listener()) {
            case Listener.Door _ -> atDoor(exchange, plan);
            case Listener.Inbound inbound ->
                    asksHealth(exchange)
                            ? health(exchange, inbound)
                            : find(exchange, plan.of(inbound.service()));
            case Listener.Outbound outbound -> find(exchange, plan.of(outbound.callee()));
        };
    }

    private static Passage atDoor(Exchange exchange, Plan plan) {
        Optional<String> misdirected = plan.hosts().misdirected(exchange);
        if (misdirected.isPresent()) {
            return new Passage.Refused(Reason.MISDIRECTED, misdirected.get());
        }
        return plan.browsers()
                .preflight(exchange, plan.open())
                .orElseGet(() ->
                        toIdentity(exchange.target().segments())
                                ? to(exchange, new Destination.ToIdentity(), "identity provider")
                                : find(exchange, plan.open()));
    }

    private static boolean asksHealth(Exchange exchange) {
        return exchange.target().path().equals(Names.HEALTH_PATH)
                && exchange.head().method().equals(HttpMethod.GET);
    }

    /// Only nodes of the system come here: transport knows the peer.
    private Passage health(Exchange exchange, Listener.Inbound inbound) {
        exchange.destination(new Destination.ToSidecar());
        HttpResponseStatus status =
                own.isWell(inbound)
                        ? HttpResponseStatus.NO_CONTENT
                        : HttpResponseStatus.SERVICE_UNAVAILABLE;
        return new Passage.Answered(
                status.code(),
                status.equals(HttpResponseStatus.NO_CONTENT)
                        ? Map.of()
                        : Map.of("content-length", "0"));
    }

    private static Passage find(Exchange exchange, RouteTrie<OperationPlan> routes) {
        return switch (routes.find(exchange.head().method().name(), exchange.target().segments())) {
            case RouteTrie.Found.Hit<OperationPlan>(
                            OperationPlan plan,
                            Map<String, String> parameters) ->
                    to(exchange, new Destination.ToOperation(plan, parameters), plan.id());
            case RouteTrie.Found.OtherMethod<OperationPlan>(var methods) ->
                    new Passage.Refused(
                            Reason.METHOD_NOT_DECLARED,
                            List.of(),
                            "declared here: " + methods,
                            Map.of("allow", String.join(", ", methods)));
            case RouteTrie.Found.Nothing<OperationPlan>() ->
                    new Passage.Refused(Reason.NOT_DECLARED, closed(exchange));
        };
    }

    /// For the system's people: the operation exists, but has no way in from outside.
    private static String closed(Exchange exchange) {
        if (exchange.side() == Side.DOOR
                && exchange.plan()
                                .closed()
                                .find(exchange.head().method().name(), exchange.target().segments())
                        instanceof RouteTrie.Found.Hit<OperationPlan>(OperationPlan plan, var _)) {
            return plan.name() + " has no `allow`, so it is for services only";
        }
        return "no operation answers this path";
    }

    private static Passage to(Exchange exchange, Destination destination, String note) {
        exchange.destination(destination);
        return new Passage.Passed(note);
    }

    private static boolean toIdentity(List<String> segments) {
        if (segments.isEmpty()) {
            return false;
        }
        return segments.getFirst().equals(IDENTITY)
                || (segments.size() > 1
                        && segments.getFirst().equals(WELL_KNOWN)
                        && IDENTITY_DOCUMENTS.stream().anyMatch(segments.get(1)::startsWith));
    }
}
