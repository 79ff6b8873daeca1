package dev.ringwall.gateway;

import dev.ringwall.limits.CountKey;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// The memory of bodies and answers that are held to be looked at whole. Each has a limit of its own; this is the limit of all of them
/// together, and of those of one address, so that whoever begins a thousand large ones at once is refused and nobody else. Any thread may
/// use it.
final class Held {

    /// For all together, in bytes; less where the heap is small.
    static final long BYTES_MAX = 256L << 20;

    /// The part of the heap that they may take where that is less.
    private static final int HEAP_PART = 4;

    /// One address at the door may have one part in so many.
    private static final int ADDRESS_PART = 8;

    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();
    private final Map<Long, Long> byAddress = new ConcurrentHashMap<>();

    Held(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    static Held usual() {
        return new Held(Math.min(BYTES_MAX, Runtime.getRuntime().maxMemory() / HEAP_PART));
    }

    /// All that is held now, in bytes.
    long bytes() {
        return bytes.get();
    }

    /// What may be held, in bytes.
    long bytesMax() {
        return bytesMax;
    }

    /// What one address may have held, in bytes.
    long addressBytesMax() {
        return bytesMax / ADDRESS_PART;
    }

    /// How many addresses have something held.
    int addresses() {
        return byAddress.size();
    }

    /// For requests that come so. Other nodes and services speak for many callers, so they have no share of their own.
    Supplier<Part> by(Side side, InetAddress from) {
        boolean shared = side == Side.DOOR;
        long address = CountKey.of(from);
        return () -> new Part(shared, address);
    }

    /// What one request has held. Used by one thread at a time.
    final class Part {

        private final boolean shared;
        private final long address;
        private long taken;

        private Part(boolean shared, long address) {
            this.shared = shared;
            this.address = address;
        }

        /// Takes so much more; false when there is no more, and then nothing is taken.
        boolean take(int more) {
            if (bytes.addAndGet(more) > bytesMax) {
                bytes.addAndGet(-more);
                return false;
            }
            if (shared && byAddress.merge(address, (long) more, Long::sum) > addressBytesMax()) {
                give(more);
                return false;
            }
            taken += more;
            return true;
        }

        /// Nothing is held any more.
        void end() {
            long all = taken;
            taken = 0;
            if (all > 0) {
                give(all);
            }
        }

        private void give(long less) {
            bytes.addAndGet(-less);
            if (shared) {
                byAddress.computeIfPresent(
                        address, (_, held) -> held <= less ? null : (Long) (held - less));
            }
        }
    }
}
