package dev.ringwall.control;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.Header;
import dev.ringwall.events.Ids;
import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/// Writes the control plane's own acts into the log, and waits until they are on the disk: what cannot be recorded does not happen.
final class Journal {

    private final Recorder recorder;
    private final String system;
    private final InstantSource clock;
    private final Ids ids;

    Journal(Recorder recorder, String system, InstantSource clock) {
        this.recorder = recorder;
        this.system = system;
        this.clock = clock;
        this.ids = new Ids(clock);
    }

    /// The act could not be recorded, so it must not happen.
    static final class NotRecorded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotRecorded(String why) {
            super("not recorded: " + why);
        }
    }

    /// Ringwall itself did it.
    void administered(AdminAct act, String subject, Map<String, String> details) {
        administered(act, Actor.system(), subject, details);
    }

    /// Somebody with power over the system did it.
    void administered(AdminAct act, Actor who, String subject, Map<String, String> details) {
        record(new SecurityEvent.Administered(header(), act, who, subject, details));
    }

    /// An attack was played.
    void attackPlayed(String name, boolean held, String outcome) {
        record(new SecurityEvent.AttackPlayed(header(), name, held, outcome));
    }

    private Header header() {
        return new Header(
                ids.next(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                system,
                "control",
                Optional.empty(),
                Optional.empty());
    }

    private void record(SecurityEvent event) {
        if (recorder.record(event).toCompletableFuture().join()
                instanceof Recorder.Outcome.Lost(String why)) {
            throw new NotRecorded(why);
        }
    }
}
