package dev.ringwall.keys;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Something that is exchanged while others use it. Who asks gets the newest; what runs goes on with what it has.
///
/// Any thread may ask and exchange.
public final class Rotating<T> implements Supplier<T> {

    private final AtomicReference<T> current;

    /// Starts with that one.
    public Rotating(T first) {
        this.current = new AtomicReference<>(Objects.requireNonNull(first));
    }

    /// The newest.
    public T current() {
        return current.get();
    }

    @Override
    public T get() {
        return current.get();
    }

    /// From now on this one is given out.
    public void swap(T next) {
        current.set(Objects.requireNonNull(next));
    }
}
