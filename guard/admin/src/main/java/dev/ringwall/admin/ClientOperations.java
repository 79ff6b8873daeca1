package dev.ringwall.admin;

import dev.ringwall.model.Client;
import dev.ringwall.people.DeclaredClients;
import dev.ringwall.people.Directory;
import dev.ringwall.people.MachineClients;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Clients: those of the declaration, which is where they change; machine clients that were made here or by command; and those that
/// registered themselves.
final class ClientOperations {

    private final Directory directory;
    private final Power power;
    private final ShownClients shown;

    ClientOperations(Directory directory, Power power) {
        this.directory = directory;
        this.power = power;
        this.shown = new ShownClients(directory);
    }

    AdminAnswer list(AdminRequest request) {
        return Paging.page(
                request, "clients", shown.all(), ShownClients.Shown::id, ShownClients.Shown::brief);
    }

    AdminAnswer read(AdminRequest request) {
        return AdminAnswer.of(200, AdminAnswer.JSON, one(request.id()).whole());
    }

    private ShownClients.Shown one(String id) {
        return shown.all().stream()
                .filter(client -> client.id().equals(id))
                .findAny()
                .orElseThrow(() -> Refused.missing("client"));
    }

    AdminAnswer create(AdminRequest request) {
        String role = ProgramOperations.role(request);
        power.give(request.by(), "-", Set.of(role));
        return switch (directory.clients().create(role, request.by().actor())) {
            case MachineClients.Outcome.Created(MachineClients.Client client, String secret) ->
                    AdminAnswer.of(
                            201, AdminAnswer.JSON, Map.of("id", client.id(), "secret", secret));
            case MachineClients.Outcome.NoSuchRole _ ->
                    throw Refused.unusable("no role with `login: client` is called that");
            case MachineClients.Outcome other ->
                    throw new IllegalStateException("not of a creation: " + other);
        };
    }

    /// Ends a client with all that it has. What people allowed one that registered itself goes with it.
    AdminAnswer revoke(AdminRequest request) {
        Optional<ShownClients.Shown> client =
                shown.all().stream().filter(one -> one.id().equals(request.id())).findAny();
        if (client.isEmpty() || client.get().revoked()) {
            return AdminAnswer.nothing();
        }
        String id = client.get().id();
        if (client.get().from() != ShownClients.From.DECLARATION) {
            power.actOn(request.by(), id, client.get().roles());
        }
        switch (client.get().from()) {
            case DECLARATION ->
                    throw Refused.unusable(
                            "that is a client of the declaration; take it out there, or give it a new secret");
            case COMMAND -> directory.clients().revoke(id, request.by().actor());
            case REGISTRATION -> directory.registeredClients().revoke(id, request.by().actor());
        }
        return AdminAnswer.nothing();
    }

    AdminAnswer renewSecret(AdminRequest request) {
        Client client =
                directory.declaredClients().list().stream()
                        .filter(one -> one.name().equals(request.id()))
                        .findAny()
                        .orElseThrow(() -> Refused.missing("client in the declaration"));
        Set<String> roles = new TreeSet<>(client.roles().keySet());
        roles.addAll(client.actsFor().keySet());
        power.actOn(request.by(), client.name(), roles);
        return switch (directory.declaredClients().newSecret(client.name(), request.by().actor())) {
            case DeclaredClients.Outcome.Secret(String name, String secret) ->
                    AdminAnswer.of(200, AdminAnswer.JSON, Map.of("id", name, "secret", secret));
            case DeclaredClients.Outcome.OtherProof _ ->
                    throw Refused.unusable("the client does not prove itself by a secret");
            case DeclaredClients.Outcome other ->
                    throw new IllegalStateException("not of a secret: " + other);
        };
    }
}
