package dev.ringwall.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The few connections that read. Who finds none waits for one; once it is closed nobody waits any more.
final class Readers {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private int all;
    private boolean closed;

    /// One more.
    void add(Connection connection) {
        lock.lock();
        try {
            all++;
            idle.add(connection);
        } finally {
            lock.unlock();
        }
    }

    /// One that nobody uses; the one that was used last, since it remembers most.
    ///
    /// @throws StoreFailure when it is closed, or the thread is told to stop
    Connection borrow() {
        lock.lock();
        try {
            while (idle.isEmpty() && !closed) {
                changed.await();
            }
            if (closed) {
                throw new StoreFailure("the database is closed");
            }
            return idle.removeLast();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreFailure(interrupted);
        } finally {
            lock.unlock();
        }
    }

    /// Takes it back, and wakes one that waits for it; at the end, whoever closes.
    void giveBack(Connection connection) {
        lock.lock();
        try {
            idle.add(connection);
            if (closed) {
                changed.signalAll();
            } else {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whether somebody waits for one.
    boolean awaited() {
        lock.lock();
        try {
            return lock.hasWaiters(changed);
        } finally {
            lock.unlock();
        }
    }

    /// Refuses whoever comes or waits, lets those end that read, and closes.
    void close() throws SQLException {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            while (idle.size() < all) {
                changed.awaitUninterruptibly();
            }
            all = 0;
            while (!idle.isEmpty()) {
                idle.removeLast().close();
            }
        } finally {
            lock.unlock();
        }
    }
}
