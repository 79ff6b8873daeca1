package dev.ringwall.command;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a command that failed tells it.
final class Failure {

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    private Failure() {}

    /// Says what was wrong; returns the exit code.
    static int told(Screen screen, Exception failure) {
        if (failure instanceof Unusable) {
            screen.say("ringwall: " + Screen.harmless(String.valueOf(failure.getMessage())));
            return Exit.UNUSABLE;
        }
        if (Stopping.wasAsked()) {
            screen.say("stopped while it started");
            return Exit.FINE;
        }
        LOG.error("a command failed", failure);
        screen.say(
                "ringwall: our fault: "
                        + Screen.harmless(
                                failure.getClass().getSimpleName() + ": " + failure.getMessage())
                        + "; please report it with the last lines of the log");
        return Exit.OUR_FAULT;
    }
}
