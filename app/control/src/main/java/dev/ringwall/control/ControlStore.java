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
import java.util.TreeMap;

/// What the control plane must not forget besides accounts and the log: the numbers of its documents, who may still join and who
/// has ([#instances]), and sealed credentials.
///
/// Each change is on the disk before the method returns. Thread-safe.
final class ControlStore implements AutoCloseable {

    private final Store store;
    private final InstanceStore instances;

    private ControlStore(Store store) {
        this.store = store;
        this.instances = new InstanceStore(store);
    }

    /// Opens the store, making its tables when there are none.
    static ControlStore open(Database database) {
        return new ControlStore(
                Store.open(database, new ControlTables(), new InstanceStore.InstanceTables()));
    }

    private static final class ControlTables implements Tables {
        @Override
        public List<String> statements() {
            return List.of(
                    "CREATE TABLE IF NOT EXISTS document_number (document VARCHAR(32) PRIMARY KEY, number BIGINT NOT NULL)",
                    "CREATE TABLE IF NOT EXISTS join_token (id VARCHAR(64) PRIMARY KEY, sha256 CHAR(64) NOT NULL,"
                            + " names VARCHAR(4000) NOT NULL, expires BIGINT NOT NULL, used BIGINT)",
                    "CREATE TABLE IF NOT EXISTS join_token_instance (id VARCHAR(64) PRIMARY KEY, instance VARCHAR(64) NOT"
                            + " NULL)",
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

    /// Which nodes joined, and where they listen.
    InstanceStore instances() {
        return instances;
    }

    /// Remembers a join token by its hash.
    ///
    /// @param instance where a node that has joined already gets further names with it
    void addJoinToken(
            String id,
            String sha256,
            List<String> names,
            Instant expires,
            Optional<String> instance) {
        store.write(tx -> {
            if (instance.isPresent()) {
                tx.change(
                        "INSERT INTO join_token_instance (id, instance) VALUES (?, ?)",
                        id,
                        instance.get());
            }
            return tx.change(
                    "INSERT INTO join_token (id, sha256, names, expires) VALUES (?, ?, ?, ?)",
                    id,
                    sha256,
                    String.join(",", names),
                    expires.toEpochMilli());
        });
    }

    /// What a join token is worth.
    sealed interface Admission {
        /// It lets its bearer join as these names, this once.
        ///
        /// @param instance as part of which node; empty where it is a new one
        record Admitted(List<String> names, Optional<String> instance) implements Admission {}

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
            return new Admission.Admitted(
                    List.of(token.get().names().split(",", -1)),
                    tx.first(
                            row -> row.getString(1),
                            "SELECT instance FROM join_token_instance WHERE id = ?",
                            id));
        });
    }

    private static boolean sameText(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
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

    /// Keeps what is to be remembered about the authority that certifies the public name, by name, all of it or nothing.
    void putAcme(Map<String, String> kept) {
        store.write(tx -> {
            for (Map.Entry<String, String> one : kept.entrySet()) {
                tx.change(
                        "INSERT INTO acme (name, kept) VALUES (?, ?)"
                                + " ON CONFLICT (name) DO UPDATE SET kept = excluded.kept",
                        one.getKey(),
                        one.getValue());
            }
            return kept.size();
        });
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
