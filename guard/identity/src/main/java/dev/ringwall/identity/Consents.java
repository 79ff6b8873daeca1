package dev.ringwall.identity;

import dev.ringwall.events.IdentityAct;
import dev.ringwall.model.Client;
import dev.ringwall.people.Ledger;
import dev.ringwall.people.SignedIn;
import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// What people have allowed clients to do for them (OpenID Connect Core §3.1.2.4). A client that asks gets what was allowed and no more,
/// also with each refresh; what its roles may do later was not allowed yet, and is asked for anew.
final class Consents {

    private final Store store;
    private final Clients clients;
    private final Ledger ledger;
    private final InstantSource clock;

    Consents(Store store, Clients clients, Ledger ledger, InstantSource clock) {
        this.store = store;
        this.clients = clients;
        this.ledger = ledger;
        this.clock = clock;
    }

    private record Kept(Set<String> scopes, Instant given) {}

    /// Whether people are asked at that client, whatever it says itself.
    static boolean asks(RegisteredClient client) {
        return ClientForm.declared(client)
                .filter(says -> says.consent() == Client.Consent.ASK)
                .isPresent();
    }

    /// Whether the question can be answered without asking that person. Questions that are refused for another reason can.
    ///
    /// @param form says what the question is worth
    boolean given(HttpServletRequest request, SignedIn person, FamilyForm form) {
        boolean anew = Wanted.by(request).prompts().contains(Wanted.CONSENT);
        String id = request.getParameter("client_id");
        RegisteredClient client = id == null ? null : clients.findByClientId(id);
        if (client == null || (!anew && !asks(client)) || !RoleRule.mayUse(client, person)) {
            return true;
        }
        Optional<Kept> kept =
                store.read(tx -> kept(tx, person.account().id(), client.getClientId()));
        boolean enough =
                kept.filter(one -> one.scopes().containsAll(asked(request, client, person, form)))
                        .isPresent();
        return enough
                && (!anew
                        || PushedRequests.held(request)
                                .filter(held -> !kept.orElseThrow().given().isBefore(held.opened()))
                                .isPresent());
    }

    /// What the question is worth to the client if the person allows it.
    static Set<String> asked(
            HttpServletRequest request, RegisteredClient client, SignedIn person, FamilyForm form) {
        String scope = request.getParameter("scope");
        return form.worth(
                scope == null || scope.isBlank() ? Set.of() : Wanted.words(scope), client, person);
    }

    /// Of these scopes those that the person allowed a client that asks.
    static Set<String> allowed(
            Store store, RegisteredClient client, SignedIn person, Set<String> scopes) {
        if (!asks(client)) {
            return scopes;
        }
        Set<String> allowed = new TreeSet<>(scopes);
        allowed.retainAll(
                store.read(tx -> kept(tx, person.account().id(), client.getClientId()))
                        .map(Kept::scopes)
                        .orElse(Set.of()));
        return allowed;
    }

    /// The person allows it, beside what was allowed before.
    void give(SignedIn person, String client, Set<String> scopes) {
        ledger.acted(IdentityAct.CONSENT_GIVEN, person.actor(), about(person, client, scopes));
        String account = person.account().id();
        store.write(tx -> {
            Set<String> all = new TreeSet<>(scopes);
            kept(tx, account, client).ifPresent(before -> all.addAll(before.scopes()));
            return tx.change(
                    "INSERT INTO consent (account, client, scopes, given) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (account, client) DO UPDATE SET scopes = excluded.scopes, given = excluded.given",
                    account,
                    client,
                    String.join(" ", all),
                    clock.millis());
        });
    }

    /// The person does not.
    void refuse(SignedIn person, String client, Set<String> scopes) {
        ledger.acted(IdentityAct.CONSENT_REFUSED, person.actor(), about(person, client, scopes));
    }

    private static Map<String, String> about(SignedIn person, String client, Set<String> scopes) {
        return new TreeMap<>(
                Map.of(
                        "client", client,
                        "sid", person.sid(),
                        "scopes", String.valueOf(scopes.size())));
    }

    private static Optional<Kept> kept(Transaction tx, String account, String client)
            throws SQLException {
        return tx.first(
                row ->
                        new Kept(
                                Set.copyOf(List.of(row.getString(1).split(" "))),
                                Instant.ofEpochMilli(row.getLong(2))),
                "SELECT scopes, given FROM consent WHERE account = ? AND client = ?",
                account,
                client);
    }
}
