package dev.ringwall.command;

import dev.ringwall.link.Json;
import dev.ringwall.model.Can;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Option(
            names = "-o",
            paramLabel = "FORMAT",
            defaultValue = "TEXT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Format format = Format.TEXT;

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
        if (format == Format.JSON) {
            Map<String, Object> answer =
                    Map.of("may", may, "sentence", sentence, "line", line, "remedy", remedy);
            screen.print(
                    new String(
                            Json.write(new java.util.TreeMap<>(answer)), StandardCharsets.UTF_8));
            return;
        }
        screen.print(
                (may ? screen.good("yes") : screen.bad("no "))
                        + "  "
                        + sentence
                        + "  "
                        + screen.faint(line));
        if (!remedy.isEmpty()) {
            screen.print("     " + remedy);
        }
    }
}
