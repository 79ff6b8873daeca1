package dev.ringwall.command;

import dev.ringwall.link.Operating;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Credentials of third parties.
@Command(
        name = "secret",
        description =
                "Credentials of third parties, added by the sidecar on the way out: set, list.",
        synopsisSubcommandLabel = "set|list")
final class SecretCommand {

    private final Screen screen;

    SecretCommand(Screen screen) {
        this.screen = screen;
    }

    @Command(
            name = "set",
            description =
                    "Keep a credential, read from standard input, and wait until the nodes use it.",
            footer = {"", "Example:", "  ringwall secret set stripe-key < stripe-key.txt"})
    int set(
            @Mixin SystemOption system,
            @Parameters(
                            paramLabel = "NAME",
                            description = "The `secret` of a third party in the declaration.")
                    String name) {
        Operating.SecretKept kept =
                system.connect()
                        .post(
                                Operating.SECRETS,
                                new Operating.NewSecret(name, PasswordInput.read()),
                                Operating.SecretKept.class);
        screen.print(
                "kept  "
                        + name
                        + (kept.inUse() ? "" : "  (not every node that is there has it yet)"));
        return Exit.FINE;
    }

    @Command(
            name = "list",
            description = "The names of the credentials that are kept, never the credentials.",
            footer = {"", "Example:", "  ringwall secret list -o json"})
    int list(@Mixin SystemOption system, @Mixin OutputOption output) {
        Operating.Secrets all = system.connect().get(Operating.SECRETS, Operating.Secrets.class);
        output.print(
                screen, all, List.of("NAME"), () -> all.names().stream().map(List::of).toList());
        return Exit.FINE;
    }
}
