package dev.ringwall.attack;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Makes each thing once, however many ask at the same time, and remembers failures too. For any thread.
final class Once<K, V> {

    private final Map<K, Cell<V>> cells = new ConcurrentHashMap<>();

    /// Makes the thing.
    @FunctionalInterface
    interface Maker<V> {
        V make() throws IOException, NotPlayable;
    }

    private static final class Cell<V> {
        private @Nullable V value;
        private @Nullable NotPlayable failure;

        synchronized V value(Maker<V> maker) throws NotPlayable {
            NotPlayable before = failure;
            if (before != null) {
                throw before;
            }
            V known = value;
            if (known != null) {
                return known;
            }
            try {
                V made = maker.make();
                value = made;
                return made;
            } catch (IOException failed) {
                NotPlayable why = new NotPlayable(String.valueOf(failed.getMessage()));
                failure = why;
                throw why;
            } catch (NotPlayable why) {
                failure = why;
                throw why;
            }
        }
    }

    V of(K key, Maker<V> maker) throws NotPlayable {
        return cells.computeIfAbsent(key, _ -> new Cell<>()).value(maker);
    }
}
