package dev.ringwall.attack;

import dev.ringwall.model.AcceptedRisk;
import dev.ringwall.model.Blueprint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/// Plays every attack that follows from a declaration against the running system, and every call that must pass.
///
/// It shares no code with what it accuses: it forges its own tokens and certificates and speaks only the network. It does real things:
/// it places orders and uses up limits, so it belongs in front of a system whose data may be touched.
public final class Prover {

    /// How many attacks go on at the same time.
    static final int TOGETHER = 8;

    /// How many more only wait meanwhile.
    static final int WAITING_MAX = 32;

    private final InstantSource clock;

    /// A prover that dates its forgeries by that clock.
    public Prover(InstantSource clock) {
        this.clock = clock;
    }

    /// The names of everything that would be played, in order, from the declaration alone.
    public static List<String> names(Blueprint blueprint) {
        return Derivation.of(blueprint).stream().map(Attack::name).toList();
    }

    /// Plays them all and says what came of each. Blocks for as long as it takes; the listener hears each outcome.
    public Report run(Target target, Listener listener) {
        return run(target, _ -> true, listener);
    }

    /// Plays those whose names are chosen.
    public Report run(Target target, Predicate<String> chosen, Listener listener) {
        Instant begun = clock.instant();
        Stage stage = new Stage(target, clock);
        List<Attack> attacks =
                Derivation.of(target.blueprint()).stream()
                        .filter(attack -> chosen.test(attack.name()))
                        .toList();
        Tally tally = new Tally(listener, attacks.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Semaphore waiting = new Semaphore(WAITING_MAX);
            List<Future<?>> playing = new ArrayList<>();
            for (boolean alone : new boolean[] {false, true}) {
                int together = alone ? 1 : TOGETHER;
                Semaphore places = new Semaphore(together);
                for (Attack attack : inTurn(attacks, alone)) {
                    Turn turn = Turn.take(places, waiting);
                    playing.add(
                            threads.submit(() -> {
                                try (turn) {
                                    tally.add(play(stage, attack, turn));
                                }
                            }));
                }
                places.acquireUninterruptibly(together); // all are over, or only wait
            }
            playing.forEach(Prover::await);
        }
        return new Report(
                target.blueprint().system(),
                begun,
                Duration.between(begun, clock.instant()),
                tally.inOrderOf(attacks));
    }

    /// In the order of the report, but those that wait long begin first.
    private static List<Attack> inTurn(List<Attack> attacks, boolean alone) {
        return attacks.stream()
                .filter(attack -> attack.family().alone() == alone)
                .sorted(Comparator.comparing(attack -> !attack.family().waits()))
                .toList();
    }

    private Result play(Stage stage, Attack attack, Turn turn) {
        Instant begun = clock.instant();
        try (Scene scene = new Scene(stage, turn)) {
            Verdict verdict;
            try {
                verdict = Judge.of(attack.expected(), attack.play().on(scene));
            } catch (NotPlayable missing) {
                verdict = new Verdict.NotPlayed(missing.why());
            } catch (IOException | RuntimeException failed) {
                verdict = new Verdict.NotPlayed("the play broke off: " + failed);
            }
            return new Result(
                    attack.name(),
                    attack.family(),
                    attack.expected().hostile(),
                    attack.story(),
                    attack.line(),
                    accepted(stage.blueprint(), attack.name(), verdict),
                    scene.request(),
                    Duration.between(begun, clock.instant()));
        }
    }

    private Verdict accepted(Blueprint blueprint, String attack, Verdict verdict) {
        if (verdict.held()) {
            return verdict;
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (AcceptedRisk risk : blueprint.declaration().acceptedRisks()) {
            if (risk.risk().equals(attack) && !today.isAfter(risk.until())) {
                return new Verdict.Accepted(
                        verdict.seen(),
                        risk.by() + " until " + risk.until() + ": " + risk.because());
            }
        }
        return verdict;
    }

    private static void await(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }
}
