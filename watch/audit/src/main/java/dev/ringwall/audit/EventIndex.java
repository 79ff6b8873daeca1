package dev.ringwall.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which entries belong to which request, and how far each spool has been read: an SQLite file beside the log.
///
/// Everything in it follows from the log. It may be lost, and is thrown away when it cannot be read or is ahead of the log.
final class EventIndex implements AutoCloseable {

    /// The most events of one request that are found.
    static final int EVENTS_PER_REQUEST_MAX = 1_000;

    private static final int ROWS_PER_STATEMENT = 200;

    private static final String SCHEMA_VERSION = "1";

    private final Connection database;

    private EventIndex(Connection database) {
        this.database = database;
    }

    /// Opens the index of a log of that many entries, emptied where it does not fit.
    static EventIndex open(Path file, String origin, long entries)
            throws IOException, SQLException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            PrivateFiles.createFolders(folder);
        }
        try {
            EventIndex index = connect(file);
            if (index.belongsTo(origin) && index.next() <= entries) {
                return index;
            }
            index.close();
        } catch (SQLException unreadable) {
            // Made anew below, from the log.
        }
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
        }
        EventIndex index = connect(file);
        index.belongsTo(origin);
        return index;
    }

    /// What one entry adds.
    record Row(long index, LogEntry.Key key) {}

    private record SpoolOf(String sender, String id) {}

    /// Adds rows and remembers that the log has been read up to `next`, all or nothing.
    void add(List<Row> rows, long next) throws SQLException {
        try (PreparedStatement progress =
                database.prepareStatement("UPDATE progress SET next = ?")) {
            database.setAutoCommit(false);
            addEntries(rows.stream().filter(row -> row.key.request().isPresent()).toList());
            addSpools(rows);
            progress.setLong(1, next);
            progress.executeUpdate();
            database.commit();
        } finally {
            database.setAutoCommit(true);
        }
    }

    /// Many to a statement: a statement costs more than a row.
    private void addEntries(List<Row> rows) throws SQLException {
        int many = rows.size() / ROWS_PER_STATEMENT;
        insert(rows.subList(0, many * ROWS_PER_STATEMENT), ROWS_PER_STATEMENT);
        insert(rows.subList(many * ROWS_PER_STATEMENT, rows.size()), 1);
    }

    /// @param together so many to a statement, of which there is a whole number
    private void insert(List<Row> rows, int together) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        String values = String.join(",", Collections.nCopies(together, "(?, ?)"));
        try (PreparedStatement entry =
                database.prepareStatement(
                        "INSERT OR IGNORE INTO entry(request, place) VALUES " + values)) {
            int column = 0;
            for (Row row : rows) {
                entry.setString(++column, row.key.request().orElseThrow());
                entry.setLong(++column, row.index);
                if (column == together * 2) {
                    entry.executeUpdate();
                    column = 0;
                }
            }
        }
    }

    private void addSpools(List<Row> rows) throws SQLException {
        Map<SpoolOf, Long> furthest = new HashMap<>();
        for (Row row : rows) {
            row.key
                    .origin()
                    .ifPresent(origin ->
                            furthest.merge(
                                    new SpoolOf(origin.from(), origin.spool()),
                                    origin.sequence(),
                                    Math::max));
        }
        try (PreparedStatement spool =
                database.prepareStatement(
                        "INSERT INTO spool(sender, id, sequence) VALUES (?, ?, ?)"
                                + " ON CONFLICT(sender, id) DO UPDATE SET sequence = max(sequence, excluded.sequence)")) {
            for (Map.Entry<SpoolOf, Long> one : furthest.entrySet()) {
                spool.setString(1, one.getKey().sender);
                spool.setString(2, one.getKey().id);
                spool.setLong(3, one.getValue());
                spool.executeUpdate();
            }
        }
    }

    /// The places of the request's events, in the order of the log.
    List<Long> places(String request) throws SQLException {
        try (PreparedStatement query =
                database.prepareStatement(
                        "SELECT place FROM entry WHERE request = ? ORDER BY place LIMIT ?")) {
            query.setString(1, request);
            query.setInt(2, EVENTS_PER_REQUEST_MAX);
            List<Long> places = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    places.add(rows.getLong(1));
                }
            }
            return places;
        }
    }

    /// The last sequence of that spool that has been read; 0 when there is none.
    long sequence(String sender, String spool) throws SQLException {
        try (PreparedStatement query =
                database.prepareStatement(
                        "SELECT sequence FROM spool WHERE sender = ? AND id = ?")) {
            query.setString(1, sender);
            query.setString(2, spool);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /// The first entry that has not been read.
    long next() throws SQLException {
        try (Statement query = database.createStatement();
                ResultSet row = query.executeQuery("SELECT next FROM progress")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }

    private static EventIndex connect(Path file) throws SQLException {
        Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = database.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            // A loss of power may undo the last transactions, never half of one; the log is read
            // again from there.
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS entry(request TEXT NOT NULL, place INTEGER NOT NULL,"
                            + " PRIMARY KEY(request, place)) WITHOUT ROWID");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS spool(sender TEXT NOT NULL, id TEXT NOT NULL,"
                            + " sequence INTEGER NOT NULL, PRIMARY KEY(sender, id)) WITHOUT ROWID");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS progress(log TEXT NOT NULL, next INTEGER NOT NULL)");
            return new EventIndex(database);
        } catch (SQLException unreadable) {
            database.close();
            throw unreadable;
        }
    }

    /// Whether it was made for that log; a new one is from now on.
    private boolean belongsTo(String origin) throws SQLException {
        String log = SCHEMA_VERSION + " " + origin;
        try (Statement query = database.createStatement();
                ResultSet row = query.executeQuery("SELECT log FROM progress")) {
            if (row.next()) {
                return log.equals(row.getString(1));
            }
        }
        try (PreparedStatement insert =
                database.prepareStatement("INSERT INTO progress(log, next) VALUES (?, 0)")) {
            insert.setString(1, log);
            insert.executeUpdate();
        }
        return true;
    }
}
