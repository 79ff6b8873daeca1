package dev.ringwall.gateway;

import dev.ringwall.keys.CryptoProviders;
import java.util.concurrent.atomic.AtomicInteger;

/// Loads the quick provider of cryptography once a node has signatures to check and to make: not at the start, for it takes memory that a
/// node without calls does not need. Until then, and where it does not load, the JDK does the same. Any thread may use it.
final class QuickSoon {

    /// So many tasks are done by the JDK alone.
    static final int AFTER = 100;

    private final AtomicInteger tasks = new AtomicInteger();
    private final Runnable load;

    QuickSoon() {
        this(CryptoProviders::installed);
    }

    /// @param load what loads it; takes a while
    QuickSoon(Runnable load) {
        this.load = load;
    }

    /// There is one more task of the kind that is mostly signatures.
    void task() {
        if (tasks.get() < AFTER && tasks.incrementAndGet() == AFTER) {
            Thread.ofPlatform().daemon().name("quick-cryptography").start(load);
        }
    }
}
