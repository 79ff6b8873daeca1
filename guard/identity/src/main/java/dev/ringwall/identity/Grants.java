package dev.ringwall.identity;

import dev.ringwall.events.IdentityAct;
import dev.ringwall.people.Ledger;
import dev.ringwall.people.RegisteredClients;
import dev.ringwall.people.SignedIn;
import dev.ringwall.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The applications that act for a person, as that person sees and ends them.
final class Grants {

    private static final String OF_ACCOUNT =
            " FROM token_family WHERE sid IN (SELECT sid FROM login_session WHERE account = ?)";

    private final Store store;
    private final RegisteredClients registered;
    private final Ledger ledger;
    private final Runnable changed;

    Grants(Store store, RegisteredClients registered, Ledger ledger, Runnable changed) {
        this.store = store;
        this.registered = registered;
        this.ledger = ledger;
        this.changed = changed;
    }

    /// Those that have tokens or may ask for them without a question, by name.
    List<String> of(SignedIn person) {
        String account = person.account().id();
        return store.read(tx -> {
            Set<String> all =
                    new TreeSet<>(
                            tx.all(
                                    row -> row.getString(1),
                                    "SELECT DISTINCT client"
                                            + OF_ACCOUNT
                                            + " AND access IS NOT NULL",
                                    account));
            all.addAll(
                    tx.all(
                            row -> row.getString(1),
                            "SELECT client FROM consent WHERE account = ?",
                            account));
            return List.copyOf(all);
        });
    }

    /// As people know the application: one that registered itself by the name that it gave itself, beside its id.
    String called(String client) {
        return registered
                .byId(client)
                .map(known -> known.is().title() + " (" + client + ")")
                .orElse(client);
    }

    /// Ends everything that the application got from the person. It can ask anew.
    void end(SignedIn person, String client) {
        if (!of(person).contains(client)) {
            return;
        }
        ledger.acted(
                IdentityAct.TOKEN_REVOKED,
                person.actor(),
                new TreeMap<>(Map.of("client", client, "sid", person.sid())));
        if (consented(person, client)) {
            ledger.acted(
                    IdentityAct.CONSENT_WITHDRAWN,
                    person.actor(),
                    new TreeMap<>(Map.of("client", client, "sid", person.sid())));
        }
        store.write(tx -> {
            for (String body :
                    tx.all(
                            row -> row.getString(1),
                            "SELECT body" + OF_ACCOUNT + " AND client = ?",
                            person.account().id(),
                            client)) {
                Families.endOne(tx, FamilyRow.read(body));
            }
            return tx.change(
                    "DELETE FROM consent WHERE account = ? AND client = ?",
                    person.account().id(),
                    client);
        });
        changed.run();
    }

    private boolean consented(SignedIn person, String client) {
        return store.read(tx ->
                        tx.first(
                                row -> row.getString(1),
                                "SELECT client FROM consent WHERE account = ? AND client = ?",
                                person.account().id(),
                                client))
                .isPresent();
    }
}
