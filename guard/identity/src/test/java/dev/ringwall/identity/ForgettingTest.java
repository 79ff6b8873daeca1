package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.Directory;
import dev.ringwall.people.MachineClients;
import dev.ringwall.store.Store;
import dev.ringwall.store.Tables;
import dev.ringwall.testkit.HandClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is over does not stay, and what is asked is found without a search.
class ForgettingTest {

    private static final Pattern ENDING =
            Pattern.compile(
                    "CREATE TABLE IF NOT EXISTS (\\w+) \\(.*\\b(expires|until|last) BIGINT NOT NULL.*",
                    Pattern.DOTALL);

    @TempDir Path folder;

    private static Map<String, Long> ending(Store store, List<Tables> all) {
        Map<String, Long> rows = new TreeMap<>();
        all.stream()
                .flatMap(some -> some.statements().stream())
                .map(ENDING::matcher)
                .filter(Matcher::matches)
                .forEach(table ->
                        rows.put(
                                table.group(1),
                                store.read(tx ->
                                                tx.first(
                                                        row -> row.getLong(1),
                                                        "SELECT COUNT(*) FROM " + table.group(1)))
                                        .orElseThrow()));
        return rows;
    }

    @Test
    void everyRowThatEndsIsForgottenWhenItIsOver() {
        HandClock clock = HandClock.atPresent();
        List<Tables> all = List.of(Directory.tables(), new ProtocolTables());
        try (House house = House.in(folder, clock);
                Store store = Store.open(house.database, all.toArray(Tables[]::new))) {
            house.account("ana", "shopper");
            Browser browser = house.browser();
            String refresh =
                    Browser.json(browser.buy(browser.code("ana"))).get("refresh_token").asString();
            assertThat(browser.refresh(refresh).statusCode()).isEqualTo(200);
            browser.logIn(house.browser().ask(Browser.question()), "ana", "wrong");
            MachineClients.Outcome.Created client =
                    (MachineClients.Outcome.Created)
                            house.provider.clients().create("courier", House.OPERATOR);
            browser.asClient(client, Paths.TOKEN, Map.of("grant_type", "client_credentials"));
            house.provider.accounts().setPassword("ana", House.PASSWORD, House.OPERATOR);
            browser.code("ana");
            assertThat(ending(store, all))
                    .containsKeys("half_login", "pushed_request", "used_assertion")
                    .extractingByKeys(
                            "login_session",
                            "login_method",
                            "token_family",
                            "revocation",
                            "sign_in_failure")
                    .allSatisfy(rows -> assertThat(rows).isPositive());

            clock.advance(Duration.ofDays(800));
            store.forget(clock.instant());

            Map<String, Long> left = ending(store, all);
            left.remove("logout_notice"); // ends when it has been delivered
            assertThat(left).allSatisfy((_, rows) -> assertThat(rows).isZero());
        }
    }

    @Test
    void aStatementWithoutAnIndexIsNoticed() {
        List<Tables> all = List.of(Directory.tables());
        try (House house = House.in(folder);
                Store store = Store.open(house.database, all.toArray(Tables[]::new))) {
            store.read(tx ->
                    tx.first(row -> row.getString(1), "SELECT id FROM account WHERE id = ?", "x"));
            assertThat(store.unindexed()).isEmpty();

            store.read(tx ->
                    tx.first(
                            row -> row.getString(1),
                            "SELECT id FROM account WHERE password = ?",
                            "x"));
            assertThat(store.unindexed()).singleElement().asString().contains("password = ?");
        }
    }
}
