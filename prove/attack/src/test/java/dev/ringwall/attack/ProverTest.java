package dev.ringwall.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.AcceptedRisk;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Most of a run is waiting, and each run has a system of its own: several are played at once.
@Execution(ExecutionMode.CONCURRENT)
final class ProverTest {

    private static final Listener NOBODY = (_, _, _) -> {};

    /// They take their time, so they are played where it is about them, and where everything is.
    private static final String HEAVY =
            "gateway/(slow-.*|h2-.*-(flood|bomb|reset)|connections-flood)|.*/(body-too-slow|bodies-held)";

    /// Those on people and clients have a test of their own.
    private static boolean isPlayed(String name) {
        return !PeopleProverTest.NAMES.contains(name);
    }

    private static Report play(TinySystem system) {
        return new Prover(InstantSource.system())
                .run(system.target(), name -> isPlayed(name) && !name.matches(HEAVY), NOBODY);
    }

    @Test
    void everythingHoldsAgainstASystemThatKeepsItsDeclaration() throws IOException {
        List<String> heard = new ArrayList<>();
        try (TinySystem system = TinySystem.with()) {
            Report report =
                    new Prover(InstantSource.system())
                            .run(
                                    system.target(),
                                    ProverTest::isPlayed,
                                    (result, _, _) -> heard.add(result.name()));
            assertThat(report.open()).as(report.table()).isEmpty();
            assertThat(report.exitCode()).isZero();
            assertThat(report.results())
                    .extracting(Result::name)
                    .isEqualTo(
                            Prover.names(system.blueprint).stream()
                                    .filter(ProverTest::isPlayed)
                                    .toList())
                    .containsExactlyInAnyOrderElementsOf(heard);
        }
    }

    /// Weaknesses that do not hide one another are played in one run; the attacks that get through must be those meant for each of
    /// them and no other.
    @ParameterizedTest
    @MethodSource
    void eachWeaknessIsFoundByTheAttacksMeantForItAndByNoOther(Weak weak) throws IOException {
        try (TinySystem system = TinySystem.with(weak.weaknesses())) {
            Predicate<String> chosen =
                    name -> isPlayed(name) && (!name.matches(HEAVY) || weak.means(name));
            Report report = new Prover(InstantSource.system()).run(system.target(), chosen, NOBODY);
            List<String> names = Prover.names(system.blueprint).stream().filter(chosen).toList();
            Set<String> meant = new TreeSet<>();
            weak.found()
                    .forEach((weakness, pattern) -> {
                        List<String> own =
                                names.stream().filter(name -> name.matches(pattern)).toList();
                        assertThat(own).as(weakness + " has attacks meant for it").isNotEmpty();
                        meant.addAll(own);
                    });
            Set<String> open = new TreeSet<>();
            report.open().forEach(result -> open.add(result.name()));
            assertThat(open).as(() -> differing(report, meant)).isEqualTo(meant);
            assertThat(report.exitCode()).isOne();
            if (!weak.has(Weakness.NOBODY_LET_IN)) {
                assertThat(kinds(report, result -> result.verdict() instanceof Verdict.GotThrough))
                        .as("kinds of which at least one gets all the way through")
                        .containsAll(kinds(report, result -> !stopsByNature(weak, result)));
            }
        }
    }

    /// What held, and a limit that is there but is told without `Retry-After`.
    private static boolean stopsByNature(Weak weak, Result result) {
        return result.verdict().held()
                || (weak.has(Weakness.RETRY_AFTER_FORGOTTEN) && result.family() == Family.LIMITS);
    }

    private static Set<String> kinds(Report report, Predicate<Result> chosen) {
        return report.results().stream()
                .filter(chosen)
                .map(result -> result.name().substring(result.name().indexOf('/') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String differing(Report report, Set<String> meant) {
        return report.results().stream()
                .filter(result -> result.verdict().settled() == meant.contains(result.name()))
                .map(result -> result.name() + ": " + result.verdict())
                .collect(Collectors.joining("\n"));
    }

    static Stream<Weak> eachWeaknessIsFoundByTheAttacksMeantForItAndByNoOther() {
        return Stream.of(WeakRuns.all(), WeakRunsOfTheDoor.all()).flatMap(List::stream);
    }

    @Test
    void anAcceptedRiskIsListedAndNoFailureUntilItsDayIsOver() throws IOException {
        AcceptedRisk risk =
                new AcceptedRisk(
                        "notes.list/overrun-per-address-pretending",
                        "behind a wall",
                        "ana@example.com",
                        LocalDate.of(2999, 1, 1),
                        Sketch.line(50));
        String other = "notes.sweep/key-from-elsewhere-pretending";
        try (TinySystem system = TinySystem.accepting(risk, Weakness.FORWARDED_BELIEVED)) {
            Report report = play(system);
            assertThat(report.open()).extracting(Result::name).containsExactly(other);
            assertThat(report.results())
                    .filteredOn(result -> result.verdict() instanceof Verdict.Accepted)
                    .extracting(Result::name)
                    .containsExactly(risk.risk());
            assertThat(report.summary()).contains("accepted 1");
        }
        AcceptedRisk over =
                new AcceptedRisk(
                        risk.risk(),
                        risk.because(),
                        risk.by(),
                        LocalDate.of(2020, 1, 1),
                        risk.line());
        try (TinySystem system = TinySystem.accepting(over, Weakness.FORWARDED_BELIEVED)) {
            assertThat(play(system).open())
                    .extracting(Result::name)
                    .containsExactlyInAnyOrder(risk.risk(), other);
        }
    }
}
