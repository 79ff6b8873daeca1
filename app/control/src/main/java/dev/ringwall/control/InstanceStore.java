package dev.ringwall.control;

import dev.ringwall.store.Store;
import dev.ringwall.store.Tables;
import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which nodes joined as which names, and where the sidecars of each service listen. A node that joined is an instance of all that it
/// joined as; several instances of one name are told apart by what stands in their certificates.
///
/// Each change is on the disk before the method returns. Thread-safe.
final class InstanceStore {

    private final Store store;

    InstanceStore(Store store) {
        this.store = store;
    }

    /// Where one instance of a service listens.
    record Endpoint(String name, String instance, String address) {}

    static final class InstanceTables implements Tables {

        /// Until there could be several instances, `member` named one node for each name and `endpoint` one address. Nodes with
        /// certificates of that time are known by `member`, which nothing adds to any more; the rows of `endpoint` move once.
        @Override
        public List<String> statements() {
            return List.of(
                    "CREATE TABLE IF NOT EXISTS endpoint (name VARCHAR(63) PRIMARY KEY, address VARCHAR(300) NOT NULL)",
                    "CREATE TABLE IF NOT EXISTS member (name VARCHAR(63) PRIMARY KEY, node VARCHAR(64) NOT NULL)",
                    "CREATE TABLE IF NOT EXISTS instance_name (instance VARCHAR(64) NOT NULL, name VARCHAR(63) NOT NULL,"
                            + " joined BIGINT NOT NULL, PRIMARY KEY (instance, name))",
                    "CREATE TABLE IF NOT EXISTS instance_endpoint (name VARCHAR(63) NOT NULL, instance VARCHAR(64) NOT"
                            + " NULL, address VARCHAR(300) NOT NULL, PRIMARY KEY (name, instance))",
                    "CREATE INDEX IF NOT EXISTS instance_endpoint_instance ON instance_endpoint (instance)",
                    "INSERT INTO instance_name (instance, name, joined) SELECT node, name, 0 FROM member WHERE TRUE"
                            + " ON CONFLICT DO NOTHING",
                    "INSERT INTO instance_endpoint (name, instance, address) SELECT name, COALESCE((SELECT node FROM"
                            + " member WHERE member.name = endpoint.name), name), address FROM endpoint WHERE TRUE"
                            + " ON CONFLICT DO NOTHING",
                    "DELETE FROM endpoint");
        }

        /// Nothing: what a node joined as holds as long as it renews its certificates.
        @Override
        public int forget(Transaction tx, Instant now) {
            return 0;
        }
    }

    /// Remembers that this instance joined as these names.
    void joined(String instance, List<String> names, Instant at) {
        store.write(tx -> {
            for (String name : names) {
                tx.change(
                        "INSERT INTO instance_name (instance, name, joined) VALUES (?, ?, ?)"
                                + " ON CONFLICT (instance, name) DO NOTHING",
                        instance,
                        name,
                        at.toEpochMilli());
            }
            return names.size();
        });
    }

    /// The instance that a certificate without one belongs to: those of that time were the only ones of their name.
    String only(String name) {
        return store.read(tx ->
                        tx.first(
                                row -> row.getString(1),
                                "SELECT node FROM member WHERE name = ?",
                                name))
                .orElse(name);
    }

    /// What that instance joined as.
    Set<String> namesOf(String instance) {
        List<String> names =
                store.read(tx ->
                        tx.all(
                                row -> row.getString(1),
                                "SELECT name FROM instance_name WHERE instance = ?",
                                instance));
        return new TreeSet<>(names);
    }

    /// Every instance that ever joined → its names, those that joined last first.
    Map<String, List<String>> joined() {
        Map<String, List<String>> instances = new LinkedHashMap<>();
        store.read(tx ->
                        tx.all(
                                row -> Map.entry(row.getString(1), row.getString(2)),
                                "SELECT instance, name FROM instance_name ORDER BY joined DESC, instance DESC, name"))
                .forEach(one ->
                        instances
                                .computeIfAbsent(one.getKey(), _ -> new ArrayList<>())
                                .add(one.getValue()));
        return instances;
    }

    /// What became of an address that an instance told.
    enum Put {
        /// It is known already.
        KNOWN,
        /// It is new.
        NEW,
        /// There are as many instances as there may be.
        TOO_MANY
    }

    /// Remembers where the sidecar of an instance listens.
    ///
    /// @param most so many instances a service has
    Put put(Endpoint endpoint, int most) {
        return store.write(tx -> {
            Optional<String> before =
                    tx.first(
                            row -> row.getString(1),
                            "SELECT address FROM instance_endpoint WHERE name = ? AND instance = ?",
                            endpoint.name(),
                            endpoint.instance());
            if (before.filter(endpoint.address()::equals).isPresent()) {
                return Put.KNOWN;
            }
            if (before.isEmpty() && count(tx, endpoint.name()) >= most) {
                return Put.TOO_MANY;
            }
            tx.change(
                    "INSERT INTO instance_endpoint (name, instance, address) VALUES (?, ?, ?)"
                            + " ON CONFLICT (name, instance) DO UPDATE SET address = excluded.address",
                    endpoint.name(),
                    endpoint.instance(),
                    endpoint.address());
            return Put.NEW;
        });
    }

    private static long count(Transaction tx, String name) throws SQLException {
        return tx.first(
                        row -> row.getLong(1),
                        "SELECT COUNT(*) FROM instance_endpoint WHERE name = ?",
                        name)
                .orElse(0L);
    }

    /// Forgets where an instance listens, but for those services that have no other; returns the services that it was forgotten of.
    List<String> leave(String instance) {
        return store.write(tx -> {
            List<String> left = new ArrayList<>();
            for (String name :
                    tx.all(
                            row -> row.getString(1),
                            "SELECT name FROM instance_endpoint WHERE instance = ?",
                            instance)) {
                if (count(tx, name) > 1) {
                    forget(tx, name, instance);
                    left.add(name);
                }
            }
            return left;
        });
    }

    /// Forgets one entry.
    void forget(String name, String instance) {
        store.write(tx -> forget(tx, name, instance));
    }

    private static int forget(Transaction tx, String name, String instance) throws SQLException {
        return tx.change(
                "DELETE FROM instance_endpoint WHERE name = ? AND instance = ?", name, instance);
    }

    /// All entries, by service and instance.
    List<Endpoint> all() {
        return store.read(tx ->
                tx.all(
                        row -> new Endpoint(row.getString(1), row.getString(2), row.getString(3)),
                        "SELECT name, instance, address FROM instance_endpoint ORDER BY name, instance"));
    }

    /// Where sidecars listen, by service, each address once.
    Map<String, List<String>> endpoints() {
        Map<String, Set<String>> addresses = new TreeMap<>();
        all().forEach(one ->
                addresses
                        .computeIfAbsent(one.name(), _ -> new LinkedHashSet<>())
                        .add(one.address()));
        Map<String, List<String>> endpoints = new TreeMap<>();
        addresses.forEach((name, all) -> endpoints.put(name, List.copyOf(all)));
        return endpoints;
    }
}
