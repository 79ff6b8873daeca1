package dev.ringwall.control;

import dev.ringwall.identity.IdentityProvider;
import dev.ringwall.link.Showing;
import dev.ringwall.model.Client;
import dev.ringwall.people.MachineClients;
import dev.ringwall.people.RegisteredClients;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One client as the operator sees it, whichever way it came.
final class ShownClient {

    private ShownClient() {}

    static Optional<Showing.Client> of(IdentityProvider provider, String id) {
        return provider.declaredClients().list().stream()
                .filter(client -> client.name().equals(id))
                .findAny()
                .map(ShownClient::declared)
                .or(() -> machine(provider, id))
                .or(() -> registered(provider.directory().registeredClients(), id));
    }

    private static Showing.Client declared(Client client) {
        return new Showing.Client(
                client.name(),
                "declaration",
                List.copyOf(client.roles().keySet()),
                client.kind().word(),
                client.proof().word(),
                null,
                List.copyOf(client.returnTo().keySet()),
                List.of(),
                null,
                null,
                null,
                false);
    }

    private static Optional<Showing.Client> machine(IdentityProvider provider, String id) {
        return provider.clients()
                .byId(id)
                .map(known -> {
                    MachineClients.Client client = known.client();
                    return new Showing.Client(
                            id,
                            "command",
                            List.of(client.role()),
                            Client.Kind.MACHINE.word(),
                            (known.keys() == null ? Client.Proof.SECRET : Client.Proof.KEYS).word(),
                            null,
                            List.of(),
                            List.of(),
                            client.created(),
                            null,
                            null,
                            client.revoked());
                });
    }

    private static Optional<Showing.Client> registered(RegisteredClients clients, String id) {
        return clients.list().stream()
                .filter(known -> known.id().equals(id))
                .findAny()
                .map(known ->
                        new Showing.Client(
                                id,
                                "registration",
                                List.copyOf(
                                        clients.client(known)
                                                .map(client -> client.roles().keySet())
                                                .orElseGet(Set::of)),
                                known.is().kind().word(),
                                known.is().proof().word(),
                                known.is().title(),
                                known.is().redirects(),
                                List.copyOf(known.is().scopes()),
                                known.created(),
                                used(known),
                                known.expires(),
                                false));
    }

    private static @Nullable Instant used(RegisteredClients.Known known) {
        return known.used().isAfter(known.created()) ? known.used() : null;
    }
}
