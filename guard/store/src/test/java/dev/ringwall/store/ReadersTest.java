package dev.ringwall.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How readers wait for a connection, and that none waits for one that will not come.
@Timeout(20)
class ReadersTest {

    @TempDir Path folder;
    private final Readers readers = new Readers();
    private final ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeEach
    void open() throws SQLException {
        readers.add(DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("t.db")));
    }

    @AfterEach
    void close() throws SQLException {
        others.shutdownNow();
        readers.close();
    }

    /// Returns when somebody waits.
    private Future<Connection> waiting() throws InterruptedException {
        Future<Connection> waiting = others.submit(readers::borrow);
        while (!readers.awaited()) {
            Thread.sleep(1);
        }
        return waiting;
    }

    @Test
    void whoFindsNoConnectionGetsTheNextThatIsGivenBack() throws Exception {
        Connection one = readers.borrow();
        Future<Connection> waiting = waiting();
        readers.giveBack(one);
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isSameAs(one);
        readers.giveBack(one);
    }

    @Test
    void whoWaitsAtTheEndIsRefusedAndWhoReadsEndsFirst() throws Exception {
        Connection one = readers.borrow();
        Future<Connection> waiting = waiting();
        Future<?> closing =
                others.submit(() -> {
                    readers.close();
                    return true;
                });
        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(StoreFailure.class)
                .hasMessageContaining("the database is closed");
        assertThat(one.isClosed()).isFalse();
        assertThat(closing.isDone()).isFalse();

        readers.giveBack(one);
        closing.get(10, TimeUnit.SECONDS);
        assertThat(one.isClosed()).isTrue();
        assertThatThrownBy(readers::borrow).hasMessage("the database is closed");
    }
}
