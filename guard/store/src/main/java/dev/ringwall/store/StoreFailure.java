package dev.ringwall.store;

/// The disk or the database failed. Whoever asked gets a refusal.
public final class StoreFailure extends RuntimeException {

    StoreFailure(Exception cause) {
        super(cause);
    }
}
