package dev.ringwall.command;

import dev.ringwall.link.Json;
import dev.ringwall.link.Operating;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Shows how a running system is.
@Command(
        name = "status",
        description =
                "Show how the running system is: bundle, log, nodes and how long their certificates last.")
final class StatusCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin private SystemOption system = new SystemOption();

    @Option(
            names = "-o",
            paramLabel = "FORMAT",
            defaultValue = "TEXT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Format format = Format.TEXT;

    StatusCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Operating.Status status = system.connect().get(Operating.STATUS, Operating.Status.class);
        if (format == Format.JSON) {
            screen.print(new String(Json.write(status), StandardCharsets.UTF_8));
            return Exit.FINE;
        }
        screen.print("system    " + status.system() + "  " + status.declaration());
        screen.print("door      " + status.door());
        screen.print("bundle    " + status.bundle() + ", roster " + status.roster());
        screen.print(
                "audit     tree size " + status.treeSize() + "  (" + status.auditOrigin() + ")");
        status.endpoints()
                .forEach((name, addresses) ->
                        screen.print("endpoint  " + name + "  " + String.join(", ", addresses)));
        status.nodes()
                .forEach((name, ends) -> {
                    Duration left = Duration.between(InstantSource.system().instant(), ends);
                    String text =
                            left.isNegative()
                                    ? screen.bad("ended")
                                    : left.toMinutes() + " min left, renewed at half-life";
                    screen.print("identity  " + name + "  " + text);
                });
        return Exit.FINE;
    }
}
