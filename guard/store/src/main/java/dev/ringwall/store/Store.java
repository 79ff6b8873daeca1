package dev.ringwall.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The database: a file of its own, or a PostgreSQL server.
///
/// Each [#write] is a transaction that is on the disk before it returns, and no two of them overlap. Any thread may use it.
public final class Store implements AutoCloseable {

    /// Rows of one table that are forgotten in one transaction, for which changes wait: each row lies in up to eight indexes, in a large store each
    /// time on another page, and what more than this touch does not fit into the database's cache.
    static final int FORGOTTEN_AT_ONCE = 100;

    /// The longest pause behind such a transaction: where everything waits long, forgetting must still keep up.
    private static final long PAUSE_MILLIS_MAX = 50;

    private final Engine engine;
    private final List<Tables> tables;
    private final Plans plans = new Plans();

    private Store(Engine engine, List<Tables> tables) {
        this.engine = engine;
        this.tables = tables;
    }

    /// Something to do with a connection.
    public interface Work<T> {
        /// Does it.
        T with(Transaction transaction) throws SQLException;
    }

    /// Opens the file, making it and these tables where they are not there.
    public static Store open(Path file, Tables... tables) {
        return open(new Database.Embedded(file), tables);
    }

    /// Opens the database, making these tables where they are not there.
    public static Store open(Database database, Tables... tables) {
        try {
            Engine engine =
                    switch (database) {
                        case Database.Embedded(Path file) -> SqliteEngine.open(file);
                        case Database.Server server -> PostgresEngine.open(server);
                    };
            boolean made = false;
            try {
                engine.make(Stream.of(tables).flatMap(some -> some.statements().stream()).toList());
                made = true;
                return new Store(engine, List.of(tables));
            } finally {
                if (!made) {
                    engine.close();
                }
            }
        } catch (SQLException failed) {
            throw new StoreFailure(failed);
        }
    }

    /// Loads the native library of the embedded database.
    public static void load() {
        try {
            SqliteEngine.load();
        } catch (SQLException failed) {
            throw new StoreFailure(failed);
        }
    }

    /// Reads what is committed.
    public <T> T read(Work<T> work) {
        try {
            return engine.read(
                    connection -> work.with(new Transaction(engine.statements(connection), plans)));
        } catch (SQLException failed) {
            throw new StoreFailure(failed);
        }
    }

    /// Changes all of it or nothing. Changes that come at the same time go to the disk together, so the work may run in another thread than the
    /// caller's; it only speaks to the database.
    public <T> T write(Work<T> work) {
        try {
            return engine.write(
                    connection -> work.with(new Transaction(engine.statements(connection), plans)));
        } catch (SQLException failed) {
            throw new StoreFailure(failed);
        }
    }

    /// Which rows of all tables are about one person.
    public List<Personal> personal() {
        return tables.stream().flatMap(some -> some.personal().stream()).toList();
    }

    /// Those of the statements that were asked so far which the database answers by looking at every row, with what it says about each.
    public List<String> unindexed() {
        try {
            return engine.read(connection -> engine.unindexed(plans, connection));
        } catch (SQLException failed) {
            throw new StoreFailure(failed);
        }
    }

    /// Forgets what is over, in all tables, and says how many rows that were. It takes as many transactions as that needs, and after each leaves the
    /// database to others for as long as it took, or a little less. Where the thread is told to stop, the rest stays until the next time.
    public int forget(Instant now) {
        int all = 0;
        for (Tables some : tables) {
            int rows;
            do {
                long began = System.nanoTime();
                rows = write(tx -> some.forget(tx, now));
                all += rows;
                if (rows >= FORGOTTEN_AT_ONCE && !pause(System.nanoTime() - began)) {
                    return all;
                }
            } while (rows >= FORGOTTEN_AT_ONCE);
        }
        return all;
    }

    private static boolean pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(
                    Math.min(nanos, TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS_MAX)));
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        try {
            engine.close();
        } catch (SQLException failed) {
            throw new StoreFailure(failed);
        }
    }
}
