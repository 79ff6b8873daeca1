package dev.ringwall.command;

import dev.ringwall.model.Can;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says whether somebody may call an operation, and by which line.
@Command(
        name = "can",
        description =
                "Say whether a role, a service or `anyone` may call an operation, and which line of the declaration says so.",
        footer = {
            "",
            "Examples:",
            "  ringwall can shopper orders.read",
            "  ringwall can orders payments.charge"
        })
final class CanCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(index = "0", paramLabel = "WHO", description = "A role, a service, or anyone.")
    private String who = "";

    @Parameters(index = "1", paramLabel = "OPERATION", description = "service.verb")
    private String operation = "";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            defaultValue = "ringwall.yaml",
            description = "The declaration (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("ringwall.yaml");

    @Mixin private OutputOption output = new OutputOption();

    /// The answer, for programs.
    record Said(boolean may, String sentence, String line, String remedy) {}

    CanCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Can can = new Can(Loading.declared(file, screen).blueprint());
        return switch (can.may(who, operation)) {
            case Can.Answer.Unknown unknown ->
                    throw new Unusable(unknown.sentence() + "; " + unknown.remedy());
            case Can.Answer.Yes yes -> {
                print(true, yes.sentence(), yes.because().toString(), "");
                yield Exit.FINE;
            }
            case Can.Answer.No no -> {
                print(false, no.sentence(), no.where().toString(), no.remedy());
                yield Exit.FINDINGS;
            }
        };
    }

    private void print(boolean may, String sentence, String line, String remedy) {
        output.print(
                screen,
                new Said(may, sentence, line, remedy),
                () -> {
                    String said =
                            (may ? screen.good("yes") : screen.bad("no "))
                                    + "  "
                                    + sentence
                                    + "  "
                                    + screen.faint(line);
                    return remedy.isEmpty() ? List.of(said) : List.of(said, "     " + remedy);
                });
    }
}
