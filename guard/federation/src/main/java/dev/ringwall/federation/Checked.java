package dev.ringwall.federation;

import java.util.function.Function;

/// What came of asking a provider, or of looking at what it said.
public sealed interface Checked<T> {

    /// Everything about it is right.
    record Right<T>(T value) implements Checked<T> {}

    /// Something is not; the word says what, for an event. Nothing of what was sent stands in it.
    record Wrong<T>(String why) implements Checked<T> {}

    /// What becomes of it where it is right.
    default <R> Checked<R> then(Function<T, Checked<R>> next) {
        return switch (this) {
            case Right<T>(T value) -> next.apply(value);
            case Wrong<T>(String why) -> new Wrong<>(why);
        };
    }
}
