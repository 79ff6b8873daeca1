package dev.ringwall.people;

/// An event was lost, so the act that it is about must not happen.
public final class NotRecorded extends RuntimeException {

    NotRecorded(String why) {
        super(why);
    }
}
