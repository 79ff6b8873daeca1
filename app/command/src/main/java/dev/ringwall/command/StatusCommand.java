package dev.ringwall.command;

import dev.ringwall.link.Operating;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Shows how a running system is.
@Command(
        name = "status",
        description =
                "Show how the running system is: bundle, log, nodes and how long their certificates last.",
        footer = {"", "Example:", "  ringwall status"})
final class StatusCommand implements Callable<Integer> {

    /// A node says how it is every five seconds.
    /// Longer times are told in days.
    private static final Duration DAYS_FROM = Duration.ofDays(2);

    private static final Duration LATE_AFTER = Duration.ofSeconds(30);

    private final Screen screen;

    @Mixin private SystemOption system = new SystemOption();

    @Mixin private OutputOption output = new OutputOption();

    StatusCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Operating.Status status = system.connect().get(Operating.STATUS, Operating.Status.class);
        output.print(screen, status, () -> lines(status));
        return Exit.FINE;
    }

    private List<String> lines(Operating.Status status) {
        List<String> lines = new ArrayList<>();
        lines.add("system    " + status.system() + "  " + status.declaration());
        lines.add("door      " + status.door());
        lines.add("bundle    " + status.bundle() + ", roster " + status.roster());
        lines.add("audit     tree size " + status.treeSize() + "  (" + status.auditOrigin() + ")");
        status.endpoints()
                .forEach((name, addresses) ->
                        lines.add("endpoint  " + name + "  " + String.join(", ", addresses)));
        status.nodes().forEach(node -> show(node, status.bundle(), lines));
        return lines;
    }

    private void show(Operating.Node node, long newest, List<String> lines) {
        Instant now = InstantSource.system().instant();
        lines.add(
                "node      "
                        + node.name()
                        + "  carries "
                        + String.join(", ", node.carries())
                        + "  (instance "
                        + node.instance()
                        + ")");
        if (node.lastSeen() == null) {
            lines.add("          " + screen.bad("not seen since the control plane was started"));
            return;
        }
        Duration ago = Duration.between(node.lastSeen(), now);
        String seen = "seen " + Math.max(0, ago.toSeconds()) + " s ago";
        lines.add(
                "          bundle "
                        + node.bundle()
                        + (node.bundle() < newest ? " (newest: " + newest + ")" : "")
                        + ", "
                        + (ago.compareTo(LATE_AFTER) > 0 ? screen.bad(seen) : seen)
                        + ", spool "
                        + node.spooled()
                        + " events");
        node.problems().forEach(problem -> lines.add("          " + screen.bad(problem)));
        node.certificates()
                .forEach((name, ends) ->
                        lines.add("          certificate  " + name + "  " + left(now, ends)));
    }

    private String left(Instant now, Instant ends) {
        Duration left = Duration.between(now, ends);
        return left.isNegative()
                ? screen.bad("ended")
                : (left.compareTo(DAYS_FROM) > 0
                                ? left.toDays() + " days"
                                : left.toMinutes() + " min")
                        + " left, renewed at half-life";
    }
}
