package dev.ringwall.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers which statements were asked, and lets the database say which of them it cannot answer but by looking at every row. Those
/// without a condition list everything on purpose and are not among them.
final class Plans {

    /// Statements that are remembered; the rooms have some hundred.
    private static final int REMEMBERED_MAX = 2_000;

    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    void asked(String sql) {
        if (!asked.contains(sql) && asked.size() < REMEMBERED_MAX) {
            asked.add(sql);
        }
    }

    int size() {
        return asked.size();
    }

    private List<String> conditional() {
        return new TreeSet<>(asked)
                .stream()
                        .filter(sql -> sql.contains(" WHERE "))
                        .filter(sql -> !sql.startsWith("INSERT"))
                        .toList();
    }

    /// As SQLite says it (`EXPLAIN QUERY PLAN`).
    List<String> unindexedInSqlite(Connection connection) throws SQLException {
        List<String> unindexed = new ArrayList<>();
        for (String sql : conditional()) {
            try (PreparedStatement statement =
                            connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                    ResultSet plan = statement.executeQuery()) {
                while (plan.next()) {
                    String step = plan.getString("detail");
                    if (step.startsWith("SCAN ") && !step.contains("CONSTANT ROW")) {
                        unindexed.add(sql + ": " + step);
                    }
                }
            }
        }
        return unindexed;
    }

    /// As PostgreSQL says it of the plan that serves all values; small tables are treated as large ones.
    List<String> unindexedInPostgres(Connection connection) throws SQLException {
        List<String> unindexed = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off");
            statement.execute("SET plan_cache_mode = force_generic_plan");
            for (String sql : conditional()) {
                statement.execute("PREPARE looked_at AS " + numbered(sql));
                String values = "NULL, ".repeat(marks(sql)).replaceAll(", $", "");
                try (ResultSet plan =
                        statement.executeQuery(
                                "EXPLAIN EXECUTE looked_at"
                                        + (values.isEmpty() ? "" : "(" + values + ")"))) {
                    while (plan.next()) {
                        if (plan.getString(1).contains("Seq Scan")) {
                            unindexed.add(sql + ": " + plan.getString(1).strip());
                        }
                    }
                }
                statement.execute("DEALLOCATE looked_at");
            }
            statement.execute("RESET enable_seqscan");
            statement.execute("RESET plan_cache_mode");
        }
        return unindexed;
    }

    private static int marks(String sql) {
        return (int) sql.chars().filter(c -> c == '?').count();
    }

    /// JDBC's `?` as PostgreSQL's `$1`. No statement of ours has a question mark in a text.
    private static String numbered(String sql) {
        StringBuilder numbered = new StringBuilder();
        int number = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '?') {
                number++;
                numbered.append('$').append(number);
            } else {
                numbered.append(c);
            }
        }
        return numbered.toString();
    }
}
