package dev.ringwall.attack;

import dev.ringwall.model.Client;
import dev.ringwall.model.ClientRegistration;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;

/// Who may end clients ends one that registered itself and may do what they may not (OWASP API1).
final class RegisteredClientAttacks {

    private final Derivation to;
    private final AdministrationList list;

    RegisteredClientAttacks(Derivation to) {
        this.to = to;
        this.list = new AdministrationList(to);
    }

    void derive(Operation operation, Role role) {
        if (operation.name().verb().equals("revoke-client")) {
            to.blueprint()
                    .declaration()
                    .clientRegistration()
                    .filter(says -> says.kinds().keySet().stream().anyMatch(Client.Kind::returns))
                    .filter(says -> beyond(says, role))
                    .ifPresent(says ->
                            list.add(
                                    operation,
                                    "ends-client",
                                    role,
                                    "ends a client that registered itself and may do what it may not",
                                    Expectation.stopped(Reason.HOLDS_MORE),
                                    scene ->
                                            Administering.ask(
                                                    scene,
                                                    role,
                                                    Administering.call(
                                                            operation,
                                                            RegistrationDesk.id(
                                                                    new RegistrationDesk(says)
                                                                            .registered(scene))))));
        }
    }

    private boolean beyond(ClientRegistration says, Role giver) {
        return to.roles().stream()
                .filter(role -> says.roles().containsKey(role.name()))
                .anyMatch(role -> AdministrationAttacks.lacks(to, giver, role));
    }
}
