package dev.ringwall.control;

import dev.ringwall.events.Actor;
import dev.ringwall.identity.IdentityProvider;
import dev.ringwall.link.Inviting;
import dev.ringwall.link.Operating;
import dev.ringwall.people.ClientInvitations;
import dev.ringwall.people.RegisteredClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Clients that registered themselves, and invitations to do so, as the operator sees and ends them.
final class RegisteredHandlers {

    private RegisteredHandlers() {}

    /// Those that are there, then the invitations that still count.
    static List<Operating.Client> list(RegisteredClients clients) {
        List<Operating.Client> all = new ArrayList<>();
        for (RegisteredClients.Known known : clients.list()) {
            Optional<dev.ringwall.model.Client> client = clients.client(known);
            all.add(
                    new Operating.Client(
                            known.id(),
                            client.map(is -> String.join(",", is.roles().keySet())).orElse(""),
                            "registration",
                            known.is().title(),
                            known.created(),
                            known.expires(),
                            0,
                            false,
                            client.isPresent()));
        }
        for (ClientInvitations.Invitation invitation : clients.invitations().list()) {
            all.add(
                    new Operating.Client(
                            invitation.id(),
                            "",
                            "invitation",
                            null,
                            invitation.created(),
                            invitation.expires(),
                            invitation.uses(),
                            false,
                            true));
        }
        return all;
    }

    /// Whether that is the id of one of them.
    static boolean isOne(String id) {
        return id.startsWith(RegisteredClients.PREFIX) || id.startsWith(ClientInvitations.PREFIX);
    }

    static Exchange.Answer revoke(RegisteredClients clients, String id, Actor by) {
        boolean done =
                id.startsWith(ClientInvitations.PREFIX)
                        ? clients.invitations().withdraw(id, by)
                        : clients.revoke(id, by);
        return done
                ? Exchange.done()
                : ClientInterface.noSuch(
                        "client", id, list(clients).stream().map(Operating.Client::id).toList());
    }

    static Exchange.Answer invite(
            IdentityProvider provider, Inviting.NewInvitation wanted, Actor by) {
        RegisteredClients clients = provider.directory().registeredClients();
        if (clients.allowed().isEmpty()) {
            return Exchange.unusable(
                    "no client may register itself: the declaration has no `client-registration`; add `client-registration: { who: invite, kinds: [web], roles: [shopper] }`");
        }
        if (wanted.uses() < 1 || wanted.uses() > ClientInvitations.USES_MAX) {
            return Exchange.unusable(
                    "`uses` is "
                            + wanted.uses()
                            + " (expected: 1 to "
                            + ClientInvitations.USES_MAX
                            + ")");
        }
        long hoursMax = ClientInvitations.LASTS_MAX.toHours();
        if (wanted.hours() < 1 || wanted.hours() > hoursMax) {
            return Exchange.unusable(
                    "`hours` is " + wanted.hours() + " (expected: 1 to " + hoursMax + ")");
        }
        ClientInvitations.Made made =
                clients.invitations().invite(wanted.uses(), Duration.ofHours(wanted.hours()), by);
        return Exchange.done(
                new Inviting.Invited(
                        made.invitation().id(),
                        made.token(),
                        provider.registrationAddress(),
                        made.invitation().expires()));
    }
}
