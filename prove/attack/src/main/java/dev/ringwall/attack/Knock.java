package dev.ringwall.attack;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Service;
import java.util.List;
import java.util.Optional;

/// Where a sidecar is knocked at: an operation of its service, and who rightly calls it.
///
/// @param insider a service that may call the operation, or the gateway; empty when nobody may
/// @param other   yet another service
record Knock(Operation operation, Optional<String> insider, Optional<String> other) {

    static final String GATEWAY = "gateway";

    static Knock at(Derivation to, Service service) {
        List<String> others =
                to.blueprint().programs().stream()
                        .map(Service::name)
                        .filter(name -> !name.equals(service.name()))
                        .toList();
        for (Operation operation : service.operations().values()) {
            for (String caller : others) {
                if (to.grants().service(caller, operation.name()).isPresent()) {
                    return new Knock(
                            operation,
                            Optional.of(caller),
                            others.stream().filter(name -> !name.equals(caller)).findFirst());
                }
            }
        }
        Optional<Operation> fromOutside =
                service.operations().values().stream()
                        .filter(operation -> !(operation.allow() instanceof Allow.Nobody))
                        .findFirst();
        return new Knock(
                fromOutside.orElse(service.operations().values().iterator().next()),
                fromOutside.map(_ -> GATEWAY),
                others.stream().findFirst());
    }

    /// What the service would truthfully say about its call of the operation.
    TransactionToken truthful(Scene scene, String service) {
        return TransactionToken.of(
                scene.stage().clock(),
                scene.stage().blueprint().system(),
                service,
                operation.name());
    }
}
