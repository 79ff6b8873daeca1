package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.Header;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.events.Ids;
import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Says what happens here, and waits until it is kept.
public final class Ledger {

    private static final long WAIT_SECONDS_MAX = 10;
    private static final String NODE = "control";

    private final Recorder recorder;
    private final InstantSource clock;
    private final Ids ids;
    private final Supplier<String> system;

    Ledger(Recorder recorder, InstantSource clock, Supplier<String> system) {
        this.recorder = recorder;
        this.clock = clock;
        this.ids = new Ids(clock);
        this.system = system;
    }

    /// Somebody did something for themselves.
    ///
    /// @throws NotRecorded when the event was lost
    public void acted(IdentityAct act, Actor who, Map<String, String> details) {
        keep(new SecurityEvent.IdentityActed(header(), act, who, details));
    }

    /// Somebody with power did something. Accounts are named by their id alone, since nothing can be taken out of the log again.
    ///
    /// @return the id of the event
    /// @throws NotRecorded when the event was lost
    String administered(AdminAct act, Actor by, String subject, Map<String, String> details) {
        Header header = header();
        keep(new SecurityEvent.Administered(header, act, by, subject, details));
        return header.id();
    }

    /// Somebody who may administer was refused, since they hold less than what they would give or act on.
    ///
    /// @throws NotRecorded when the event was lost
    public void refused(Actor by, String subject, Map<String, String> details) {
        administered(AdminAct.ADMINISTRATION_REFUSED, by, subject, details);
    }

    /// Somebody with power did the same to many accounts; all of it is kept when this returns.
    ///
    /// @throws NotRecorded when an event was lost
    void administered(AdminAct act, Actor by, List<String> subjects, Map<String, String> details) {
        List<CompletionStage<Recorder.Outcome>> all = new ArrayList<>();
        for (String subject : subjects) {
            all.add(
                    recorder.record(
                            new SecurityEvent.Administered(header(), act, by, subject, details)));
        }
        all.forEach(each -> kept(awaited(each)));
    }

    private Header header() {
        Asked asked = Asked.current();
        return new Header(
                ids.next(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                system.get(),
                NODE,
                asked.request(),
                asked.trace());
    }

    private void keep(SecurityEvent event) {
        kept(awaited(recorder.record(event)));
    }

    private static void kept(Recorder.Outcome outcome) {
        switch (outcome) {
            case Recorder.Outcome.Kept() -> {}
            case Recorder.Outcome.Lost(String why) -> throw new NotRecorded(why);
        }
    }

    private static Recorder.Outcome awaited(CompletionStage<Recorder.Outcome> recorded) {
        try {
            return recorded.toCompletableFuture().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Recorder.Outcome.Lost("interrupted");
        } catch (ExecutionException | TimeoutException failed) {
            return new Recorder.Outcome.Lost(String.valueOf(failed.getMessage()));
        }
    }
}
