package dev.ringwall.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What may be done with a connection of the [Store].
public final class Transaction {

    private final Statements statements;
    private final Plans plans;

    Transaction(Statements statements, Plans plans) {
        this.statements = statements;
        this.plans = plans;
    }

    /// Makes something of a row.
    public interface Row<T> {
        /// Reads the row at which the result stands.
        T of(ResultSet row) throws SQLException;
    }

    /// Changes rows and says how many.
    public int change(String sql, @Nullable Object... values) throws SQLException {
        return using(sql, PreparedStatement::executeUpdate, values);
    }

    /// Forgets rows whose time is up, the most that one transaction should: others wait meanwhile. [Store#forget] comes again while there are
    /// more.
    ///
    /// @param key    what tells the rows apart; several columns as `(one, other)`
    /// @param time   the column with the milliseconds since 1970 that must have passed; it has an index
    public int forget(String table, String key, String time, long before) throws SQLException {
        String columns = key.startsWith("(") ? key.substring(1, key.length() - 1) : key;
        return change(
                "DELETE FROM "
                        + table
                        + " WHERE "
                        + key
                        + " IN (SELECT "
                        + columns
                        + " FROM "
                        + table
                        + " WHERE "
                        + time
                        + " < ? LIMIT "
                        + Store.FORGOTTEN_AT_ONCE
                        + ")",
                before);
    }

    /// All rows.
    public <T> List<T> all(Row<T> row, String sql, @Nullable Object... values) throws SQLException {
        return using(
                sql,
                statement -> {
                    List<T> all = new ArrayList<>();
                    try (ResultSet result = statement.executeQuery()) {
                        while (result.next()) {
                            all.add(row.of(result));
                        }
                    }
                    return all;
                },
                values);
    }

    /// The first row.
    public <T> Optional<T> first(Row<T> row, String sql, @Nullable Object... values)
            throws SQLException {
        return using(
                sql,
                statement -> {
                    try (ResultSet result = statement.executeQuery()) {
                        return result.next() ? Optional.of(row.of(result)) : Optional.<T>empty();
                    }
                },
                values);
    }

    /// Something to do with a statement that has its values.
    private interface Run<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private <T> T using(String sql, Run<T> run, @Nullable Object... values) throws SQLException {
        plans.asked(sql);
        PreparedStatement statement = statements.take(sql);
        boolean done = false;
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            T result = run.with(statement);
            done = true;
            return result;
        } finally {
            if (done) {
                statements.giveBack(sql, statement);
            } else {
                statement.close();
            }
        }
    }
}
