package dev.ringwall.testkit;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Watches every buffer of every test in a room that has it as an extension of JUnit; a class in which one was dropped without being released fails.
public final class NoLeaks implements BeforeAllCallback, AfterAllCallback {

    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static final int ROUNDS = 3;

    static {
        System.setProperty("io.netty.leakDetection.level", "paranoid");
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Strict());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // the first class loads this one, and with it the detector
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        Optional<String> found = found();
        if (found.isPresent()) {
            throw new AssertionError("not released: " + found.get());
        }
    }

    /// What was dropped since this was asked last. It is noticed when the collector has run and another buffer is made.
    public static Optional<String> found() throws InterruptedException {
        for (int i = 0; i < ROUNDS; i++) {
            System.gc();
            Thread.sleep(10);
            ByteBufAllocator.DEFAULT.buffer(1).release();
        }
        Optional<String> first = Optional.ofNullable(LEAKS.poll());
        int others = LEAKS.size();
        LEAKS.clear();
        return first.map(one -> one + "\nand " + others + " others");
    }

    private static final class Strict extends ResourceLeakDetectorFactory {
        @Override
        @SuppressWarnings("deprecation") // the one that must be there
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                Class<T> resource, int samplingInterval, long maxActive) {
            return new Telling<>(resource, samplingInterval);
        }
    }

    private static final class Telling<T> extends ResourceLeakDetector<T> {
        private Telling(Class<?> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resource, String records) {
            LEAKS.add(resource + records);
        }

        @Override
        protected void reportUntracedLeak(String resource) {
            LEAKS.add(resource);
        }
    }
}
