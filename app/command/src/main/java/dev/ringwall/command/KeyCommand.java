package dev.ringwall.command;

import dev.ringwall.link.Operating;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// API keys of programs.
@Command(
        name = "key",
        description = "API keys of programs: add, list, revoke.",
        synopsisSubcommandLabel = "add|list|revoke")
final class KeyCommand {

    private final Screen screen;

    KeyCommand(Screen screen) {
        this.screen = screen;
    }

    @Command(
            name = "add",
            description =
                    "Make a key for a role with `login: api-key`. It is shown this once; only its hash is kept.",
            footer = {"", "Example:", "  ringwall key add --role warehouse"})
    int add(
            @Mixin SystemOption system,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "The role that the key holds.")
                    String role) {
        Operating.CreatedKey made =
                system.connect()
                        .post(
                                Operating.KEYS,
                                new Operating.NewKey(role),
                                Operating.CreatedKey.class);
        screen.print("key      " + made.key() + "   shown this once");
        screen.print("id       " + made.id());
        screen.print("expires  " + (made.expires() == null ? "never" : made.expires()));
        return Exit.FINE;
    }

    @Command(
            name = "list",
            description = "All keys, without the keys themselves.",
            footer = {"", "Example:", "  ringwall key list -o json"})
    int list(@Mixin SystemOption system, @Mixin OutputOption output) {
        Operating.Keys all = system.connect().get(Operating.KEYS, Operating.Keys.class);
        output.print(
                screen,
                all,
                List.of("ID", "ROLE", "STATE", "EXPIRES"),
                () ->
                        all.keys().stream()
                                .map(key ->
                                        List.of(
                                                key.id(),
                                                key.role(),
                                                key.revoked() ? "revoked" : "active",
                                                key.expires() == null
                                                        ? "never"
                                                        : key.expires().toString()))
                                .toList());
        return Exit.FINE;
    }

    @Command(
            name = "revoke",
            description = "The key is accepted no more.",
            footer = {"", "Example:", "  ringwall key revoke ID"})
    int revoke(
            @Mixin SystemOption system,
            @Parameters(paramLabel = "ID", description = "The id that `key list` shows.")
                    String id) {
        system.connect().post(Operating.KEYS_REVOKE, new Operating.Named(id));
        screen.print("revoked  " + id);
        return Exit.FINE;
    }
}
