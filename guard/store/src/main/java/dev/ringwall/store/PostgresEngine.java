package dev.ringwall.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/// PostgreSQL, shared by any number of processes.
///
/// The rooms' transactions look first and change then; that is right because no two of them overlap. SQLite has one writer; here each
/// changing transaction first takes one lock of the database, which ends with it. A connection that broke is replaced by the pool; what
/// was under way on it has failed, and is not tried again.
final class PostgresEngine implements Engine {

    /// `ringwall` in ASCII: the lock that changing transactions take turns by.
    private static final String TURN = "SELECT pg_advisory_xact_lock(" + 0x72696e6777616c6cL + ")";

    private static final int CONNECTIONS_MAX = 8;
    private static final int CONNECT_SECONDS_MAX = 5;
    private static final int ANSWER_SECONDS_MAX = 30;

    /// Each connection begins so, whatever the server's own settings are.
    private static final String SESSION =
            "-c synchronous_commit=on -c statement_timeout=20000 -c lock_timeout=10000"
                    + " -c idle_in_transaction_session_timeout=30000";

    private static final int VERSION_MIN = 130_000;

    private final HikariDataSource pool;

    /// So that threads of this process wait here, and not each with a connection.
    private final Together together = new Together();

    private PostgresEngine(HikariDataSource pool) {
        this.pool = pool;
    }

    static PostgresEngine open(Database.Server server) {
        PGSimpleDataSource source = source(server);
        try (Connection connection = source.getConnection()) {
            check(connection, server);
        } catch (SQLException unreachable) {
            throw new StoreFailure(
                    "database "
                            + server.name()
                            + " of PostgreSQL at "
                            + server.host()
                            + ":"
                            + server.port()
                            + " cannot be used: "
                            + unreachable.getMessage(),
                    unreachable);
        }
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("ringwall-postgresql");
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_SECONDS_MAX * 1_000L);
        return new PostgresEngine(new HikariDataSource(config));
    }

    private static PGSimpleDataSource source(Database.Server server) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {server.host()});
        source.setPortNumbers(new int[] {server.port()});
        source.setDatabaseName(server.name());
        source.setUser(server.user());
        source.setPassword(server.password().dangerousText());
        source.setApplicationName("ringwall");
        source.setOptions(SESSION);
        source.setConnectTimeout(CONNECT_SECONDS_MAX);
        source.setSocketTimeout(ANSWER_SECONDS_MAX);
        source.setTcpKeepAlive(true);
        if (server.remote() || server.root().isPresent()) {
            source.setSsl(true);
            source.setSslMode("verify-full");
            server.root()
                    .ifPresentOrElse(
                            root -> source.setSslRootCert(root.toString()),
                            () -> source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory"));
        } else {
            source.setSslMode("disable");
        }
        return source;
    }

    /// What the server must be for the promises of [Store] to hold.
    private static void check(Connection connection, Database.Server server) throws SQLException {
        if (Integer.parseInt(setting(connection, "server_version_num")) < VERSION_MIN) {
            throw new StoreFailure(
                    "PostgreSQL at "
                            + server.host()
                            + " is version "
                            + setting(connection, "server_version")
                            + " (expected: 13 or newer)");
        }
        if (!setting(connection, "fsync").equals("on")) {
            throw new StoreFailure(
                    "PostgreSQL at "
                            + server.host()
                            + " runs with fsync off, and forgets when its machine stops (expected: fsync = on)");
        }
        if (!setting(connection, "server_encoding").equals("UTF8")) {
            throw new StoreFailure(
                    "database "
                            + server.name()
                            + " is encoded in "
                            + setting(connection, "server_encoding")
                            + " (expected: UTF8; make it with `CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`)");
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW " + name)) {
            return rows.next() ? rows.getString(1) : "";
        }
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
        try (Connection connection = pool.getConnection()) {
            return use.with(connection);
        }
    }

    @Override
    public <T> T write(Use<T> use) throws SQLException {
        return together.change(use, this::transaction);
    }

    private void transaction(Use<Boolean> all) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            Engine.transaction(
                    connection,
                    held -> {
                        try (Statement statement = held.createStatement()) {
                            statement.execute(TURN);
                        }
                        return all.with(held);
                    });
        }
    }

    /// The driver keeps what it has prepared.
    @Override
    public Statements statements(Connection connection) {
        return Statements.passing(connection);
    }

    @Override
    public List<String> unindexed(Plans plans, Connection connection) throws SQLException {
        return plans.unindexedInPostgres(connection);
    }

    @Override
    public void close() {
        pool.close();
    }
}
