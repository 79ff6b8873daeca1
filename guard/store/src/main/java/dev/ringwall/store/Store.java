package dev.ringwall.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/// The database: one connection that writes, a few that read.
///
/// Each [#write] is a transaction that is on the disk before it returns. Any thread may use it.
public final class Store implements AutoCloseable {

    private static final int READERS = 3;
    private static final String[] SETTINGS = {
        "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA busy_timeout=5000"
    };

    private final Connection writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final BlockingQueue<Connection> readers = new ArrayBlockingQueue<>(READERS);

    private final List<Tables> tables;

    private Store(Connection writer, List<Tables> tables) {
        this.writer = writer;
        this.tables = tables;
    }

    /// Something to do with a connection.
    public interface Work<T> {
        /// Does it.
        T with(Transaction transaction) throws SQLException;
    }

    /// Opens the file, making it and these tables where they are not there.
    public static Store open(Path file, Tables... tables) {
        try {
            Connection writer = connect(file);
            writer.setAutoCommit(false);
            try (Statement statement = writer.createStatement()) {
                for (Tables some : tables) {
                    for (String table : some.statements()) {
                        statement.execute(table);
                    }
                }
            }
            writer.commit();
            Store store = new Store(writer, List.of(tables));
            for (int i = 0; i < READERS; i++) {
                store.readers.add(connect(file));
            }
            return store;
        } catch (SQLException failed) {
            throw new StoreFailure(failed);
        }
    }

    /// Loads the native library.
    public static void load() {
        try {
            DriverManager.getConnection("jdbc:sqlite::memory:").close();
        } catch (SQLException failed) {
            throw new StoreFailure(failed);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            for (String setting : SETTINGS) {
                statement.execute(setting);
            }
        }
        return connection;
    }

    /// Reads what is committed.
    public <T> T read(Work<T> work) {
        Connection reader = borrowed();
        try {
            return work.with(new Transaction(reader));
        } catch (SQLException failed) {
            throw new StoreFailure(failed);
        } finally {
            readers.add(reader);
        }
    }

    private Connection borrowed() {
        try {
            return readers.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreFailure(interrupted);
        }
    }

    /// Changes all of it or nothing.
    public <T> T write(Work<T> work) {
        writing.lock();
        try {
            boolean done = false;
            try {
                T result = work.with(new Transaction(writer));
                writer.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    writer.rollback();
                }
            }
        } catch (SQLException failed) {
            throw new StoreFailure(failed);
        } finally {
            writing.unlock();
        }
    }

    /// Forgets what is over, in all tables, and says how many rows that were.
    public int forget(Instant now) {
        return write(tx -> {
            int rows = 0;
            for (Tables some : tables) {
                rows += some.forget(tx, now);
            }
            return rows;
        });
    }

    @Override
    public void close() {
        writing.lock();
        try {
            if (writer.isClosed()) {
                return;
            }
            writer.close();
            for (int i = 0; i < READERS; i++) {
                borrowed().close();
            }
        } catch (SQLException failed) {
            throw new StoreFailure(failed);
        } finally {
            writing.unlock();
        }
    }
}
