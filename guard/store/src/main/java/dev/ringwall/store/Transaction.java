package dev.ringwall.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What may be done with a connection of the [Store].
public record Transaction(Connection connection) {

    /// Makes something of a row.
    public interface Row<T> {
        /// Reads the row at which the result stands.
        T of(ResultSet row) throws SQLException;
    }

    /// Changes rows and says how many.
    public int change(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /// All rows.
    public <T> List<T> all(Row<T> row, String sql, @Nullable Object... values) throws SQLException {
        List<T> all = new ArrayList<>();
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                all.add(row.of(result));
            }
        }
        return all;
    }

    /// The first row.
    public <T> Optional<T> first(Row<T> row, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet result = statement.executeQuery()) {
            return result.next() ? Optional.of(row.of(result)) : Optional.empty();
        }
    }

    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
