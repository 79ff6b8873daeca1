package dev.ringwall.shop.payments;

import dev.ringwall.shop.kit.Callee;
import dev.ringwall.shop.kit.Environment;
import dev.ringwall.shop.kit.ShopJson;
import dev.ringwall.shop.kit.ShopServer;
import dev.ringwall.shop.kit.ShopServer.Answer;
import dev.ringwall.shop.kit.ShopServer.Request;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Has cards charged. It calls the third party through its sidecar, which adds the credential; this process never sees it.
public final class Payments {

    private final Connection connection;
    private final Callee stripe;

    private Payments(Connection connection, Callee stripe) {
        this.connection = connection;
        this.stripe = stripe;
    }

    /// Starts the service.
    public static void main(String[] arguments) throws IOException, SQLException {
        Connection connection =
                DriverManager.getConnection(
                        "jdbc:sqlite:" + Path.of(Environment.required("DATA_DIR"), "payments.db"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS charge (id TEXT PRIMARY KEY, purchase INTEGER NOT NULL, amount INTEGER NOT NULL)");
        }
        Payments payments = new Payments(connection, new Callee("STRIPE_URL"));
        ShopServer.serve(payments::answer);
    }

    private Answer answer(Request request) throws IOException, InterruptedException, SQLException {
        if (!request.method().equals("POST") || !request.path().equals("/charges")) {
            return Answer.error(404, "no such thing");
        }
        JsonNode wish = ShopJson.read(request.body());
        HttpResponse<byte[]> answer =
                stripe.post(
                        "/v1/payment_intents",
                        Map.of(
                                "amount",
                                wish.path("amount").asLong(),
                                "currency",
                                "eur",
                                "card",
                                wish.path("card")),
                        request.onwards());
        if (answer.statusCode() != 200) {
            return Answer.error(502, "the payment provider answered " + answer.statusCode());
        }
        String id = ShopJson.read(answer.body()).path("id").asString();
        remember(id, wish.path("order").asLong(), wish.path("amount").asLong());
        return Answer.json(201, Map.of("id", id, "status", "charged"));
    }

    private synchronized void remember(String id, long purchase, long amount) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO charge (id, purchase, amount) VALUES (?, ?, ?)")) {
            insert.setString(1, id);
            insert.setLong(2, purchase);
            insert.setLong(3, amount);
            insert.executeUpdate();
        }
    }
}
