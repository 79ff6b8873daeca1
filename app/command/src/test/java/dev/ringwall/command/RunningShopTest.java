package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.attack.Credential;
import dev.ringwall.link.Operating;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The whole of it, with real services, real TLS and a real log.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunningShopTest {

    private static final Pattern ID = Pattern.compile("\"id\":([0-9]+)");

    @TempDir private static Path folder;

    private static ShopUnderTest shop;

    @BeforeAll
    static void startTheShop() throws IOException, InterruptedException {
        shop = ShopUnderTest.start(folder);
    }

    @AfterAll
    static void stopTheShop() throws IOException {
        shop.close();
    }

    private static String placed() {
        DoorCall.Answer answer = shop.call("orders.place", List.of(), "shopper");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        Matcher id = ID.matcher(answer.body());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    @Test
    void anyoneSeesTheProductsAndThePage() {
        assertThat(shop.call("catalog.list", List.of(), null).body()).contains("\"sku\":\"mug\"");
        assertThat(shop.call("catalog.shopfront", List.of(), null).body())
                .contains("<title>The shop</title>");
    }

    @Test
    void aShopperPlacesAnOrderAndReadsIt() {
        String id = placed();

        DoorCall.Answer read = shop.call("orders.read", List.of(id), "shopper");

        assertThat(read.status()).isEqualTo(200);
        assertThat(read.body()).contains("\"status\":\"paid\"").doesNotContain("4242424242424242");
    }

    @Test
    void aShopperDoesNotReadSomebodyElsesOrderThoughTheServiceForgotToCheck() {
        DoorCall.Answer read = shop.call("orders.read", List.of("1"), "shopper");

        assertThat(read.status()).isEqualTo(403);
        assertThat(read.body())
                .contains("\"reason\":\"answer-withheld\"")
                .doesNotContain("Old Street");
        assertThat(shop.call("orders.read", List.of("1"), "clerk").status()).isEqualTo(200);
    }

    @Test
    void onlyTheWarehouseShips() {
        String id = placed();

        assertThat(shop.call("orders.ship", List.of(id), "shopper").body())
                .contains("\"reason\":\"not-allowed\"");
        assertThat(shop.call("orders.ship", List.of(id), null).body())
                .contains("\"reason\":\"no-token\"");
        DoorCall.Answer shipped = retried("orders.ship", List.of(id), "warehouse");
        assertThat(shipped.status()).as(shipped.body()).isEqualTo(200);
    }

    /// A new key is known at the door within a second.
    private static DoorCall.Answer retried(String operation, List<String> values, String role) {
        DoorCall.Answer answer = shop.call(operation, values, role);
        for (int i = 0; i < 20 && answer.body().contains("key-unknown"); i++) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return answer;
            }
            answer = shop.call(operation, values, role);
        }
        return answer;
    }

    @Test
    void nobodyOutsideChargesACard() {
        assertThat(shop.call("payments.charge", List.of(), "shopper").status()).isIn(403, 404);
        assertThat(shop.call("payments.charge", List.of(), null).status()).isIn(401, 403, 404);
    }

    @Test
    void everyRefusalExplainsItself() {
        DoorCall.Answer refused = shop.call("orders.ship", List.of("1"), "shopper");

        ShopUnderTest.Ended why =
                ShopUnderTest.run(
                        "why", refused.request(), "--state", shop.state().path().toString());

        assertThat(why.exitCode()).isZero();
        assertThat(why.out()).contains("not-allowed", "ringwall.yaml:34", "authorise");
    }

    @Test
    void theCallCommandSaysWhatWasDecidedAndByWhichLine() {
        ShopUnderTest.Ended allowed =
                ShopUnderTest.run(
                        "call", "catalog.list", "--state", shop.state().path().toString());
        ShopUnderTest.Ended refused =
                ShopUnderTest.run(
                        "call",
                        "orders.ship",
                        "17",
                        "--as",
                        "shopper",
                        "--state",
                        shop.state().path().toString());

        assertThat(allowed.out())
                .startsWith("200 ALLOW  anyone may catalog.list")
                .contains("ringwall.yaml:24");
        assertThat(allowed.exitCode()).isZero();
        assertThat(refused.out())
                .startsWith("403 DENY   not-allowed: orders.ship is for warehouse")
                .contains("why: ./ringwall why ");
        assertThat(refused.exitCode()).isEqualTo(1);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void theLogVerifiesWhileItIsWritten() {
        placed();

        ShopUnderTest.Ended verified =
                ShopUnderTest.run("audit", "verify", "--state", shop.state().path().toString());

        assertThat(verified.out()).startsWith("verified");
        assertThat(verified.exitCode()).isZero();
    }

    @Test
    void aSecretIsNowhereInTheStateFolderInClear() throws IOException {
        try (var files = Files.walk(shop.state().control())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(textOf(file)).as(file.toString()).doesNotContain("sk_test_0123456789");
            }
        }
    }

    /// Of a file that is gone by now nothing: the log goes on and takes its new files the places of the old.
    private static String textOf(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return "";
        }
    }

    @Test
    void anAccountThatIsDisabledLogsInNoMore() {
        OperatorClient operator = shop.operator();
        operator.post(
                Operating.ACCOUNTS,
                new Operating.NewAccount("temp", List.of("shopper"), "a long enough password"),
                Operating.CreatedAccount.class);
        operator.post(Operating.ACCOUNTS_DISABLE, new Operating.Named("temp"));

        Operating.Accounts accounts = operator.get(Operating.ACCOUNTS, Operating.Accounts.class);

        assertThat(accounts.accounts())
                .anyMatch(account -> account.name().equals("temp") && account.disabled());
    }

    @Test
    void aLoginThatTheOperatorEndsIsWorthNothingAtTheDoor() throws IOException {
        OperatorClient operator = shop.operator();
        Role shopper = shop.system().declared().blueprint().declaration().roles().get("shopper");
        Credentials.Remembered gil = Credentials.fresh(operator, shopper, "gil");
        String token =
                Tokens.fresh(
                        Targets.of(shop.state(), operator, shop.system().declared().blueprint()),
                        new Credential.Password(gil.id(), gil.secret()));
        DoorCall orders =
                DoorCall.of(
                        shop.system().declared().blueprint(), "orders.read", List.of("1"), null);
        String door = shop.system().door().toString();
        assertThat(orders.send(shop.state(), door, token).status()).isEqualTo(403);

        String list = user("sessions", "gil").out();
        ShopUnderTest.Ended ended = user("sessions", "gil", "--end", "all");

        assertThat(list).contains("ID", "pwd");
        assertThat(ended.out()).isEqualTo("ended     1 of gil\n");
        assertThat(orders.send(shop.state(), door, token).status()).isEqualTo(401);
        assertThat(user("sessions", "gil", "-o", "json").out()).contains("{\"logins\":[]}");
        assertThat(user("sessions", "gil", "--end", "01J9").err())
                .contains("the account has no login `01J9`");
    }

    @Test
    void theOperatorSeesAndRemovesSecondFactors() {
        Credentials.fresh(
                shop.operator(),
                shop.system().declared().blueprint().declaration().roles().get("shopper"),
                "hal");

        assertThat(user("factors", "hal", "-o", "json").out()).contains("{\"factors\":[]}");
        assertThat(user("factors", "hal", "--remove").out()).startsWith("removed   0 of hal\n");
        assertThat(user("factors", "hall").err())
                .contains("there is no account `hall`; did you mean `hal`?");
    }

    private static ShopUnderTest.Ended user(String... words) {
        List<String> all = new ArrayList<>(List.of("user"));
        all.addAll(List.of(words));
        all.addAll(List.of("--state", shop.state().path().toString()));
        return ShopUnderTest.run(all.toArray(String[]::new));
    }

    @Test
    void peopleComeFromAFileAndGoWithAReceipt() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("people.csv"),
                        """
                        name,roles,password_hash
                        imported.one,shopper,$2y$05$XnqYe5.YoEjxKPtAEeixxOcK0twvzUSC/IQoXK2IWoedMIXfftFtW
                        imported.two,emperor,
                        "three, imported",shopper,
                        """);

        ShopUnderTest.Ended rehearsed = user("import", file.toString(), "--dry-run");
        assertThat(rehearsed.exitCode()).as(rehearsed.err()).isEqualTo(Exit.FINDINGS);
        assertThat(rehearsed.out()).contains("would add  2", "bad lines  1");
        assertThat(rehearsed.err()).contains("people.csv:3: no role", "emperor");
        assertThat(user("import", file.toString()).out()).contains("added      2");
        assertThat(user("import", file.toString()).out()).contains("added      0", "there      2");
        assertThat(user("import", folder.resolve("none.csv").toString()).exitCode())
                .isEqualTo(Exit.UNUSABLE);

        ShopUnderTest.Ended shown = user("export", "imported.one");
        assertThat(shown.out())
                .contains("\"imported.one\"", "\"events\":[{")
                .doesNotContain("$2y$");
        assertThat(user("erase", "imported.one").out()).contains("nothing was erased");
        ShopUnderTest.Ended erased = user("erase", "imported.one", "--yes");
        assertThat(erased.exitCode()).as(erased.err()).isEqualTo(Exit.FINE);
        Matcher receipt = Pattern.compile("receipt   (\\w+)").matcher(erased.out());
        assertThat(receipt.find()).isTrue();
        assertThat(
                        ShopUnderTest.run(
                                        "watch",
                                        "--once",
                                        "--last",
                                        "50",
                                        "-o",
                                        "json",
                                        "--state",
                                        shop.state().path().toString())
                                .out())
                .contains(receipt.group(1))
                .doesNotContain("imported.one");
        assertThat(user("export", "imported.one").exitCode()).isEqualTo(Exit.UNUSABLE);
    }
}
