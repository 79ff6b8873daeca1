package dev.ringwall.gateway;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import dev.ringwall.model.Service;
import dev.ringwall.model.ThirdParty;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// From method and path to the operation; past here nobody speaks of paths.
final class RouteGate implements Gate.Prompt {

    private final Place place;
    private volatile @Nullable Table table;

    private record Table(Blueprint blueprint, RouteTable routes) {}

    RouteGate(Place place) {
        this.place = place;
    }

    @Override
    public Ring ring() {
        return Ring.ROUTE;
    }

    @Override
    public Optional<Refusal> look(Transit call) {
        if (place instanceof Place.Door && IdentityPaths.contains(call.target().segments())) {
            call.toIdentity();
            return Optional.empty();
        }
        return switch (routes(call.snapshot().blueprint())
                .find(call.request().method().name(), call.target().segments())) {
            case RouteTable.Match.Found(Operation operation, Map<String, String> parameters) -> {
                call.routed(operation, parameters);
                yield Optional.empty();
            }
            case RouteTable.Match.OtherMethod(String allowed) ->
                    Optional.of(
                            new Refusal(
                                    Reason.METHOD_NOT_DECLARED,
                                    List.of(),
                                    "",
                                    Map.of("Allow", allowed)));
            case RouteTable.Match.Nothing() -> Optional.of(Refusal.of(Reason.NOT_DECLARED, ""));
        };
    }

    private RouteTable routes(Blueprint blueprint) {
        Table known = table;
        if (known == null || known.blueprint() != blueprint) {
            known = new Table(blueprint, new RouteTable(operations(blueprint)));
            table = known;
        }
        return known.routes();
    }

    private Collection<Operation> operations(Blueprint blueprint) {
        return switch (place) {
            case Place.Door _ -> {
                List<Operation> all = new ArrayList<>();
                for (Service service : blueprint.services()) {
                    all.addAll(service.operations().values());
                }
                yield all;
            }
            case Place.Inbound inbound -> ofService(blueprint, inbound.service());
            case Place.Outbound outbound -> {
                ThirdParty party = blueprint.declaration().thirdParties().get(outbound.callee());
                yield party == null
                        ? ofService(blueprint, outbound.callee())
                        : party.operations().values();
            }
        };
    }

    private static Collection<Operation> ofService(Blueprint blueprint, String name) {
        Service service = blueprint.declaration().services().get(name);
        return service == null ? List.of() : service.operations().values();
    }
}
