package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.Ids;
import dev.ringwall.model.Role;
import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The programs that get tokens with a secret or with keys of their own (RFC 6749 §4.4), for roles with `login: client`. Every act is recorded
/// before it happens. Any thread may use it.
public final class MachineClients {

    private static final String COLUMNS =
            "SELECT id, role, created, revoked, secret, keys FROM machine_client"
                    + " LEFT JOIN client_keys ON client = id";

    /// Stands where the hash of a secret would for a client with keys; nothing hashes to it.
    private static final String NO_SECRET = "-";

    private final Store store;
    private final Ledger ledger;
    private final Rights rights;
    private final InstantSource clock;
    private final Bought bought;
    private final Runnable changed;
    private final Ids ids;

    MachineClients(
            Store store,
            Ledger ledger,
            Rights rights,
            InstantSource clock,
            Bought bought,
            Runnable changed) {
        this.store = store;
        this.ledger = ledger;
        this.rights = rights;
        this.clock = clock;
        this.bought = bought;
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

        /// It exists and proves itself with its own keys.
        record Registered(Client client) implements Outcome {}

        /// The key set cannot be used.
        record UnusableKeys(String why) implements Outcome {}

        /// It proves itself with a secret, and there is nothing to replace.
        record WithoutKeys(String id) implements Outcome {}

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
        Client client = named(role);
        ledger.administered(AdminAct.CLIENT_CREATED, by, client.id(), Map.of("role", role));
        store.write(tx -> insert(tx, client, Secrets.sha256(secret)));
        return new Outcome.Created(client, secret);
    }

    /// Makes a client for that role that has no secret: it signs with keys that only it holds (`private_key_jwt`).
    ///
    /// @param keys the public halves, as a JWK set; the client may sign with any of them
    public Outcome register(String role, String keys, Actor by) {
        if (rights.declared(Set.of(role), Role.Login.CLIENT).isEmpty()) {
            return new Outcome.NoSuchRole(role);
        }
        return switch (ClientKeys.read(keys)) {
            case ClientKeys.Reading.Unusable(String why) -> new Outcome.UnusableKeys(why);
            case ClientKeys.Reading.Usable(ClientKeys usable) -> {
                Client client = named(role);
                ledger.administered(
                        AdminAct.CLIENT_CREATED, by, client.id(), details(role, usable));
                store.write(tx ->
                        insert(tx, client, NO_SECRET)
                                + tx.change(
                                        "INSERT INTO client_keys (client, keys) VALUES (?, ?)",
                                        client.id(),
                                        usable.json()));
                yield new Outcome.Registered(client);
            }
        };
    }

    /// Puts other keys in place of those that the client has. To change keys without a pause: both, then the new ones.
    public Outcome replaceKeys(String id, String keys, Actor by) {
        Optional<Known> known = byId(id);
        if (known.isEmpty()) {
            return new Outcome.Unknown(id);
        }
        if (known.get().keys() == null) {
            return new Outcome.WithoutKeys(id);
        }
        Client client = known.get().client();
        return switch (ClientKeys.read(keys)) {
            case ClientKeys.Reading.Unusable(String why) -> new Outcome.UnusableKeys(why);
            case ClientKeys.Reading.Usable(ClientKeys usable) -> {
                ledger.administered(
                        AdminAct.CLIENT_KEYS_SET, by, id, details(client.role(), usable));
                store.write(tx ->
                        tx.change(
                                "UPDATE client_keys SET keys = ? WHERE client = ?",
                                usable.json(),
                                id));
                yield new Outcome.Registered(client);
            }
        };
    }

    private static Map<String, String> details(String role, ClientKeys keys) {
        return Map.of("role", role, "keys", String.join(" ", keys.thumbprints()));
    }

    private Client named(String role) {
        String id = role + "-" + ids.next().toLowerCase(Locale.ROOT);
        return new Client(id, role, clock.instant(), false);
    }

    private static int insert(Transaction tx, Client client, String secret) throws SQLException {
        return tx.change(
                "INSERT INTO machine_client (id, secret, role, created, revoked) VALUES (?, ?, ?, ?, 0)",
                client.id(),
                secret,
                client.role(),
                client.created().toEpochMilli());
    }

    /// Lets the client get tokens no more; those that it has count no more.
    public Outcome revoke(String id, Actor by) {
        Optional<Known> known = byId(id);
        if (known.isEmpty()) {
            return new Outcome.Unknown(id);
        }
        ledger.administered(AdminAct.CLIENT_REVOKED, by, id, Map.of());
        store.write(tx -> {
            bought.endClient(tx, id);
            Revocations.add(
                    tx,
                    new Revocation(
                            Revocation.Kind.SUB, id, clock.instant().plus(bought.accessLife())));
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

    /// A client with the hash of its secret, or with its keys.
    public record Known(Client client, String secret, @Nullable String keys) {
        @Override
        public String toString() {
            return client.toString();
        }
    }

    /// The client of that id, also when it is revoked.
    public Optional<Known> byId(String id) {
        return store.read(tx -> tx.first(MachineClients::known, COLUMNS + " WHERE id = ?", id));
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                new Client(
                        row.getString(1),
                        row.getString(2),
                        Instant.ofEpochMilli(row.getLong(3)),
                        row.getInt(4) != 0),
                row.getString(5),
                row.getString(6));
    }
}
