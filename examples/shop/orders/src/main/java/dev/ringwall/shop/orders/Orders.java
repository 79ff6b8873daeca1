package dev.ringwall.shop.orders;

import dev.ringwall.shop.kit.Callee;
import dev.ringwall.shop.kit.Environment;
import dev.ringwall.shop.kit.ShopJson;
import dev.ringwall.shop.kit.ShopServer;
import dev.ringwall.shop.kit.ShopServer.Answer;
import dev.ringwall.shop.kit.ShopServer.Request;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Takes orders: looks up prices in the catalog, has the card charged, and stores the order with who placed it. The card passes through
/// and is never stored.
public final class Orders {

    private static final Pattern ONE = Pattern.compile("/orders/([0-9]{1,18})(/ship)?");

    private final OrderStore store;
    private final Callee catalog;
    private final Callee payments;

    private Orders(OrderStore store, Callee catalog, Callee payments) {
        this.store = store;
        this.catalog = catalog;
        this.payments = payments;
    }

    /// What a caller orders.
    record Item(String sku, int quantity) {}

    /// Where it goes.
    record Contact(String email, String address) {}

    /// What it is paid with.
    record Card(String pan, String cvc) {
        @Override
        public String toString() {
            return "Card[…]";
        }
    }

    /// The whole wish.
    record Placement(List<Item> items, Contact contact, Card card) {}

    /// Starts the service.
    public static void main(String[] arguments) throws IOException, SQLException {
        Orders orders =
                new Orders(
                        OrderStore.open(Path.of(Environment.required("DATA_DIR"), "orders.db")),
                        new Callee("CATALOG_URL"),
                        new Callee("PAYMENTS_URL"));
        ShopServer.serve(orders::answer);
    }

    private Answer answer(Request request) throws IOException, InterruptedException, SQLException {
        if (request.method().equals("POST") && request.path().equals("/orders")) {
            return place(request);
        }
        Matcher one = ONE.matcher(request.path());
        if (!one.matches()) {
            return Answer.error(404, "no such thing");
        }
        long id = Long.parseLong(one.group(1));
        boolean ships = one.group(2) != null;
        if (request.method().equals("POST") && ships) {
            return shown(store.ship(id), 200);
        }
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (reads && !ships) {
            // Nobody checks here whose order it is: the declaration's `when` does, before the
            // answer gets anywhere.
            return shown(store.find(id), 200);
        }
        return Answer.error(404, "no such thing");
    }

    private Answer place(Request request) throws IOException, InterruptedException, SQLException {
        Placement wish = ShopJson.read(request.body(), Placement.class);
        HttpResponse<byte[]> listed = catalog.get("/products", request.onwards());
        if (listed.statusCode() != 200) {
            return Answer.error(502, "the catalog answered " + listed.statusCode());
        }
        Map<String, Integer> prices = new HashMap<>();
        for (JsonNode product : ShopJson.read(listed.body()).path("products")) {
            prices.put(product.path("sku").asString(), product.path("price").asInt());
        }
        long total = 0;
        for (Item item : wish.items()) {
            Integer price = prices.get(item.sku());
            if (price == null) {
                return Answer.error(422, "there is no " + item.sku());
            }
            total += (long) price * item.quantity();
        }
        OrderStore.Order order = store.add(request.caller(), wish.items(), wish.contact(), total);
        if (!charged(order, wish.card(), request.onwards())) {
            store.status(order.id(), "not paid");
            return Answer.error(402, "the payment was not taken");
        }
        return shown(store.status(order.id(), "paid"), 201);
    }

    /// Whether the charge was taken. A payment service that does not answer has taken nothing that this one knows of.
    private boolean charged(OrderStore.Order order, Card card, Map<String, String> onwards)
            throws InterruptedException {
        try {
            return payments.post(
                                    "/charges",
                                    Map.of(
                                            "order",
                                            order.id(),
                                            "amount",
                                            order.total(),
                                            "card",
                                            card),
                                    onwards)
                            .statusCode()
                    == 201;
        } catch (IOException unreachable) {
            System.err.println("order " + order.id() + " is not paid: " + unreachable);
            return false;
        }
    }

    private static Answer shown(Optional<OrderStore.Order> order, int status) {
        return order.map(found -> Answer.json(status, found))
                .orElseGet(() -> Answer.error(404, "no such order"));
    }
}
