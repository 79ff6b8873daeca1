package dev.ringwall.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lets changes take turns, and those that wait at the same time go to the disk together: the disk is what a small change costs most. Each
/// still happens wholly or not at all, sees what those before it did, and is told that it is done only when all of them are on the disk.
final class Together {

    /// Changes that one commit takes.
    static final int CHANGES_MAX = 64;

    private final ReentrantLock turn = new ReentrantLock();
    private final Queue<Change<?>> waiting = new ConcurrentLinkedQueue<>();

    /// Something to do with a connection whose transaction begins before and is committed after.
    interface Transact {
        void run(Engine.Use<Boolean> use) throws SQLException;
    }

    private static final class Change<T> {
        private final Engine.Use<T> use;
        private final Thread thread = Thread.currentThread();

        /// Set last: who sees it sees the rest.
        private volatile boolean over;

        private @Nullable T result;
        private @Nullable Throwable failure;

        private Change(Engine.Use<T> use) {
            this.use = use;
        }

        private void on(Connection connection) {
            try {
                result = use.with(connection);
            } catch (SQLException | RuntimeException | Error failed) {
                failure = failed;
            }
        }

        @SuppressWarnings("NullAway") // null only where the change itself returned that
        private T outcome() throws SQLException {
            return switch (failure) {
                case null -> result;
                case SQLException failed -> throw failed;
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                default -> throw new IllegalStateException(failure);
            };
        }
    }

    /// Does it in its turn. Whoever finds the turn free does what waits, of others too; whose change was done so goes on at once, and never waits
    /// behind somebody who comes again and again, such as the one that forgets what is over.
    <T> T change(Engine.Use<T> use, Transact transact) throws SQLException {
        if (turn.isHeldByCurrentThread()) {
            throw new IllegalStateException("a change within a change");
        }
        Change<T> change = new Change<>(use);
        waiting.add(change);
        boolean interrupted = false;
        while (!change.over) {
            if (turn.tryLock()) {
                try {
                    while (!change.over) {
                        some(transact);
                    }
                } finally {
                    leave();
                }
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return change.outcome();
    }

    /// Gives the turn up, and wakes whoever waits longest to take it. Who came after that look has found it free.
    private void leave() {
        turn.unlock();
        Change<?> next = waiting.peek();
        if (next != null) {
            LockSupport.unpark(next.thread);
        }
    }

    /// Alone with all that there is, for example to close it.
    void alone(Closing closing) throws SQLException {
        turn.lock();
        try {
            closing.run();
        } finally {
            leave();
        }
    }

    /// Something that may fail.
    interface Closing {
        void run() throws SQLException;
    }

    private void some(Transact transact) {
        List<Change<?>> changes = new ArrayList<>();
        Change<?> next = waiting.poll();
        while (next != null) {
            changes.add(next);
            next = changes.size() == CHANGES_MAX ? null : waiting.poll();
        }
        try {
            transact.run(connection -> {
                if (changes.size() == 1) {
                    return only(changes.getFirst(), connection);
                }
                for (Change<?> change : changes) {
                    one(change, connection);
                }
                return true;
            });
        } catch (SQLException | RuntimeException | Error failed) {
            // Nothing of it is on the disk, whatever each of them saw.
            for (Change<?> change : changes) {
                if (change.failure == null) {
                    change.failure = again(failed);
                }
            }
        } finally {
            for (Change<?> change : changes) {
                change.over = true;
                LockSupport.unpark(change.thread);
            }
        }
    }

    /// Whoever waits gets a failure with a trace of its own.
    private static Throwable again(Throwable failed) {
        return failed instanceof SQLException sql
                ? new SQLException(sql.getMessage(), sql.getSQLState(), sql.getErrorCode(), sql)
                : new IllegalStateException(failed);
    }

    /// Where a change is alone its transaction ends as it does.
    private static boolean only(Change<?> change, Connection connection) throws SQLException {
        change.on(connection);
        if (change.failure != null) {
            change.outcome();
        }
        return true;
    }

    private static void one(Change<?> change, Connection connection) throws SQLException {
        Savepoint before = connection.setSavepoint();
        change.on(connection);
        if (change.failure != null) {
            connection.rollback(before);
        }
        connection.releaseSavepoint(before);
    }
}
