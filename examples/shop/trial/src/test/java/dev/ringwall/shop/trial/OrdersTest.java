package dev.ringwall.shop.trial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The three services, wired to one another through stand-ins for their sidecars.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrdersTest {

    private static final String PAN = "4242424242424242";
    private static final String WISH =
            """
            {"items":[{"sku":"mug","quantity":2},{"sku":"lamp","quantity":1}],
             "contact":{"email":"sam@example.com","address":"1 High Street"},
             "card":{"pan":"%s","cvc":"987"}}
            """
                    .formatted(PAN);

    private Path data;
    private Running stripe;
    private Running catalog;
    private Running payments;
    private Sidecar toStripe;
    private Sidecar toCatalog;
    private Sidecar toPayments;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        data = folder;
        stripe = Running.stripe();
        toStripe = Sidecar.to(stripe.address(), "Authorization", "Bearer " + Running.STRIPE_KEY);
        catalog = Running.catalog(Files.createDirectory(data.resolve("catalog")));
        toCatalog = Sidecar.to(catalog.address(), "Ringwall-Entry", Running.ENTRY);
        payments =
                Running.payments(
                        Files.createDirectory(data.resolve("payments")), toStripe.address());
        toPayments = Sidecar.to(payments.address(), "Ringwall-Entry", Running.ENTRY);
    }

    @AfterAll
    void end() {
        Stream.of(toStripe, toCatalog, toPayments).forEach(Sidecar::close);
        Stream.of(payments, catalog, stripe).forEach(Running::close);
    }

    private Running orders(Path folder) throws IOException {
        return Running.orders(folder, toCatalog.address(), toPayments.address());
    }

    @Test
    void theFirstOrderIsTheSeventeenthAndOutlivesBeingKilled(@TempDir Path folder)
            throws IOException {
        Running.Answer placed;
        try (Running orders = orders(folder)) {
            placed = orders.call("POST", "/orders", WISH, "sam");
        }

        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.json().path("id").asInt()).isEqualTo(17);
        assertThat(placed.json().path("owner").asString()).isEqualTo("sam");
        assertThat(placed.json().path("total").asInt()).isEqualTo(2 * 1200 + 5400);
        try (Running orders = orders(folder)) {
            assertThat(orders.get("/orders/17").json()).isEqualTo(placed.json());
            assertThat(orders.call("POST", "/orders", WISH, "sam").json().path("id").asInt())
                    .isEqualTo(18);
        }
    }

    @Test
    void theCardIsStoredNowhere(@TempDir Path folder) throws IOException {
        try (Running orders = orders(folder)) {
            Running.Answer placed = orders.call("POST", "/orders", WISH, "sam");
            assertThat(placed.body()).doesNotContain(PAN, "card", "987");
        }
        assertThat(filesUnder(folder)).isNotEmpty();
        assertThat(Stream.concat(filesUnder(folder).stream(), filesUnder(data).stream()))
                .allSatisfy(file ->
                        assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
                                .doesNotContain(PAN));
    }

    @Test
    void anOrderIsShipped(@TempDir Path folder) throws IOException {
        try (Running orders = orders(folder)) {
            orders.call("POST", "/orders", WISH, "sam");

            assertThat(orders.call("POST", "/orders/17/ship", "", "key").json().path("status"))
                    .hasToString("\"shipped\"");
            assertThat(orders.call("GET", "/orders/17/ship", "", "key").status()).isEqualTo(404);
        }
    }

    @Test
    void whatIsNotThereIsNotFound(@TempDir Path folder) throws IOException {
        try (Running orders = orders(folder)) {
            assertThat(orders.get("/orders/17").status()).isEqualTo(404);
            assertThat(orders.get("/orders/x").status()).isEqualTo(404);
            assertThat(orders.call("POST", "/orders/17/ship", "", "key").status()).isEqualTo(404);
            assertThat(
                            orders.call("POST", "/orders", WISH.replace("lamp", "yacht"), "sam")
                                    .status())
                    .isEqualTo(422);
        }
    }

    @Test
    void aCallMadeForARequestStaysOnItsBehalf(@TempDir Path folder) throws IOException {
        try (Running orders = orders(folder)) {
            orders.send(
                    "POST",
                    "/orders",
                    WISH,
                    java.util.Map.of(
                            "Ringwall-Entry", Running.ENTRY,
                            "Txn-Token", "token-of-the-door",
                            "Ringwall-Request", "01JB"));
        }
        assertThat(List.of(toCatalog, toPayments, toStripe))
                .allSatisfy(sidecar ->
                        assertThat(sidecar.seen())
                                .contains("Txn-Token: token-of-the-door", "Ringwall-Request: 01JB")
                                .doesNotContain("Ringwall-Entry: " + Running.ENTRY));
    }

    @Test
    void withoutThePaymentThereIsNoOrderThatIsPaid(@TempDir Path folder) throws IOException {
        URI nobody = URI.create("http://127.0.0.1:1");
        try (Running orders = Running.orders(folder, toCatalog.address(), nobody)) {
            assertThat(orders.call("POST", "/orders", WISH, "sam").status()).isEqualTo(402);
            assertThat(orders.get("/orders/17").json().path("status").asString())
                    .isEqualTo("not paid");
        }
    }

    private static List<Path> filesUnder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
