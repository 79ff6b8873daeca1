package dev.ringwall.shop.catalog;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// The products, in SQLite. Thread-safe.
final class Products {

    private static final List<Product> SEED =
            List.of(
                    new Product("kettle", "Kettle, 1.7 l", 3900),
                    new Product("lamp", "Desk lamp", 5400),
                    new Product("mug", "Mug, blue", 1200),
                    new Product("notebook", "Notebook, A5", 750),
                    new Product("scarf", "Scarf, wool", 4800),
                    new Product("teapot", "Teapot, cast iron", 8900));

    private final Connection connection;

    private Products(Connection connection) {
        this.connection = connection;
    }

    /// One product.
    ///
    /// @param price in cents
    record Product(String sku, String name, int price) {}

    /// Opens the store; a new one is stocked.
    static Products open(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS product (sku TEXT PRIMARY KEY, name TEXT NOT NULL, price INTEGER NOT NULL)");
        }
        Products products = new Products(connection);
        if (products.all().isEmpty()) {
            for (Product product : SEED) {
                products.put(product);
            }
        }
        return products;
    }

    synchronized List<Product> all() throws SQLException {
        List<Product> all = new ArrayList<>();
        try (Statement query = connection.createStatement();
                ResultSet rows =
                        query.executeQuery("SELECT sku, name, price FROM product ORDER BY name")) {
            while (rows.next()) {
                all.add(new Product(rows.getString(1), rows.getString(2), rows.getInt(3)));
            }
        }
        return all;
    }

    synchronized void put(Product product) throws SQLException {
        try (PreparedStatement change =
                connection.prepareStatement(
                        "INSERT INTO product (sku, name, price) VALUES (?, ?, ?)"
                                + " ON CONFLICT (sku) DO UPDATE SET name = excluded.name, price = excluded.price")) {
            change.setString(1, product.sku());
            change.setString(2, product.name());
            change.setInt(3, product.price());
            change.executeUpdate();
        }
    }
}
