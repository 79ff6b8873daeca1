package dev.ringwall.identity;

/// The disk or the database failed. Whoever asked gets a refusal.
final class StoreFailure extends RuntimeException {

    StoreFailure(Exception cause) {
        super(cause);
    }
}
