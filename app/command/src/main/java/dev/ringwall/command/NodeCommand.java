package dev.ringwall.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs a node alone. Where nothing is wrong with the line, [NodeOptions#plain] has read it before and this is not asked; it says what is wrong, and
/// helps.
@Command(
        name = "node",
        description = "Run a node: the public gateway, or the sidecar of one or more services.",
        footer = {
            "",
            "Examples:",
            "  ringwall join-token gateway > token && ringwall node gateway --join token --state /var/lib/ringwall",
            "  ringwall node orders payments --join token --run --folder /srv/shop"
        })
final class NodeCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME",
            description = "What it is: gateway, or services.")
    private List<String> names = List.of();

    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            defaultValue = NodeOptions.STATE,
            description = "Where to keep what must be remembered (default: ${DEFAULT-VALUE}).")
    private Path state = Path.of(NodeOptions.STATE);

    @Option(
            names = "--join",
            paramLabel = "FILE",
            description = "A file that holds the join token; needed the first time.")
    private @Nullable Path join;

    @Option(
            names = "--control",
            paramLabel = "URL",
            description =
                    "Where the control plane answers (default: what the join token says, and what it said the last time).")
    private @Nullable URI control;

    @Option(
            names = "--door",
            paramLabel = "HOST:PORT",
            defaultValue = NodeOptions.DOOR,
            description =
                    "Where the public door listens, for the gateway (default: ${DEFAULT-VALUE}).")
    private String door = "";

    @Option(
            names = "--inside",
            paramLabel = "HOST",
            defaultValue = NodeOptions.INSIDE,
            description =
                    "The address on which its sidecars listen for other nodes (default: ${DEFAULT-VALUE}).")
    private String inside = "";

    @Option(names = "--run", description = "Also run its services.")
    private boolean run;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            defaultValue = NodeOptions.FOLDER,
            description = "Where the services' commands are started (default: here).")
    private Path folder = Path.of(NodeOptions.FOLDER);

    @Mixin private HealthOption health = new HealthOption();

    NodeCommand(Screen screen) {
        this.screen = screen;
    }

    /// What the command line says.
    NodeOptions options() {
        return new NodeOptions(
                names,
                state,
                Optional.ofNullable(join),
                Optional.ofNullable(control),
                door,
                inside,
                run ? Optional.of(folder) : Optional.empty(),
                health.told());
    }

    @Override
    public Integer call() throws Exception {
        return NodeAlone.run(screen, options());
    }
}
