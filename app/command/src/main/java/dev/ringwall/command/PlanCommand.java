package dev.ringwall.command;

import dev.ringwall.model.Change;
import dev.ringwall.model.Difference;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Says what one declaration means that another did not.
@Command(
        name = "plan",
        description = "Say what a newer declaration means that an older one did not.",
        footer = {
            "",
            "Example:",
            "  ringwall plan main/ringwall.yaml ringwall.yaml",
            "",
            "+ looser, - tighter, ~ other. Exit code 1 when anything becomes looser."
        })
final class PlanCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(index = "0", paramLabel = "OLD", description = "The declaration as it is.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "The declaration as it shall be.")
    private Path after = Path.of("");

    @Mixin private OutputOption output = new OutputOption();

    /// One difference, for programs.
    record Entry(String direction, String subject, String sentence, String line) {}

    /// All differences, for programs.
    record Plan(List<Entry> changes) {}

    PlanCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        List<Change> changes =
                Difference.between(
                        Loading.declared(before, screen).blueprint(),
                        Loading.declared(after, screen).blueprint());
        output.print(screen, plan(changes), () -> lines(changes));
        return changes.stream().anyMatch(change -> change.direction() == Change.Direction.LOOSER)
                ? Exit.FINDINGS
                : Exit.FINE;
    }

    private static Plan plan(List<Change> changes) {
        return new Plan(
                changes.stream()
                        .map(change ->
                                new Entry(
                                        change.direction().name().toLowerCase(Locale.ROOT),
                                        change.subject(),
                                        change.sentence(),
                                        change.line().toString()))
                        .toList());
    }

    private List<String> lines(List<Change> changes) {
        if (changes.isEmpty()) {
            return List.of("both mean the same");
        }
        return changes.stream()
                .map(change ->
                        switch (change.direction()) {
                            case LOOSER -> screen.bad(change.toString());
                            case TIGHTER -> screen.good(change.toString());
                            case OTHER -> change.toString();
                        })
                .toList();
    }
}
