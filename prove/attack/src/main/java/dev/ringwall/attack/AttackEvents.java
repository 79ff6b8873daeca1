package dev.ringwall.attack;

import dev.ringwall.events.Header;
import dev.ringwall.events.Ids;
import dev.ringwall.events.SecurityEvent;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Turns results into events for the audit log.
public final class AttackEvents {

    /// The longest account of what was seen that is kept in the log.
    public static final int OUTCOME_CHARS_MAX = 500;

    private final InstantSource clock;
    private final Ids ids;
    private final String system;

    /// Events of that system, dated by that clock.
    public AttackEvents(InstantSource clock, String system) {
        this.clock = clock;
        this.ids = new Ids(clock);
        this.system = system;
    }

    /// The event that says how an attack ended. An accepted one did not hold.
    public SecurityEvent.AttackPlayed of(Result result) {
        Header header =
                new Header(
                        ids.next(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        system,
                        "prove",
                        Optional.empty(),
                        Optional.empty());
        String outcome = result.verdict().word() + ": " + result.verdict().seen();
        return new SecurityEvent.AttackPlayed(
                header,
                result.name(),
                result.verdict().held(),
                outcome.length() <= OUTCOME_CHARS_MAX
                        ? outcome
                        : outcome.substring(0, OUTCOME_CHARS_MAX));
    }
}
