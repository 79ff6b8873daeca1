package dev.ringwall.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.control.InstanceStore.Endpoint;
import dev.ringwall.control.InstanceStore.Put;
import dev.ringwall.store.Database;
import dev.ringwall.store.Store;
import dev.ringwall.store.Tables;
import dev.ringwall.store.Transaction;
import dev.ringwall.testkit.Postgres;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which instances of services are remembered, on each database.
class InstanceStoreTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_000);
    private static final int MOST = 3;

    @TempDir Path folder;

    private Database database(String kind) {
        return kind.equals("file")
                ? new Database.Embedded(folder.resolve("control.db"))
                : Database.Server.at(
                        Postgres.server().fresh(), Database.Password.of(Postgres.PASSWORD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "server"})
    void twoThatJoinedAsTheSameServiceAreBothOnTheList(String kind) {
        try (ControlStore control = ControlStore.open(database(kind))) {
            InstanceStore store = control.instances();
            store.joined("A", List.of("gateway", "orders"), NOW);
            store.joined("B", List.of("orders"), NOW.plusSeconds(1));

            assertThat(store.put(new Endpoint("orders", "A", "127.0.0.1:1"), MOST))
                    .isEqualTo(Put.NEW);
            assertThat(store.put(new Endpoint("orders", "B", "127.0.0.1:2"), MOST))
                    .isEqualTo(Put.NEW);

            assertThat(store.endpoints())
                    .isEqualTo(Map.of("orders", List.of("127.0.0.1:1", "127.0.0.1:2")));
            assertThat(store.namesOf("A")).containsExactly("gateway", "orders");
            assertThat(store.namesOf("B")).containsExactly("orders");
            assertThat(store.joined())
                    .containsExactly(
                            Map.entry("B", List.of("orders")),
                            Map.entry("A", List.of("gateway", "orders")));
            assertThat(control.unindexed()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "server"})
    void anAddressThatChangesTakesThePlaceOfThatInstanceAlone(String kind) {
        try (ControlStore control = ControlStore.open(database(kind))) {
            InstanceStore store = control.instances();
            store.put(new Endpoint("orders", "A", "127.0.0.1:1"), MOST);
            store.put(new Endpoint("orders", "B", "127.0.0.1:2"), MOST);

            assertThat(store.put(new Endpoint("orders", "A", "127.0.0.1:1"), MOST))
                    .isEqualTo(Put.KNOWN);
            assertThat(store.put(new Endpoint("orders", "A", "127.0.0.1:3"), MOST))
                    .isEqualTo(Put.NEW);

            assertThat(store.endpoints())
                    .isEqualTo(Map.of("orders", List.of("127.0.0.1:3", "127.0.0.1:2")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "server"})
    void whoLeavesIsOffTheListUnlessNobodyElseIsOnIt(String kind) {
        try (ControlStore control = ControlStore.open(database(kind))) {
            InstanceStore store = control.instances();
            store.put(new Endpoint("orders", "A", "127.0.0.1:1"), MOST);
            store.put(new Endpoint("orders", "B", "127.0.0.1:2"), MOST);
            store.put(new Endpoint("catalog", "A", "127.0.0.1:4"), MOST);

            assertThat(store.leave("A")).containsExactly("orders");
            assertThat(store.leave("B")).isEmpty();

            assertThat(store.endpoints())
                    .isEqualTo(
                            Map.of(
                                    "orders",
                                    List.of("127.0.0.1:2"),
                                    "catalog",
                                    List.of("127.0.0.1:4")));
            assertThat(control.unindexed()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "server"})
    void thereAreNotMoreInstancesThanTheBound(String kind) {
        try (ControlStore control = ControlStore.open(database(kind))) {
            InstanceStore store = control.instances();
            for (int i = 1; i <= MOST; i++) {
                store.put(new Endpoint("orders", "I" + i, "127.0.0.1:" + i), MOST);
            }

            assertThat(store.put(new Endpoint("orders", "more", "127.0.0.1:9"), MOST))
                    .isEqualTo(Put.TOO_MANY);
            assertThat(store.put(new Endpoint("orders", "I1", "127.0.0.1:9"), MOST))
                    .as("one that is on the list may move")
                    .isEqualTo(Put.NEW);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "server"})
    void aStoreOfTheTimeBeforeThereWereInstancesGoesOn(String kind) {
        Database database = database(kind);
        try (Store before = Store.open(database, new TablesOfThatTime())) {
            before.write(tx -> {
                tx.change("INSERT INTO member (name, node) VALUES ('orders', 'token1')");
                tx.change("INSERT INTO endpoint (name, address) VALUES ('orders', '127.0.0.1:1')");
                return tx.change(
                        "INSERT INTO endpoint (name, address) VALUES ('odd', '127.0.0.1:2')");
            });
        }
        for (int start = 0; start < 2; start++) {
            try (ControlStore control = ControlStore.open(database)) {
                InstanceStore store = control.instances();

                assertThat(store.only("orders")).isEqualTo("token1");
                assertThat(store.only("odd")).isEqualTo("odd");
                assertThat(store.namesOf("token1")).containsExactly("orders");
                assertThat(store.all())
                        .containsExactly(
                                new Endpoint("odd", "odd", "127.0.0.1:2"),
                                new Endpoint("orders", "token1", "127.0.0.1:1"));
                control.addJoinToken(
                        "t" + start, "a".repeat(64), List.of("orders"), NOW, Optional.of("token1"));
            }
        }
        try (ControlStore control = ControlStore.open(database)) {
            control.instances().forget("odd", "odd");
        }
        try (ControlStore control = ControlStore.open(database)) {
            assertThat(control.instances().endpoints())
                    .as("what is gone does not come back")
                    .containsOnlyKeys("orders");
        }
    }

    private static final class TablesOfThatTime implements Tables {
        @Override
        public List<String> statements() {
            return List.of(
                    "CREATE TABLE IF NOT EXISTS endpoint (name VARCHAR(63) PRIMARY KEY, address VARCHAR(300) NOT NULL)",
                    "CREATE TABLE IF NOT EXISTS member (name VARCHAR(63) PRIMARY KEY, node VARCHAR(64) NOT NULL)",
                    "CREATE INDEX IF NOT EXISTS member_node ON member (node)");
        }

        @Override
        public int forget(Transaction tx, Instant now) {
            return 0;
        }
    }
}
