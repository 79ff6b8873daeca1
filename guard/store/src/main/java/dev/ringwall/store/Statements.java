package dev.ringwall.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Statements of one connection that were prepared before: to parse one costs an embedded database more than to run it. One that is in use is not
/// here, so the same text can be used within itself. Used by one thread at a time, as its connection is.
final class Statements {

    /// Statements that one connection keeps.
    private static final int KEPT_MAX = 128;

    private final Connection connection;
    private final int keptMax;
    private final Map<String, PreparedStatement> kept = new LinkedHashMap<>();

    private Statements(Connection connection, int keptMax) {
        this.connection = connection;
        this.keptMax = keptMax;
    }

    /// Keeps them as long as the connection is open.
    static Statements keeping(Connection connection) {
        return new Statements(connection, KEPT_MAX);
    }

    /// Keeps none, where the driver does that by itself.
    static Statements passing(Connection connection) {
        return new Statements(connection, 0);
    }

    PreparedStatement take(String sql) throws SQLException {
        PreparedStatement known = kept.remove(sql);
        return known == null ? connection.prepareStatement(sql) : known;
    }

    /// Takes it back; it holds no values and no result any more.
    void giveBack(String sql, PreparedStatement statement) throws SQLException {
        if (keptMax == 0) {
            statement.close();
            return;
        }
        statement.clearParameters();
        PreparedStatement same = kept.put(sql, statement);
        if (same != null) {
            same.close();
        }
        if (kept.size() > keptMax) {
            String oldest = kept.keySet().iterator().next();
            PreparedStatement least = kept.remove(oldest);
            if (least != null) {
                least.close();
            }
        }
    }
}
