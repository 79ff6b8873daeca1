package dev.ringwall.attack;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Grants;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The attacks as they are being derived from a blueprint.
final class Derivation {

    private final Blueprint blueprint;
    private final Grants grants;
    private final List<Attack> attacks = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    Derivation(Blueprint blueprint) {
        this.blueprint = blueprint;
        this.grants = new Grants(blueprint);
    }

    /// Every attack and every call that must pass, for that system, in a stable order.
    static List<Attack> of(Blueprint blueprint) {
        Derivation derivation = new Derivation(blueprint);
        MatrixAttacks.derive(derivation);
        TokenAttacks.derive(derivation);
        ScopeAttacks.derive(derivation);
        KeyAttacks.derive(derivation);
        HeaderAttacks.derive(derivation);
        OwnershipAttacks.derive(derivation);
        AdministrationAttacks.derive(derivation);
        AnswerAttacks.derive(derivation);
        ServiceAttacks.derive(derivation);
        PeerAttacks.derive(derivation);
        TicketAttacks.derive(derivation);
        TransactionAttacks.derive(derivation);
        HandedAttacks.derive(derivation);
        AroundAttacks.derive(derivation);
        DoorAttacks.derive(derivation);
        BrowserAttacks.derive(derivation);
        PathAttacks.derive(derivation);
        ShapeAttacks.derive(derivation);
        ParserAttacks.derive(derivation);
        StreamAttacks.derive(derivation);
        StreamBodyAttacks.derive(derivation);
        SlowAttacks.derive(derivation);
        ProtocolAttacks.derive(derivation);
        ProviderAttacks.derive(derivation);
        AdministrationPageAttacks.derive(derivation);
        CertifiedAttacks.derive(derivation);
        SsoAttacks.derive(derivation);
        LimitAttacks.derive(derivation);
        AmountAttacks.derive(derivation);
        FloodAttacks.derive(derivation);
        return List.copyOf(derivation.attacks);
    }

    void add(
            String name,
            Family family,
            String story,
            Line line,
            Expectation expected,
            Attack.Play play) {
        if (!names.add(name)) {
            throw new IllegalStateException(name + " is derived twice");
        }
        attacks.add(new Attack(name, family, story, line, expected, play));
    }

    Blueprint blueprint() {
        return blueprint;
    }

    Grants grants() {
        return grants;
    }

    /// The operations of the system's own services.
    List<Operation> own() {
        return blueprint.operations().values().stream()
                .filter(operation -> !blueprint.isThirdParty(operation.name()))
                .toList();
    }

    /// The operations that ask for a token or a key.
    List<Operation> guarded() {
        return own().stream()
                .filter(operation -> operation.allow() instanceof Allow.Roles)
                .toList();
    }

    /// The operations that nobody outside may call.
    List<Operation> internal() {
        return own().stream()
                .filter(operation -> operation.allow() instanceof Allow.Nobody)
                .toList();
    }

    Collection<Role> roles() {
        return blueprint.declaration().roles().values();
    }

    /// A role that may call the guarded operation and proves itself like that; the first in the file.
    List<Role> holders(Operation operation) {
        return operation.allow() instanceof Allow.Roles(var allowed)
                ? roles().stream().filter(role -> allowed.containsKey(role.name())).toList()
                : List.of();
    }
}
