package dev.ringwall.command;

import dev.ringwall.link.Operating;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Machine clients that get tokens by client credentials.
@Command(
        name = "client",
        description = "Machine clients for OAuth client credentials: add, list, revoke.",
        synopsisSubcommandLabel = "add|list|revoke")
final class ClientCommand {

    private final Screen screen;

    ClientCommand(Screen screen) {
        this.screen = screen;
    }

    @Command(
            name = "add",
            description =
                    "Make a client for a role with `login: client`. Its secret is shown this once.",
            footer = {"", "Example:", "  ringwall client add --role reporter"})
    int add(
            @Mixin SystemOption system,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "The role that the client holds.")
                    String role) {
        Operating.CreatedClient made =
                system.connect()
                        .post(
                                Operating.CLIENTS,
                                new Operating.NewKey(role),
                                Operating.CreatedClient.class);
        screen.print("client_id      " + made.id());
        screen.print("client_secret  " + made.secret() + "   shown this once");
        return Exit.FINE;
    }

    @Command(
            name = "list",
            description = "All machine clients, without their secrets.",
            footer = {"", "Example:", "  ringwall client list -o json"})
    int list(@Mixin SystemOption system, @Mixin OutputOption output) {
        Operating.Clients all = system.connect().get(Operating.CLIENTS, Operating.Clients.class);
        output.print(
                screen,
                all,
                List.of("CLIENT", "ROLE", "STATE"),
                () ->
                        all.clients().stream()
                                .map(client ->
                                        List.of(
                                                client.id(),
                                                client.role(),
                                                client.revoked() ? "revoked" : "active"))
                                .toList());
        return Exit.FINE;
    }

    @Command(
            name = "revoke",
            description = "The client gets tokens no more.",
            footer = {"", "Example:", "  ringwall client revoke CLIENT"})
    int revoke(
            @Mixin SystemOption system,
            @Parameters(paramLabel = "CLIENT", description = "Its client_id.") String id) {
        system.connect().post(Operating.CLIENTS_REVOKE, new Operating.Named(id));
        screen.print("revoked  " + id);
        return Exit.FINE;
    }
}
