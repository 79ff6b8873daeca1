package dev.ringwall.store;

/// The disk or the database failed. Whoever asked gets a refusal.
public final class StoreFailure extends RuntimeException {

    StoreFailure(Exception cause) {
        super(cause);
    }

    /// @param what in the words of whoever runs it, with what was expected
    StoreFailure(String what) {
        super(what);
    }

    /// @param what in the words of whoever runs it
    StoreFailure(String what, Exception cause) {
        super(what, cause);
    }
}
