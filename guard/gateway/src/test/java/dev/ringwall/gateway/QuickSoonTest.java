package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// When a node loads the quick provider of cryptography.
final class QuickSoonTest {

    private final BlockingQueue<String> loadedBy = new LinkedBlockingQueue<>();
    private final QuickSoon soon =
            new QuickSoon(() -> loadedBy.add(Thread.currentThread().getName()));

    @Test
    void itIsLoadedOnceBesideTheWork() throws InterruptedException {
        for (int i = 0; i < 3 * QuickSoon.AFTER; i++) {
            soon.task();
        }

        assertThat(loadedBy.poll(10, TimeUnit.SECONDS)).isEqualTo("quick-cryptography");
        assertThat(loadedBy).isEmpty();
    }

    @Test
    void aNodeWithLittleToDoDoesWithoutIt() {
        for (int i = 1; i < QuickSoon.AFTER; i++) {
            soon.task();
        }

        assertThat(loadedBy).isEmpty();
    }
}
