package dev.ringwall.command;

import dev.ringwall.link.Operating;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Rotates the keys that sign tokens, or what an authority outside knows of us.
@Command(
        name = "rotate",
        description =
                "Rotate the key that signs tokens, now. Tokens that are out stay good until they expire. Or rotate what is named.",
        synopsisSubcommandLabel = "[public-name|acme-account]",
        subcommands = {RotatePublicNameCommand.class, RotateAcmeAccountCommand.class},
        footer = {
            "",
            "Examples:",
            "  ringwall rotate",
            "  ringwall rotate public-name",
            "  ringwall rotate acme-account"
        })
final class RotateCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin private SystemOption system = new SystemOption();

    RotateCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        system.connect().post(Operating.ROTATE, new Operating.Named("token-keys"));
        screen.print("rotated  token keys");
        return Exit.FINE;
    }
}
