package dev.ringwall.command;

import dev.ringwall.control.Declared;
import dev.ringwall.link.Operating;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Brings another declaration into force while the system runs.
@Command(
        name = "publish",
        description =
                "Bring a changed declaration into force while the system runs. Nodes follow within seconds; services that did not change go on.",
        footer = {
            "",
            "Example:",
            "  ringwall plan old.yaml ringwall.yaml && ringwall publish ringwall.yaml"
        })
final class PublishCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "ringwall.yaml",
            description = "The declaration (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("ringwall.yaml");

    @Mixin private SystemOption system = new SystemOption();

    PublishCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Exception {
        Declared declared = Loading.declared(file, screen);
        Operating.Status status =
                system.connect()
                        .post(
                                Operating.DECLARATION,
                                new Operating.NewDeclaration(declared.entry(), declared.files()),
                                Operating.Status.class);
        system.folder().declaration(file);
        screen.print("published  " + file + " as bundle " + status.bundle());
        return Exit.FINE;
    }
}
