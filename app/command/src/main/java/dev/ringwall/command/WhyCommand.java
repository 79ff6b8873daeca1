package dev.ringwall.command;

import dev.ringwall.link.Operating;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Shows the path of one request.
@Command(
        name = "why",
        description = "Show the path of one request: each hop, each ring, the deciding line.",
        footer = {"", "Example:", "  ringwall why 01JDCQ3V9T0000000000000000"})
final class WhyCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin private SystemOption system = new SystemOption();

    @Parameters(
            paramLabel = "ID",
            description = "The request id, as it stands in the answer's Ringwall-Request header.")
    private String id = "";

    @Mixin private OutputOption output = new OutputOption();

    WhyCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Operating.Events found = Explanations.await(system.connect(), id);
        return Explanations.print(screen, output, id, found);
    }
}
