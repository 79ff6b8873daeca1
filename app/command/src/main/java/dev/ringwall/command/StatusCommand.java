package dev.ringwall.command;

import dev.ringwall.link.Json;
import dev.ringwall.link.Operating;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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

    /// A node says how it is every five seconds.
    private static final Duration LATE_AFTER = Duration.ofSeconds(30);

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
        status.nodes().forEach(node -> show(node, status.bundle()));
        return Exit.FINE;
    }

    private void show(Operating.Node node, long newest) {
        Instant now = InstantSource.system().instant();
        screen.print("node      " + node.name() + "  carries " + String.join(", ", node.carries()));
        if (node.lastSeen() == null) {
            screen.print("          " + screen.bad("not seen since the control plane was started"));
            return;
        }
        Duration ago = Duration.between(node.lastSeen(), now);
        String seen = "seen " + Math.max(0, ago.toSeconds()) + " s ago";
        screen.print(
                "          bundle "
                        + node.bundle()
                        + (node.bundle() < newest ? " (newest: " + newest + ")" : "")
                        + ", "
                        + (ago.compareTo(LATE_AFTER) > 0 ? screen.bad(seen) : seen)
                        + ", spool "
                        + node.spooled()
                        + " events");
        node.certificates()
                .forEach((name, ends) ->
                        screen.print("          certificate  " + name + "  " + left(now, ends)));
    }

    private String left(Instant now, Instant ends) {
        Duration left = Duration.between(now, ends);
        return left.isNegative()
                ? screen.bad("ended")
                : left.toMinutes() + " min left, renewed at half-life";
    }
}
