package dev.ringwall.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// How one kind of database is spoken to. Any thread may use it.
interface Engine extends AutoCloseable {

    /// Something to do with a connection.
    interface Use<T> {
        T with(Connection connection) throws SQLException;
    }

    /// Makes what is not there.
    void make(List<String> statements) throws SQLException;

    /// Reads what is committed.
    <T> T read(Use<T> use) throws SQLException;

    /// Changes all of it or nothing, alone: no two of these overlap, wherever they run. On the disk when it returns.
    <T> T write(Use<T> use) throws SQLException;

    /// The statements of a connection that it has handed out.
    Statements statements(Connection connection);

    /// Those of the statements that it answers by looking at every row.
    List<String> unindexed(Plans plans, Connection connection) throws SQLException;

    @Override
    void close() throws SQLException;

    /// One transaction on a connection that commits only when told to.
    static <T> T transaction(Connection connection, Use<T> use) throws SQLException {
        boolean done = false;
        try {
            T result = use.with(connection);
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                connection.rollback();
            }
        }
    }
}
