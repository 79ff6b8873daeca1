package dev.ringwall.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ringwall.testkit.Postgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the rooms rely on, on each database.
class StoreTest {

    private static final int THREADS = 4;
    private static final int TURNS = 50;
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);

    @TempDir Path folder;
    private Database database = new Database.Embedded(Path.of("none"));

    @BeforeEach
    void make() {
        database =
                Postgres.freshIfWanted()
                        .<Database>map(address ->
                                Database.Server.at(
                                        address, Database.Password.of(Postgres.PASSWORD)))
                        .orElseGet(() -> new Database.Embedded(folder.resolve("t.db")));
    }

    /// A counter and things that are over at some time.
    private static final class Things implements Tables {
        private final AtomicInteger turns = new AtomicInteger();

        @Override
        public List<String> statements() {
            return List.of(
                    "CREATE TABLE IF NOT EXISTS counter (name VARCHAR(20) PRIMARY KEY, n BIGINT NOT NULL)",
                    "CREATE TABLE IF NOT EXISTS thing (id VARCHAR(20) PRIMARY KEY, expires BIGINT NOT NULL)",
                    "CREATE INDEX IF NOT EXISTS thing_expires ON thing (expires)",
                    "CREATE TABLE IF NOT EXISTS pair (one BIGINT, other BIGINT, expires BIGINT NOT NULL, PRIMARY KEY (one, other))",
                    "CREATE INDEX IF NOT EXISTS pair_expires ON pair (expires)");
        }

        @Override
        public int forget(Transaction tx, Instant now) throws SQLException {
            int rows =
                    tx.forget("thing", "id", "expires", now.toEpochMilli())
                            + tx.forget("pair", "(one, other)", "expires", now.toEpochMilli());
            if (rows > 0) {
                turns.incrementAndGet();
            }
            return rows;
        }
    }

    private Store open() {
        return Store.open(database, new Things());
    }

    static long count(Store store) {
        return store.read(tx -> tx.first(row -> row.getLong(1), "SELECT n FROM counter"))
                .orElse(0L);
    }

    @Test
    void whatIsWrittenIsThereWhenItIsOpenedAgain() {
        try (Store store = open()) {
            store.write(tx -> tx.change("INSERT INTO counter VALUES (?, ?)", "a", 17L));
        }
        try (Store store = open()) {
            assertThat(count(store)).isEqualTo(17);
        }
    }

    @Test
    void aTransactionThatFailsLeavesNothing() {
        try (Store store = open()) {
            assertThatThrownBy(() ->
                            store.write(tx -> {
                                tx.change("INSERT INTO counter VALUES (?, ?)", "a", 1L);
                                throw new IllegalStateException("changed my mind");
                            }))
                    .hasMessage("changed my mind");
            assertThatThrownBy(() ->
                            store.write(tx -> {
                                tx.change("INSERT INTO counter VALUES (?, ?)", "a", 1L);
                                return tx.change("INSERT INTO nowhere VALUES (1)");
                            }))
                    .isInstanceOf(StoreFailure.class);

            assertThat(count(store)).isZero();
            store.write(tx -> tx.change("INSERT INTO counter VALUES (?, ?)", "a", 2L));
            assertThat(count(store)).isEqualTo(2);
        }
    }

    @Test
    void changesDoNotOverlapThoughEachLooksFirst() throws Exception {
        try (Store store = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            store.write(tx -> tx.change("INSERT INTO counter VALUES (?, ?)", "a", 0L));
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(threads.submit(() -> count(store, TURNS)));
            }
            for (Future<?> one : all) {
                one.get();
            }
            assertThat(count(store)).isEqualTo((long) THREADS * TURNS);
        }
    }

    static void count(Store store, int turns) {
        for (int i = 0; i < turns; i++) {
            store.write(tx -> {
                long before =
                        tx.first(row -> row.getLong(1), "SELECT n FROM counter").orElseThrow();
                return tx.change("UPDATE counter SET n = ?", before + 1);
            });
        }
    }

    @Test
    void ofChangesThatGoToTheDiskTogetherThoseThatFailLeaveNothing() throws Exception {
        try (Store store = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch others = new CountDownLatch(1);
            CountDownLatch first = new CountDownLatch(1);
            Future<?> holder =
                    threads.submit(() ->
                            store.write(tx -> {
                                first.countDown();
                                return awaited(others);
                            }));
            first.await();
            List<Future<?>> good = new ArrayList<>();
            List<Future<?>> bad = new ArrayList<>();
            for (int i = 0; i < Together.CHANGES_MAX; i++) {
                String id = "t" + i;
                (i % 3 == 0 ? bad : good)
                        .add(
                                threads.submit(() ->
                                        store.write(tx -> {
                                            tx.change("INSERT INTO thing VALUES (?, ?)", id, 1L);
                                            return isBad(id)
                                                    ? tx.change("INSERT INTO nowhere VALUES (1)")
                                                    : 1;
                                        })));
            }
            others.countDown();
            holder.get();
            for (Future<?> each : good) {
                each.get();
            }
            for (Future<?> each : bad) {
                assertThatThrownBy(each::get).hasCauseInstanceOf(StoreFailure.class);
            }

            List<String> kept =
                    store.read(tx -> tx.all(row -> row.getString(1), "SELECT id FROM thing"));
            assertThat(kept).hasSize(good.size()).noneMatch(StoreTest::isBad);
        }
    }

    private static boolean isBad(String id) {
        return Integer.parseInt(id.substring(1)) % 3 == 0;
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void nobodyWaitsForeverBehindOneWhoChangesAgainAndAgain() {
        assertTimeoutPreemptively(
                ENDS_WITHIN,
                () -> {
                    try (Store store = open();
                            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                        AtomicBoolean done = new AtomicBoolean();
                        CountDownLatch first = new CountDownLatch(1);
                        Future<?> again =
                                threads.submit(() -> {
                                    while (!done.get()) {
                                        store.write(tx -> tx.change("UPDATE counter SET n = n"));
                                        first.countDown();
                                    }
                                });
                        awaited(first);
                        for (int i = 0; i < Together.CHANGES_MAX; i++) {
                            String id = "thing" + i;
                            store.write(tx -> tx.change("INSERT INTO thing VALUES (?, ?)", id, 1L));
                        }
                        done.set(true);
                        again.get();
                    }
                });
    }

    @Test
    void aChangeWithinAChangeIsRefused() {
        try (Store store = open()) {
            assertThatThrownBy(() ->
                            store.write(tx ->
                                    store.write(inner ->
                                            inner.change(
                                                    "INSERT INTO counter VALUES (?, ?)", "a", 1L))))
                    .hasMessage("a change within a change");
            assertThat(count(store)).isZero();
        }
    }

    @Test
    void whoComesAfterTheEndIsRefusedAndDoesNotWait() {
        Store store = open();
        store.close();
        assertTimeoutPreemptively(
                ENDS_WITHIN,
                () -> {
                    assertThatThrownBy(() -> count(store)).isInstanceOf(StoreFailure.class);
                    assertThatThrownBy(() -> store.write(tx -> tx.change("DELETE FROM counter")))
                            .isInstanceOf(StoreFailure.class);
                    store.close();
                });
    }

    @Test
    void whatIsOverIsForgotten() {
        try (Store store = open()) {
            store.write(tx ->
                    tx.change("INSERT INTO thing VALUES (?, ?), (?, ?)", "old", 10L, "new", 30L));

            assertThat(store.forget(Instant.ofEpochMilli(20))).isEqualTo(1);
            List<String> left =
                    store.read(tx -> tx.all(row -> row.getString(1), "SELECT id FROM thing"));
            assertThat(left).containsExactly("new");
        }
    }

    @Test
    void muchThatIsOverIsForgottenInSeveralTransactionsByAnIndex() {
        Things things = new Things();
        int many = 2 * Store.FORGOTTEN_AT_ONCE + 1;
        try (Store store = Store.open(database, things)) {
            store.write(tx -> {
                for (long i = 0; i < many; i++) {
                    tx.change("INSERT INTO thing VALUES (?, ?)", "old" + i, 10L);
                    tx.change("INSERT INTO pair VALUES (?, ?, ?)", i, -i, 10L);
                }
                return tx.change("INSERT INTO pair VALUES (?, ?, ?)", 1L, 1L, 30L);
            });

            assertThat(store.forget(Instant.ofEpochMilli(20))).isEqualTo(2 * many);
            assertThat(things.turns).hasValue(3);
            long left =
                    store.read(tx -> tx.first(row -> row.getLong(1), "SELECT count(*) FROM pair"))
                            .orElseThrow();
            assertThat(left).isEqualTo(1);
            assertThat(store.unindexed()).isEmpty();
        }
    }
}
