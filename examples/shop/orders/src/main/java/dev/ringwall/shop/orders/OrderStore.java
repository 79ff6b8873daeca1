package dev.ringwall.shop.orders;

import dev.ringwall.shop.kit.ShopJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/// The orders, in SQLite. Thread-safe.
final class OrderStore {

    /// How many orders of earlier days a new store begins with, so that the first one of today is the seventeenth.
    static final int SEEDED = 16;

    private final Connection connection;

    private OrderStore(Connection connection) {
        this.connection = connection;
    }

    /// One order.
    ///
    /// @param owner who placed it
    /// @param total in cents
    record Order(
            long id,
            String owner,
            String status,
            List<Orders.Item> items,
            long total,
            Orders.Contact contact) {}

    /// What of an order is kept as JSON.
    private record Lines(List<Orders.Item> items, Orders.Contact contact) {}

    static OrderStore open(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS purchase (id INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL,"
                            + " status TEXT NOT NULL, total INTEGER NOT NULL, lines TEXT NOT NULL)");
        }
        OrderStore store = new OrderStore(connection);
        if (store.find(1).isEmpty()) {
            store.seed();
        }
        return store;
    }

    /// All of them or none, also when the process ends in between.
    private void seed() throws SQLException {
        connection.setAutoCommit(false);
        for (int i = 0; i < SEEDED; i++) {
            Order old =
                    add(
                            "seed",
                            List.of(new Orders.Item("mug", 1)),
                            new Orders.Contact("somebody@example.com", "1 Old Street"),
                            1200);
            ship(old.id());
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    synchronized Order add(
            String owner, List<Orders.Item> items, Orders.Contact contact, long total)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO purchase (owner, status, total, lines) VALUES (?, 'placed', ?, ?)",
                        Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, owner);
            insert.setLong(2, total);
            insert.setString(
                    3,
                    new String(ShopJson.write(new Lines(items, contact)), StandardCharsets.UTF_8));
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                return new Order(keys.getLong(1), owner, "placed", items, total, contact);
            }
        }
    }

    synchronized Optional<Order> find(long id) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT owner, status, total, lines FROM purchase WHERE id = ?")) {
            query.setLong(1, id);
            try (ResultSet rows = query.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                Lines lines =
                        ShopJson.read(
                                rows.getString(4).getBytes(StandardCharsets.UTF_8), Lines.class);
                return Optional.of(
                        new Order(
                                id,
                                rows.getString(1),
                                rows.getString(2),
                                lines.items(),
                                rows.getLong(3),
                                lines.contact()));
            }
        }
    }

    synchronized Optional<Order> status(long id, String status) throws SQLException {
        try (PreparedStatement change =
                connection.prepareStatement("UPDATE purchase SET status = ? WHERE id = ?")) {
            change.setString(1, status);
            change.setLong(2, id);
            change.executeUpdate();
        }
        return find(id);
    }

    Optional<Order> ship(long id) throws SQLException {
        return status(id, "shipped");
    }
}
