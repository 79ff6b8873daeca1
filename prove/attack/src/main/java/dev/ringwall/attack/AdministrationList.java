package dev.ringwall.attack;

import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Role;
import dev.ringwall.model.Service;
import java.util.Optional;

/// Where what is tried by those who may administer is put down.
final class AdministrationList {

    private final Derivation to;

    AdministrationList(Derivation to) {
        this.to = to;
    }

    /// @param kind  what the attack is called after the operation
    /// @param story what the holder of the role does
    void add(
            Operation operation,
            String kind,
            Role as,
            String story,
            Expectation expected,
            Attack.Play play) {
        to.add(
                operation.name() + "/" + kind + "-as-" + as.name(),
                Family.ADMINISTRATION,
                "a " + as.name() + " " + story,
                operation.line(),
                expected,
                play);
    }

    /// Another operation of administration that holders of the role may call.
    Optional<Operation> operation(String verb, Role role) {
        return declared(verb)
                .filter(known -> to.grants().role(role.name(), known.name()).isPresent());
    }

    /// Another operation of administration that somebody may call.
    Optional<Operation> declared(String verb) {
        return Optional.ofNullable(
                to.blueprint().operations().get(new OperationName(Service.BUILT_IN, verb)));
    }
}
