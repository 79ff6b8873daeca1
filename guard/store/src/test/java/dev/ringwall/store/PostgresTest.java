package dev.ringwall.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.testkit.Postgres;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// What is asked of a PostgreSQL server, and what happens when it goes away.
@EnabledIfSystemProperty(named = "ringwall.test.database", matches = "postgresql")
class PostgresTest {

    private static final Database.Password RIGHT = Database.Password.of(Postgres.PASSWORD);

    @BeforeAll
    static void needsAServer() {
        Postgres.server();
    }

    private static final class Counter implements Tables {
        @Override
        public List<String> statements() {
            return List.of(
                    "CREATE TABLE IF NOT EXISTS counter (name VARCHAR(20) PRIMARY KEY, n BIGINT NOT NULL)");
        }

        @Override
        public int forget(Transaction tx, Instant now) {
            return 0;
        }
    }

    private static Store open(Database database) {
        return Store.open(database, new Counter());
    }

    private static Database elsewhere(String address, String query) {
        return Database.Server.at(address.replace("127.0.0.1", Postgres.ELSEWHERE) + query, RIGHT);
    }

    @Test
    void changesOfSeveralProcessesDoNotOverlapEither() throws Exception {
        Database database = Database.Server.at(Postgres.server().fresh(), RIGHT);
        try (Store one = open(database);
                Store other = open(database);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            one.write(tx -> tx.change("INSERT INTO counter VALUES (?, ?)", "a", 0L));
            List<Future<?>> all = new ArrayList<>();
            for (Store each : List.of(one, other, one, other)) {
                all.add(threads.submit(() -> StoreTest.count(each, 50)));
            }
            for (Future<?> each : all) {
                each.get();
            }
            assertThat(StoreTest.count(one)).isEqualTo(200);
        }
    }

    @Test
    void connectionsThatBreakAreReplaced() {
        String address = Postgres.server().fresh();
        String name = address.substring(address.lastIndexOf('/') + 1);
        try (Store store = open(Database.Server.at(address, RIGHT))) {
            store.write(tx -> tx.change("INSERT INTO counter VALUES (?, ?)", "a", 3L));
            Postgres.server()
                    .psql(
                            "postgres",
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                                    + name
                                    + "'");

            long seen = 0;
            for (int i = 0; i < 20 && seen == 0; i++) {
                try {
                    seen =
                            store.write(tx ->
                                            tx.first(
                                                    row -> row.getLong(1), "SELECT n FROM counter"))
                                    .orElseThrow();
                } catch (StoreFailure broken) {
                    assertThat(broken).hasCauseInstanceOf(java.sql.SQLException.class);
                }
            }
            assertThat(seen).isEqualTo(3);
        }
    }

    @Test
    void aPasswordThatIsWrongIsSaidAndNotShown() {
        Database wrong =
                Database.Server.at(Postgres.server().fresh(), Database.Password.of("hunter2"));

        assertThatThrownBy(() -> open(wrong))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("cannot be used")
                .hasMessageContaining("password authentication failed")
                .message()
                .doesNotContain("hunter2");
        assertThat(wrong.toString()).doesNotContain("hunter2");
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        assertThatThrownBy(() ->
                        open(Database.Server.at("postgresql://ringwall@127.0.0.1:1/shop", RIGHT)))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("refused");
    }

    @Test
    void aServerThatForgetsWhenItsMachineStopsIsRefused() {
        Database database = Database.Server.at(Postgres.server().fresh(), RIGHT);
        Postgres.server().configure("fsync", "off");
        try {
            assertThatThrownBy(() -> open(database))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("fsync");
        } finally {
            Postgres.server().configure("fsync", "on");
        }
        open(database).close();
    }

    @Test
    void aDatabaseThatCannotHoldEveryNameIsRefused() {
        Postgres.server()
                .psql(
                        "postgres",
                        "CREATE DATABASE old ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");

        assertThatThrownBy(() -> open(Database.Server.at(Postgres.server().address("old"), RIGHT)))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("LATIN1")
                .hasMessageContaining("UTF8");
    }

    @Test
    void anotherMachineIsSpokenToInTlsByItsCertificateOrNotAtAll() {
        String address = Postgres.server().fresh();

        assertThatThrownBy(() -> open(elsewhere(address, "")))
                .as("a server without TLS")
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("SSL");

        Path certificate = Postgres.server().encrypted();
        assertThatThrownBy(() -> open(elsewhere(address, "")))
                .as("a certificate that nobody vouches for")
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("SSL");
        open(elsewhere(address, "?sslrootcert=" + certificate)).close();
    }
}
