package dev.ringwall.command;

import dev.ringwall.keys.JoinToken;
import dev.ringwall.link.HealthServer;
import dev.ringwall.node.Node;
import dev.ringwall.node.NodeSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs a node alone.
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
            defaultValue = ".ringwall-node",
            description = "Where to keep what must be remembered (default: ${DEFAULT-VALUE}).")
    private Path state = Path.of(".ringwall-node");

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
            defaultValue = "0.0.0.0:8443",
            description =
                    "Where the public door listens, for the gateway (default: ${DEFAULT-VALUE}).")
    private String door = "";

    @Option(
            names = "--inside",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description =
                    "The address on which its sidecars listen for other nodes (default: ${DEFAULT-VALUE}).")
    private String inside = "";

    @Option(names = "--run", description = "Also run its services.")
    private boolean run;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            defaultValue = ".",
            description = "Where the services' commands are started (default: here).")
    private Path folder = Path.of(".");

    @Mixin private HealthOption health = new HealthOption();

    NodeCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Exception {
        LogFile.open(state.toAbsolutePath().normalize().resolve("log"));
        Optional<String> token = join == null ? Optional.empty() : Optional.of(read(join));
        NodeSettings settings =
                new NodeSettings(
                        state.toAbsolutePath().normalize(),
                        controlAddress(token),
                        token,
                        names,
                        Addresses.parse(door),
                        inside,
                        run
                                ? Optional.of(
                                        new NodeSettings.Programs(
                                                folder.toAbsolutePath().normalize(),
                                                state.toAbsolutePath().resolve("data"),
                                                state.toAbsolutePath().resolve("log"),
                                                state.toAbsolutePath().resolve("archives")))
                                : Optional.empty(),
                        Optional.empty(),
                        InstantSource.system());
        try (Stopping stopping = Stopping.begin();
                HealthServer watched = health.open(HealthOption.PORT, List.of("node"));
                Node node = RunningSystem.startNode(settings)) {
            watched.watch("node", node);
            node.awaitPrograms();
            screen.print(
                    String.format(
                            "%-10s %s, bundle %d",
                            "node", String.join(", ", names), node.bundleNumber()));
            stopping.await();
            return Exit.FINE;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new Unusable("cannot read the join token in " + file, unreadable);
        }
    }

    private URI controlAddress(Optional<String> token) throws IOException {
        Path remembered = state.resolve("control.url");
        URI address;
        if (control != null) {
            address = control;
        } else if (token.isPresent()
                && JoinToken.parse(token.get())
                        instanceof JoinToken.Parsed.Token(JoinToken parsed)) {
            address = URI.create("https://" + parsed.control());
        } else if (Files.exists(remembered)) {
            address = URI.create(Files.readString(remembered).strip());
        } else {
            throw new Unusable(
                    "where is the control plane? (expected: --join FILE the first time, or --control URL)");
        }
        dev.ringwall.link.OwnerFiles.write(remembered, address + "\n");
        return address;
    }
}
