package dev.ringwall.identity;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.Ids;
import dev.ringwall.model.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The programs that get tokens with a secret of their own (RFC 6749 §4.4), for roles with `login: client`. Every act is recorded
/// before it happens. Any thread may use it.
public final class MachineClients {

    private static final String COLUMNS =
            "SELECT id, role, created, revoked, secret FROM machine_client";

    private final Store store;
    private final Ledger ledger;
    private final Rights rights;
    private final InstantSource clock;
    private final Runnable changed;
    private final Ids ids;

    MachineClients(
            Store store, Ledger ledger, Rights rights, InstantSource clock, Runnable changed) {
        this.store = store;
        this.ledger = ledger;
        this.rights = rights;
        this.clock = clock;
        this.changed = changed;
        this.ids = new Ids(clock);
    }

    /// One client, without its secret.
    public record Client(String id, String role, Instant created, boolean revoked) {}

    /// What became of an act on a client.
    public sealed interface Outcome {
        /// It exists; the secret is shown this once.
        record Created(Client client, String secret) implements Outcome {
            @Override
            public String toString() {
                return "Created[" + client + "]";
            }
        }

        /// It gets tokens no more.
        record Revoked(Client client) implements Outcome {}

        /// There is none of that id.
        record Unknown(String id) implements Outcome {}

        /// No role with `login: client` has that name.
        record NoSuchRole(String role) implements Outcome {}
    }

    /// Makes a client for that role.
    public Outcome create(String role, Actor by) {
        if (rights.declared(Set.of(role), Role.Login.CLIENT).isEmpty()) {
            return new Outcome.NoSuchRole(role);
        }
        String secret = Secrets.random();
        Client client =
                new Client(
                        role + "-" + ids.next().toLowerCase(Locale.ROOT),
                        role,
                        clock.instant(),
                        false);
        ledger.administered(AdminAct.CLIENT_CREATED, by, client.id(), Map.of("role", role));
        store.write(tx ->
                tx.change(
                        "INSERT INTO machine_client (id, secret, role, created, revoked) VALUES (?, ?, ?, ?, 0)",
                        client.id(),
                        Secrets.sha256(secret),
                        role,
                        client.created().toEpochMilli()));
        return new Outcome.Created(client, secret);
    }

    /// Lets the client get tokens no more; those that it has count no more.
    public Outcome revoke(String id, Actor by) {
        Optional<Known> known = byId(id);
        if (known.isEmpty()) {
            return new Outcome.Unknown(id);
        }
        ledger.administered(AdminAct.CLIENT_REVOKED, by, id, Map.of());
        store.write(tx -> {
            Families.endAllOfClient(tx, id);
            Revocations.add(
                    tx,
                    new Revocation(
                            Revocation.Kind.SUB, id, clock.instant().plus(TokenMint.ACCESS_LIFE)));
            return tx.change("UPDATE machine_client SET revoked = 1 WHERE id = ?", id);
        });
        changed.run();
        Client was = known.get().client();
        return new Outcome.Revoked(new Client(was.id(), was.role(), was.created(), true));
    }

    /// All clients, by id.
    public List<Client> list() {
        return store.read(tx -> tx.all(row -> known(row).client(), COLUMNS + " ORDER BY id"));
    }

    /// A client with the hash of its secret.
    record Known(Client client, String secret) {
        @Override
        public String toString() {
            return client.toString();
        }
    }

    /// The client of that id, also when it is revoked.
    Optional<Known> byId(String id) {
        return store.read(tx -> tx.first(MachineClients::known, COLUMNS + " WHERE id = ?", id));
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                new Client(
                        row.getString(1),
                        row.getString(2),
                        Instant.ofEpochMilli(row.getLong(3)),
                        row.getInt(4) != 0),
                row.getString(5));
    }
}
