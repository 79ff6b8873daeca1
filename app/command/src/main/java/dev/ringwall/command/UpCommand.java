package dev.ringwall.command;

import dev.ringwall.link.HealthServer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs a whole system in one process, its services as children.
@Command(
        name = "up",
        description =
                "Run the declared system here: control plane, gateway, a sidecar for each service, and the services.",
        footer = {"", "Example:", "  ringwall up ringwall.yaml"})
final class UpCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "ringwall.yaml",
            description = "The declaration (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("ringwall.yaml");

    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            description =
                    "Where to keep what must be remembered (default: .ringwall beside the declaration).")
    private @Nullable Path state;

    @Option(
            names = "--door",
            paramLabel = "PORT",
            defaultValue = "8443",
            description =
                    "Port of the public door (default: ${DEFAULT-VALUE}; 0 picks a free one).")
    private int door;

    @Option(
            names = "--control",
            paramLabel = "PORT",
            defaultValue = "8444",
            description =
                    "Port of the control plane (default: ${DEFAULT-VALUE}; 0 picks a free one).")
    private int control;

    @Mixin private HealthOption health = new HealthOption();

    UpCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Exception {
        HeadStart.begin();
        StateFolder folder =
                state == null ? StateFolder.beside(file) : StateFolder.find(Optional.of(state));
        RunningSystem.Plan plan =
                new RunningSystem.Plan(
                        file, folder, door, control, Map.of(), InstantSource.system());
        try (Stopping stopping = Stopping.begin();
                HealthServer watched = health.open(HealthOption.PORT, RunningSystem.PARTS);
                RunningSystem system = RunningSystem.start(plan, screen)) {
            folder.remember();
            system.node().awaitPrograms();
            system.watchedBy(watched);
            system.announce(screen);
            screen.print(String.format("%-10s %s", "health", HealthOption.url(watched)));
            screen.say("running; Ctrl-C stops it");
            stopping.await();
        }
        return Exit.FINE;
    }
}
