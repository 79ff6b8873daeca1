package dev.ringwall.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.sqlite.SQLiteDataSource;

/// SQLite: one connection that writes, a few that read.
final class SqliteEngine implements Engine {

    private static final int READERS = 3;
    private static final String[] SETTINGS = {
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "PRAGMA busy_timeout=5000",
        // What was deleted is not left in the file for whoever reads its free pages.
        "PRAGMA secure_delete=ON"
    };

    private final Connection writer;
    private final Together together = new Together();
    private final Readers readers = new Readers();

    private final IdentityHashMap<Connection, Statements> statements = new IdentityHashMap<>();

    private SqliteEngine(Connection writer) {
        this.writer = writer;
    }

    static SqliteEngine open(Path file) throws SQLException {
        Connection writer = connect(file);
        writer.setAutoCommit(false);
        SqliteEngine engine = new SqliteEngine(writer);
        engine.statements.put(writer, Statements.keeping(writer));
        for (int i = 0; i < READERS; i++) {
            Connection reader = connect(file);
            engine.statements.put(reader, Statements.keeping(reader));
            engine.readers.add(reader);
        }
        return engine;
    }

    /// Loads the native library.
    static void load() throws SQLException {
        source(":memory:").getConnection().close();
    }

    private static SQLiteDataSource source(String file) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static Connection connect(Path file) throws SQLException {
        Connection connection = source(file.toString()).getConnection();
        try (Statement statement = connection.createStatement()) {
            for (String setting : SETTINGS) {
                statement.execute(setting);
            }
        }
        return connection;
    }

    @Override
    public void make(List<String> statements) throws SQLException {
        write(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String each : statements) {
                    statement.execute(each);
                }
            }
            return true;
        });
    }

    @Override
    public <T> T read(Use<T> use) throws SQLException {
        Connection reader = readers.borrow();
        try {
            return use.with(reader);
        } finally {
            readers.giveBack(reader);
        }
    }

    @Override
    public <T> T write(Use<T> use) throws SQLException {
        return together.change(use, all -> Engine.transaction(writer, all));
    }

    @Override
    public Statements statements(Connection connection) {
        return Objects.requireNonNull(statements.get(connection));
    }

    @Override
    public List<String> unindexed(Plans plans, Connection connection) throws SQLException {
        return plans.unindexedInSqlite(connection);
    }

    @Override
    public void close() throws SQLException {
        together.alone(() -> {
            if (writer.isClosed()) {
                return;
            }
            writer.close();
            readers.close();
        });
    }
}
