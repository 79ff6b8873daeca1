package dev.ringwall.control;

import dev.ringwall.store.Database;
import dev.ringwall.store.Store;
import dev.ringwall.store.Tables;
import dev.ringwall.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the control plane must not forget besides accounts and the log: the numbers of its documents, who may still join, where
/// sidecars listen, and sealed credentials.
///
/// Each change is on the disk before the method returns. Thread-safe.
final class ControlStore implements AutoCloseable {

    private final Store store;

    private ControlStore(Store store) {
        this.store = store;
    }

    /// Opens the store, making its tables when there are none.
    static ControlStore open(Database database) {
        return new ControlStore(Store.open(database, new ControlTables()));
    }

    private static final class ControlTables implements Tables {
        @Override
        public List<String> statements() {
            return List.of(
                    "CREATE TABLE IF NOT EXISTS document_number (document VARCHAR(32) PRIMARY KEY, number BIGINT NOT NULL)",
                    "CREATE TABLE IF NOT EXISTS join_token (id VARCHAR(64) PRIMARY KEY, sha256 CHAR(64) NOT NULL,"
                            + " names VARCHAR(4000) NOT NULL, expires BIGINT NOT NULL, used BIGINT)",
                    "CREATE TABLE IF NOT EXISTS endpoint (name VARCHAR(63) PRIMARY KEY, address VARCHAR(300) NOT NULL)",
                    "CREATE TABLE IF NOT EXISTS member (name VARCHAR(63) PRIMARY KEY, node VARCHAR(64) NOT NULL)",
                    "CREATE INDEX IF NOT EXISTS member_node ON member (node)",
                    "CREATE TABLE IF NOT EXISTS sealed_secret (name VARCHAR(63) PRIMARY KEY, sealed VARCHAR(20000) NOT NULL)",
                    "CREATE TABLE IF NOT EXISTS acme (name VARCHAR(100) PRIMARY KEY, kept VARCHAR(40000) NOT NULL)");
        }

        /// Nothing: a join token that was used must be refused as long as somebody has it.
        @Override
        public int forget(Transaction tx, Instant now) {
            return 0;
        }
    }

    /// The next number for that document. No number is ever given twice, whatever happens in between.
    long nextNumber(String document) {
        return store.write(tx -> {
            long next =
                    tx.first(
                                            row -> row.getLong(1),
                                            "SELECT number FROM document_number WHERE document = ?",
                                            document)
                                    .orElse(0L)
                            + 1;
            tx.change(
                    "INSERT INTO document_number (document, number) VALUES (?, ?)"
                            + " ON CONFLICT (document) DO UPDATE SET number = excluded.number",
                    document,
                    next);
            return next;
        });
    }

    /// Remembers a join token by its hash.
    void addJoinToken(String id, String sha256, List<String> names, Instant expires) {
        store.write(tx ->
                tx.change(
                        "INSERT INTO join_token (id, sha256, names, expires) VALUES (?, ?, ?, ?)",
                        id,
                        sha256,
                        String.join(",", names),
                        expires.toEpochMilli()));
    }

    /// What a join token is worth.
    sealed interface Admission {
        /// It lets its bearer join as these names, this once.
        record Admitted(List<String> names) implements Admission {}

        /// It lets nobody in.
        record Refused(String why) implements Admission {}
    }

    private record JoinToken(String sha256, String names, long expires, boolean used) {
        static JoinToken of(ResultSet row) throws SQLException {
            return new JoinToken(
                    row.getString(1), row.getString(2), row.getLong(3), row.getObject(4) != null);
        }
    }

    /// Uses up a join token. Of two that use the same one, only one is admitted.
    Admission useJoinToken(String id, String sha256, Instant now) {
        return store.write(tx -> {
            Optional<JoinToken> token =
                    tx.first(
                            JoinToken::of,
                            "SELECT sha256, names, expires, used FROM join_token WHERE id = ?",
                            id);
            if (token.isEmpty() || !sameText(token.get().sha256(), sha256)) {
                return new Admission.Refused("the join token is not known");
            }
            if (token.get().used()) {
                return new Admission.Refused("the join token has been used");
            }
            if (token.get().expires() <= now.toEpochMilli()) {
                return new Admission.Refused("the join token has expired");
            }
            tx.change("UPDATE join_token SET used = ? WHERE id = ?", now.toEpochMilli(), id);
            return new Admission.Admitted(List.of(token.get().names().split(",", -1)));
        });
    }

    private static boolean sameText(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    /// Remembers that these names joined together, as one node.
    void putMembers(String node, List<String> names) {
        store.write(tx -> {
            for (String name : names) {
                tx.change(
                        "INSERT INTO member (name, node) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET node = excluded.node",
                        name,
                        node);
            }
            return names.size();
        });
    }

    /// Every name that ever joined → the node that it joined as part of.
    Map<String, String> members() {
        return pairs("SELECT name, node FROM member");
    }

    /// The names that joined together with that one, itself among them.
    Set<String> membersWith(String name) {
        Set<String> names = new TreeSet<>(Set.of(name));
        names.addAll(
                store.read(tx ->
                        tx.all(
                                row -> row.getString(1),
                                "SELECT name FROM member WHERE node = (SELECT node FROM member WHERE name = ?)",
                                name)));
        return names;
    }

    /// Remembers where the sidecar of a service listens; returns whether that is new.
    boolean putEndpoint(String name, String address) {
        return store.write(tx ->
                tx.change(
                        "INSERT INTO endpoint (name, address) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET address ="
                                + " excluded.address WHERE endpoint.address <> excluded.address",
                        name,
                        address))
                > 0;
    }

    /// Where sidecars listen, by service.
    Map<String, List<String>> endpoints() {
        Map<String, List<String>> endpoints = new TreeMap<>();
        pairs("SELECT name, address FROM endpoint")
                .forEach((name, address) -> endpoints.put(name, List.of(address)));
        return endpoints;
    }

    /// Keeps a sealed credential.
    void putSecret(String name, String sealed) {
        store.write(tx ->
                tx.change(
                        "INSERT INTO sealed_secret (name, sealed) VALUES (?, ?)"
                                + " ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed",
                        name,
                        sealed));
    }

    /// The sealed credentials, by name.
    Map<String, String> secrets() {
        return pairs("SELECT name, sealed FROM sealed_secret");
    }

    /// The names of the sealed credentials.
    List<String> secretNames() {
        return new ArrayList<>(secrets().keySet());
    }

    /// Keeps something about the authority that certifies the public name.
    void putAcme(String name, String kept) {
        store.write(tx ->
                tx.change(
                        "INSERT INTO acme (name, kept) VALUES (?, ?)"
                                + " ON CONFLICT (name) DO UPDATE SET kept = excluded.kept",
                        name,
                        kept));
    }

    /// What was kept under that name.
    Optional<String> acme(String name) {
        return store.read(tx ->
                tx.first(row -> row.getString(1), "SELECT kept FROM acme WHERE name = ?", name));
    }

    private Map<String, String> pairs(String sql) {
        Map<String, String> pairs = new TreeMap<>();
        store.read(tx -> tx.all(row -> Map.entry(row.getString(1), row.getString(2)), sql))
                .forEach(pair -> pairs.put(pair.getKey(), pair.getValue()));
        return pairs;
    }

    /// Statements for which the database looked at every row.
    List<String> unindexed() {
        return store.unindexed();
    }

    @Override
    public void close() {
        store.close();
    }
}
