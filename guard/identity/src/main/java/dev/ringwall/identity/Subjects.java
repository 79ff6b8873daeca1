package dev.ringwall.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.ringwall.model.Client;
import dev.ringwall.people.SignedIn;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// By which ids each client is told of people and their logins. Everything that a client can read asks here and nowhere else.
final class Subjects {

    /// In access tokens: whose they are, sealed for gateways.
    static final String SEALED = "ringwall_sealed";

    /// Clients that are there without being declared.
    private static final Set<String> OURS =
            Set.of(Clients.STOREFRONT, Clients.COMMAND_LINE, AdministrationClient.ID);

    private final Clients clients;
    private final Pairwise pairwise;

    Subjects(Clients clients, Pairwise pairwise) {
        this.clients = clients;
        this.pairwise = pairwise;
    }

    /// What a client is told.
    ///
    /// @param sub of whom
    /// @param sid of which login
    /// @param own whether these are ids that only its sector has
    record Known(String sub, String sid, boolean own) {}

    /// What that client is told of somebody who is signed in.
    Known at(RegisteredClient client, SignedIn person) {
        return at(client, person.account().id(), person.sid());
    }

    private Known at(RegisteredClient client, String account, String sid) {
        Optional<Client> declared = ClientForm.declared(client);
        if (declared.isEmpty() && !OURS.contains(client.getClientId())) {
            throw new IllegalStateException(client.getClientId() + " is not there for people");
        }
        return declared.map(says -> at(says, account, sid))
                .orElseGet(() -> new Known(account, sid, false));
    }

    private Known at(Client client, String account, String sid) {
        if (client.subject() == Client.Subject.PUBLIC) {
            return new Known(account, sid, false);
        }
        String sector =
                client.ownSector()
                        .orElseThrow(() ->
                                new IllegalStateException(client.name() + " is of no sector"));
        return new Known(pairwise.subject(sector, account), pairwise.session(sector, sid), true);
    }

    /// The same, of a login that may be over, by the client's name.
    ///
    /// @throws IllegalStateException when there is no such client any more: nobody is told anything
    Known at(String client, String account, String sid) {
        RegisteredClient known = clients.findByClientId(client);
        if (known == null) {
            throw new IllegalStateException(client + " is gone");
        }
        return at(known, account, sid);
    }

    /// Whose a token is, for gateways: bound to that one token of that client, so that it says nothing in another.
    String sealed(String jti, String client, SignedIn person) {
        return pairwise.sealed(
                new JWTClaimsSet.Builder()
                        .jwtID(jti)
                        .claim("client_id", client)
                        .subject(person.account().id())
                        .claim("sid", person.sid())
                        .build()
                        .toString());
    }
}
