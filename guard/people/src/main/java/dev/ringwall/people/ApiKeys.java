package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.model.Network;
import dev.ringwall.model.Role;
import dev.ringwall.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The keys of programs that send one with each call, for roles with `login: api-key`. Only hashes are kept. Every act is recorded
/// before it happens. Any thread may use it.
public final class ApiKeys {

    private static final String COLUMNS =
            "SELECT id, sha256, role, networks, created, expires, revoked FROM api_key";

    private final Store store;
    private final Ledger ledger;
    private final Rights rights;
    private final KeyMint mint;
    private final InstantSource clock;
    private final Runnable changed;

    ApiKeys(
            Store store,
            Ledger ledger,
            Rights rights,
            KeyMint mint,
            InstantSource clock,
            Runnable changed) {
        this.store = store;
        this.ledger = ledger;
        this.rights = rights;
        this.mint = mint;
        this.clock = clock;
        this.changed = changed;
    }

    /// One key, without the key.
    ///
    /// @param sha256  the hash of the whole key, 64 hexadecimal digits
    /// @param from    the only networks that it is accepted from, as its role said when it was made; empty means anywhere
    /// @param expires when it is accepted no more; empty where its role says nothing
    public record Key(
            String id,
            String sha256,
            String role,
            List<String> from,
            Instant created,
            Optional<Instant> expires,
            boolean revoked) {
        public Key {
            from = List.copyOf(from);
        }
    }

    /// What became of an act on a key.
    public sealed interface Outcome {
        /// It exists; the key is shown this once.
        record Created(Key key, String shown) implements Outcome {
            @Override
            public String toString() {
                return "Created[" + key.id() + "]";
            }
        }

        /// It is accepted no more.
        record Revoked(Key key) implements Outcome {}

        /// There is none of that id.
        record Unknown(String id) implements Outcome {}

        /// No role with `login: api-key` has that name.
        record NoSuchRole(String role) implements Outcome {}
    }

    /// Makes a key for that role.
    public Outcome create(String role, Actor by) {
        if (rights.declared(Set.of(role), Role.Login.API_KEY).isEmpty()) {
            return new Outcome.NoSuchRole(role);
        }
        Role declared = rights.role(role).orElseThrow();
        KeyMint.Minted minted = mint.mint();
        Instant now = clock.instant();
        Key key =
                new Key(
                        minted.id(),
                        minted.sha256(),
                        role,
                        declared.from().stream().map(Network::toString).toList(),
                        now,
                        declared.rotate().map(now::plus),
                        false);
        ledger.administered(AdminAct.KEY_CREATED, by, key.id(), Map.of("role", role));
        store.write(tx ->
                tx.change(
                        "INSERT INTO api_key (id, sha256, role, networks, created, expires, revoked)"
                                + " VALUES (?, ?, ?, ?, ?, ?, 0)",
                        key.id(),
                        key.sha256(),
                        role,
                        key.from().stream().collect(Collectors.joining(" ")),
                        now.toEpochMilli(),
                        key.expires().map(Instant::toEpochMilli).orElse(null)));
        changed.run();
        return new Outcome.Created(key, minted.key());
    }

    /// Lets the key be accepted no more.
    public Outcome revoke(String id, Actor by) {
        Optional<Key> known =
                store.read(tx -> tx.first(ApiKeys::key, COLUMNS + " WHERE id = ?", id));
        if (known.isEmpty()) {
            return new Outcome.Unknown(id);
        }
        ledger.administered(AdminAct.KEY_REVOKED, by, id, Map.of());
        store.write(tx -> tx.change("UPDATE api_key SET revoked = 1 WHERE id = ?", id));
        changed.run();
        return new Outcome.Revoked(known.get());
    }

    /// All keys, by id, also those that are accepted no more.
    public List<Key> list() {
        return store.read(tx -> tx.all(ApiKeys::key, COLUMNS + " ORDER BY id"));
    }

    /// The keys that are accepted now.
    public List<Key> accepted() {
        Instant now = clock.instant();
        return list().stream()
                .filter(key -> !key.revoked() && key.expires().map(now::isBefore).orElse(true))
                .toList();
    }

    private static Key key(ResultSet row) throws SQLException {
        String networks = row.getString(4);
        long expires = row.getLong(6);
        boolean forever = row.wasNull();
        return new Key(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                networks.isEmpty() ? List.of() : List.of(networks.split(" ", -1)),
                Instant.ofEpochMilli(row.getLong(5)),
                forever ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires)),
                row.getInt(7) != 0);
    }
}
