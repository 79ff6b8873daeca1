package dev.ringwall.attack;

/// Something that the play needs is not to be had here, so it cannot be played.
final class NotPlayable extends Exception {

    NotPlayable(String why) {
        super(why, null, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
