package dev.ringwall.command;

import dev.ringwall.control.Declared;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Deadlines;
import dev.ringwall.model.Problem;
import dev.ringwall.policy.Policy;
import dev.ringwall.reading.Reader;
import dev.ringwall.reading.Reading;
import dev.ringwall.reading.Reports;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads declarations for commands: every problem of every kind at once, and the system only when none of them stops it.
///
/// @param problems in reading order
/// @param declared the system; empty when a problem stops it
record Loading(List<Problem> problems, Map<String, String> sources, Optional<Declared> declared) {

    /// Reads the declaration in that file with everything that it includes and names.
    static Loading of(Path named) {
        Path file = DeclarationFile.at(named);
        return switch (Reader.read(file)) {
            case Reading.Unreadable(List<Problem> problems, Map<String, String> sources) ->
                    new Loading(problems, sources, Optional.empty());
            case Reading.Read read -> {
                LocalDate today =
                        LocalDate.ofInstant(
                                InstantSource.system().instant(), ZoneId.systemDefault());
                List<Problem> problems = new ArrayList<>(Deadlines.on(read.declaration(), today));
                Optional<Blueprint> blueprint =
                        switch (Blueprint.of(read.declaration())) {
                            case Blueprint.Outcome.Contradictory(List<Problem> wrong) -> {
                                problems.addAll(wrong);
                                yield Optional.empty();
                            }
                            case Blueprint.Outcome.Sound(Blueprint sound, List<Problem> notes) -> {
                                problems.addAll(notes);
                                yield Optional.of(sound);
                            }
                        };
                blueprint.ifPresent(sound -> {
                    if (Policy.compile(sound)
                            instanceof Policy.Outcome.Rejected(List<Problem> conditions)) {
                        problems.addAll(conditions);
                    }
                });
                problems.sort(Problem.BY_PLACE);
                String entry = String.valueOf(file.getFileName());
                yield new Loading(
                        List.copyOf(problems),
                        read.sources(),
                        blueprint
                                .filter(_ -> problems.stream().noneMatch(Problem::stops))
                                .map(sound -> new Declared(sound, entry, read.sources())));
            }
        };
    }

    /// The system, for commands that need one. Errors are printed and end the command.
    static Declared declared(Path file, Screen screen) {
        Loading loading = of(file);
        List<Problem> shown =
                loading.problems().stream()
                        .filter(problem -> problem.severity() != Problem.Severity.NOTE)
                        .toList();
        screen.err().print(Reports.text(shown, loading.sources()));
        return loading.declared()
                .orElseThrow(() ->
                        new Unusable(
                                file
                                        + " does not load: "
                                        + shown.stream().filter(Problem::stops).count()
                                        + " error(s), see above; nothing was started"));
    }
}
