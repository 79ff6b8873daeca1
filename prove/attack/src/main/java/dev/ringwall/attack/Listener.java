package dev.ringwall.attack;

/// Hears how a run goes on. Called from many threads, never from two at once.
@FunctionalInterface
public interface Listener {

    /// One more is known.
    ///
    /// @param done how many are known now
    /// @param of   how many there are
    void played(Result result, int done, int of);
}
