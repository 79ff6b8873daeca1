package dev.ringwall.model;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which data a service can have at all.
final class DataFlow {

    private final Declaration declaration;

    DataFlow(Declaration declaration) {
        this.declaration = declaration;
    }

    /// The operation of a service or third party; empty when nobody declares it.
    Optional<Operation> operation(OperationName name) {
        Service service = declaration.services().get(name.owner());
        if (service != null) {
            return Optional.ofNullable(service.operations().get(name.verb()));
        }
        ThirdParty party = declaration.thirdParties().get(name.owner());
        return party == null
                ? Optional.empty()
                : Optional.ofNullable(party.operations().get(name.verb()));
    }

    /// What the service stores, takes, or gets back from those it calls.
    Set<String> had(Service service) {
        Set<String> had = new TreeSet<>(stored(service));
        for (Operation operation : service.operations().values()) {
            had.addAll(operation.accepts().keySet());
        }
        for (OperationName call : service.calls().keySet()) {
            operation(call).ifPresent(called -> had.addAll(called.returns().keySet()));
        }
        return had;
    }

    /// What the service keeps in its stores.
    static Set<String> stored(Service service) {
        Set<String> stored = new TreeSet<>();
        service.stores().values().forEach(data -> stored.addAll(data.keySet()));
        return stored;
    }

    /// How sensitive the data is; `PUBLIC` for a name that nobody declares, which is an error of its own.
    DataType.Sensitivity sensitivity(String data) {
        DataType type = declaration.data().get(data);
        return type == null ? DataType.Sensitivity.PUBLIC : type.sensitivity();
    }

    /// Those of the names that are at least so sensitive, the most sensitive last.
    Collection<String> atLeast(DataType.Sensitivity least, Map<String, Line> names) {
        return names.keySet().stream()
                .filter(name -> sensitivity(name).compareTo(least) >= 0)
                .sorted(java.util.Comparator.comparing(this::sensitivity))
                .toList();
    }
}
