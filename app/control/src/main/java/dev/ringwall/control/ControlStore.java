package dev.ringwall.control;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the control plane must not forget besides accounts and the log: the numbers of its documents, who may still join, where
/// sidecars listen, and sealed credentials.
///
/// Each change is on the disk before the method returns. The SQL is the subset that SQLite and PostgreSQL share. Thread-safe; one
/// connection, since changes here are rare.
final class ControlStore implements AutoCloseable {

    private static final String[] TABLES = {
        "CREATE TABLE IF NOT EXISTS document_number (document VARCHAR(32) PRIMARY KEY, number BIGINT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS join_token (id VARCHAR(64) PRIMARY KEY, sha256 CHAR(64) NOT NULL,"
                + " names VARCHAR(4000) NOT NULL, expires BIGINT NOT NULL, used BIGINT)",
        "CREATE TABLE IF NOT EXISTS endpoint (name VARCHAR(63) PRIMARY KEY, address VARCHAR(300) NOT NULL)",
        "CREATE TABLE IF NOT EXISTS member (name VARCHAR(63) PRIMARY KEY, node VARCHAR(64) NOT NULL)",
        "CREATE TABLE IF NOT EXISTS sealed_secret (name VARCHAR(63) PRIMARY KEY, sealed VARCHAR(20000) NOT NULL)"
    };

    private final Connection connection;

    private ControlStore(Connection connection) {
        this.connection = connection;
    }

    /// Opens the store, making it when there is none.
    static ControlStore open(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("PRAGMA busy_timeout=5000");
            for (String table : TABLES) {
                statement.execute(table);
            }
        }
        return new ControlStore(connection);
    }

    /// The next number for that document. No number is ever given twice, whatever happens in between.
    synchronized long nextNumber(String document) throws SQLException {
        long next = number(document) + 1;
        change(
                "INSERT INTO document_number (document, number) VALUES (?, ?)"
                        + " ON CONFLICT (document) DO UPDATE SET number = excluded.number",
                document,
                next);
        return next;
    }

    private long number(String document) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT number FROM document_number WHERE document = ?")) {
            query.setString(1, document);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /// Remembers a join token by its hash.
    synchronized void addJoinToken(String id, String sha256, List<String> names, Instant expires)
            throws SQLException {
        change(
                "INSERT INTO join_token (id, sha256, names, expires) VALUES (?, ?, ?, ?)",
                id,
                sha256,
                String.join(",", names),
                expires.toEpochMilli());
    }

    /// What a join token is worth.
    sealed interface Admission {
        /// It lets its bearer join as these names, this once.
        record Admitted(List<String> names) implements Admission {}

        /// It lets nobody in.
        record Refused(String why) implements Admission {}
    }

    /// Uses up a join token. Of two that use the same one, only one is admitted.
    synchronized Admission useJoinToken(String id, String sha256, Instant now) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT sha256, names, expires, used FROM join_token WHERE id = ?")) {
            query.setString(1, id);
            try (ResultSet rows = query.executeQuery()) {
                if (!rows.next() || !sameText(rows.getString(1), sha256)) {
                    return new Admission.Refused("the join token is not known");
                }
                if (rows.getObject(4) != null) {
                    return new Admission.Refused("the join token has been used");
                }
                if (rows.getLong(3) <= now.toEpochMilli()) {
                    return new Admission.Refused("the join token has expired");
                }
                List<String> names = List.of(rows.getString(2).split(","));
                int changed =
                        change(
                                "UPDATE join_token SET used = ? WHERE id = ? AND used IS NULL",
                                now.toEpochMilli(),
                                id);
                return changed == 1
                        ? new Admission.Admitted(names)
                        : new Admission.Refused("the join token has been used");
            }
        }
    }

    private static boolean sameText(String one, String other) {
        return java.security.MessageDigest.isEqual(
                one.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                other.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    /// Remembers that these names joined together, as one node.
    synchronized void putMembers(String node, List<String> names) throws SQLException {
        for (String name : names) {
            change(
                    "INSERT INTO member (name, node) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET node = excluded.node",
                    name,
                    node);
        }
    }

    /// Every name that ever joined → the node that it joined as part of.
    synchronized Map<String, String> members() throws SQLException {
        Map<String, String> members = new TreeMap<>();
        try (Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery("SELECT name, node FROM member")) {
            while (rows.next()) {
                members.put(rows.getString(1), rows.getString(2));
            }
        }
        return members;
    }

    /// The names that joined together with that one, itself among them.
    synchronized Set<String> membersWith(String name) throws SQLException {
        Set<String> names = new TreeSet<>(Set.of(name));
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT name FROM member WHERE node = (SELECT node FROM member WHERE name = ?)")) {
            query.setString(1, name);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }

    /// Remembers where the sidecar of a service listens; returns whether that is new.
    synchronized boolean putEndpoint(String name, String address) throws SQLException {
        return change(
                        "INSERT INTO endpoint (name, address) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET address ="
                                + " excluded.address WHERE endpoint.address <> excluded.address",
                        name,
                        address)
                > 0;
    }

    /// Where sidecars listen, by service.
    synchronized Map<String, List<String>> endpoints() throws SQLException {
        Map<String, List<String>> endpoints = new TreeMap<>();
        try (Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery("SELECT name, address FROM endpoint")) {
            while (rows.next()) {
                endpoints.put(rows.getString(1), List.of(rows.getString(2)));
            }
        }
        return endpoints;
    }

    /// Keeps a sealed credential.
    synchronized void putSecret(String name, String sealed) throws SQLException {
        change(
                "INSERT INTO sealed_secret (name, sealed) VALUES (?, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed",
                name,
                sealed);
    }

    /// The sealed credentials, by name.
    synchronized Map<String, String> secrets() throws SQLException {
        Map<String, String> secrets = new TreeMap<>();
        try (Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery("SELECT name, sealed FROM sealed_secret")) {
            while (rows.next()) {
                secrets.put(rows.getString(1), rows.getString(2));
            }
        }
        return secrets;
    }

    /// The names of the sealed credentials.
    List<String> secretNames() throws SQLException {
        return new ArrayList<>(secrets().keySet());
    }

    private int change(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }
}
