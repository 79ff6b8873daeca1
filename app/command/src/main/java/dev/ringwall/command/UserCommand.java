package dev.ringwall.command;

import dev.ringwall.link.Operating;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Accounts of people.
@Command(
        name = "user",
        description = "Accounts of people: add, list, disable, give a new password.",
        synopsisSubcommandLabel = "add|list|disable|password")
final class UserCommand {

    private final Screen screen;

    UserCommand(Screen screen) {
        this.screen = screen;
    }

    @Command(
            name = "add",
            description =
                    "Make an account. Without --password-stdin a password is made up and shown this once.",
            footer = {"", "Example:", "  ringwall user add ana --role clerk"})
    int add(
            @Mixin SystemOption system,
            @Parameters(paramLabel = "NAME", description = "Who logs in.") String name,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "A role of the declaration; may be repeated.")
                    List<String> roles,
            @Option(
                            names = "--password-stdin",
                            description = "Read the password from standard input.")
                    boolean fromInput) {
        @Nullable String password = fromInput ? PasswordInput.read() : null;
        Operating.CreatedAccount made =
                system.connect()
                        .post(
                                Operating.ACCOUNTS,
                                new Operating.NewAccount(name, roles, password),
                                Operating.CreatedAccount.class);
        screen.print("account   " + made.name() + "  (" + made.id() + ")");
        if (made.password() != null) {
            screen.print("password  " + made.password() + "   shown this once");
        }
        return Exit.FINE;
    }

    @Command(
            name = "list",
            description = "All accounts.",
            footer = {"", "Example:", "  ringwall user list -o json"})
    int list(@Mixin SystemOption system, @Mixin OutputOption output) {
        Operating.Accounts all = system.connect().get(Operating.ACCOUNTS, Operating.Accounts.class);
        output.print(
                screen,
                all,
                List.of("NAME", "ROLES", "STATE", "ID"),
                () ->
                        all.accounts().stream()
                                .map(account ->
                                        List.of(
                                                account.name(),
                                                String.join(",", account.roles()),
                                                account.disabled() ? "disabled" : "active",
                                                account.id()))
                                .toList());
        return Exit.FINE;
    }

    @Command(
            name = "disable",
            description = "Nobody logs in with the account any more, and its tokens end.",
            footer = {"", "Example:", "  ringwall user disable ana"})
    int disable(
            @Mixin SystemOption system,
            @Parameters(paramLabel = "NAME", description = "Who logs in.") String name) {
        system.connect().post(Operating.ACCOUNTS_DISABLE, new Operating.Named(name));
        screen.print("disabled  " + name);
        return Exit.FINE;
    }

    @Command(
            name = "password",
            description = "Give the account a new password, read from standard input.",
            footer = {"", "Example:", "  ringwall user password ana < password.txt"})
    int password(
            @Mixin SystemOption system,
            @Parameters(paramLabel = "NAME", description = "Who logs in.") String name) {
        system.connect()
                .post(
                        Operating.ACCOUNTS_PASSWORD,
                        new Operating.NewPassword(name, PasswordInput.read()));
        screen.print("changed   " + name);
        return Exit.FINE;
    }
}
