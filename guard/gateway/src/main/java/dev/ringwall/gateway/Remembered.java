package dev.ringwall.gateway;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A cache with a limit that any thread may use without waiting: two generations, of which the older is dropped whole when the younger
/// is full. What is asked for survives.
final class Remembered<K, V> {

    private final int generationMax;
    private volatile Map<K, V> young = new ConcurrentHashMap<>();
    private volatile Map<K, V> old = new ConcurrentHashMap<>();

    /// Holds at most that many entries.
    Remembered(int entriesMax) {
        this.generationMax = Math.max(1, entriesMax / 2);
    }

    @Nullable V find(K key) {
        V found = young.get(key);
        if (found != null) {
            return found;
        }
        V older = old.get(key);
        if (older != null) {
            keep(key, older);
        }
        return older;
    }

    void keep(K key, V value) {
        if (young.size() >= generationMax) {
            turn();
        }
        young.put(key, value);
    }

    int size() {
        return young.size() + old.size();
    }

    private synchronized void turn() {
        if (young.size() >= generationMax) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }
}
