package dev.ringwall.identity;

/// An event was lost, so the act that it is about must not happen.
final class NotRecorded extends RuntimeException {

    NotRecorded(String why) {
        super(why);
    }
}
