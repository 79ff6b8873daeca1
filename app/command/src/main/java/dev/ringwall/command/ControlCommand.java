package dev.ringwall.command;

import dev.ringwall.control.ControlPlane;
import dev.ringwall.control.ControlSettings;
import dev.ringwall.control.Declared;
import dev.ringwall.link.HealthServer;
import java.net.URI;
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

/// Runs a control plane alone.
@Command(
        name = "control",
        description =
                "Run the control plane alone: declaration, certificate authority, identity provider and audit log. Nodes join it.",
        footer = {
            "",
            "Examples:",
            "  ringwall control ringwall.yaml --listen 10.0.0.5:8444 --door https://shop.example.com",
            "  ringwall control ringwall.yaml --database postgresql://ringwall@db.example.com/shop"
        })
final class ControlCommand implements Callable<Integer> {

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
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8444",
            description = "Where nodes and the command line reach it (default: ${DEFAULT-VALUE}).")
    private String listen = "";

    @Option(
            names = "--door",
            paramLabel = "URL",
            defaultValue = "https://localhost:8443",
            description = "The public door as callers see it (default: ${DEFAULT-VALUE}).")
    private URI door = URI.create("https://localhost:8443");

    @Mixin private DatabaseOption database = new DatabaseOption();

    @Mixin private HealthOption health = new HealthOption();

    ControlCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Exception {
        HeadStart.ofControl();
        Declared declared = Loading.declared(file, screen);
        StateFolder folder =
                (state == null ? StateFolder.beside(file) : StateFolder.find(Optional.of(state)))
                        .create();
        LogFile.open(folder.log());
        ControlSettings settings =
                new ControlSettings(
                        folder.control(),
                        database.server(),
                        folder.operator(),
                        file.toString(),
                        Addresses.parse(listen),
                        door,
                        Unlocking.secretFor(folder, declared.blueprint().system()),
                        InstantSource.system());
        try (Stopping stopping = Stopping.begin();
                HealthServer watched = health.open(HealthOption.CONTROL_PORT, List.of("control"));
                ControlPlane control = RunningSystem.startControl(settings, declared)) {
            watched.watch("control", control.health());
            folder.declaration(file);
            folder.remember();
            screen.print(String.format("%-10s %s", "control", control.address()));
            stopping.await();
            return Exit.FINE;
        }
    }
}
