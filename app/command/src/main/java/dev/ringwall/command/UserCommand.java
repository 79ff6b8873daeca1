package dev.ringwall.command;

import dev.ringwall.link.Holding;
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
        description =
                "Accounts of people: add, invite, list, disable, give a new password; what they show besides it, and where they are signed in;"
                        + " export, erase, import.",
        synopsisSubcommandLabel =
                "add|invite|list|disable|password|factors|sessions|links|export|erase|import",
        subcommands = {
            UserLinksCommand.class,
            UserExportCommand.class,
            UserEraseCommand.class,
            UserImportCommand.class
        })
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
            name = "invite",
            description =
                    "Write to somebody who shall make an account; the letter has a code that is good for 7 days.",
            footer = {"", "Example:", "  ringwall user invite ana@example.com --role clerk"})
    int invite(
            @Mixin SystemOption system,
            @Parameters(paramLabel = "MAIL", description = "Where the letter goes.") String mail,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "A role of the declaration; may be repeated.")
                    List<String> roles) {
        system.connect().post(Operating.ACCOUNTS_INVITE, new Operating.Invitation(mail, roles));
        screen.print("invited   " + mail);
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

    @Command(
            name = "factors",
            description =
                    "What the account shows besides its password, and the browsers where it need not. With --remove it has none of it any more, and"
                            + " every login of it ends.",
            footer = {
                "",
                "Examples:",
                "  ringwall user factors ana",
                "  ringwall user factors ana --remove",
                "  ringwall user factors ana --remove --only 01JD0000000000000000000000"
            })
    int factors(
            @Mixin SystemOption system,
            @Mixin OutputOption output,
            @Parameters(paramLabel = "NAME", description = "Who logs in.") String name,
            @Option(
                            names = "--remove",
                            description = "Take all of them away: for who has lost the telephone.")
                    boolean remove,
            @Option(
                            names = {"--only", "--passkey"},
                            paramLabel = "ID",
                            description =
                                    "With --remove: that one only, as the list names it; a browser is forgotten and no login ends.")
                    @Nullable String only) {
        OperatorClient control = system.connect();
        if (remove) {
            Operating.Ended ended =
                    control.post(
                            Holding.FACTORS_REMOVE,
                            new Holding.RemoveFactors(name, only),
                            Operating.Ended.class);
            output.print(
                    screen,
                    ended,
                    () ->
                            List.of(
                                    "removed   " + ended.count() + " of " + name,
                                    "          where a second factor went, every login has ended; whoever knows the password can add an app where there is nothing left"));
            return Exit.FINE;
        }
        Holding.Factors all =
                control.get(Holding.FACTORS + OperatorClient.named(name), Holding.Factors.class);
        output.print(
                screen,
                all,
                List.of("FACTOR", "SINCE", "ID", "LAST USED", "DETAIL"),
                () ->
                        all.factors().stream()
                                .map(factor ->
                                        List.of(
                                                factor.kind(),
                                                factor.since().toString(),
                                                factor.id(),
                                                factor.used() == null
                                                        ? ""
                                                        : factor.used().toString(),
                                                factor.left() == null
                                                        ? factor.name()
                                                        : factor.left() + " left"))
                                .toList());
        return Exit.FINE;
    }

    @Command(
            name = "sessions",
            description =
                    "Where the account is signed in. With --end one login ends, or all, and the tokens that were bought in it.",
            footer = {
                "",
                "Examples:",
                "  ringwall user sessions ana",
                "  ringwall user sessions ana --end all"
            })
    int sessions(
            @Mixin SystemOption system,
            @Mixin OutputOption output,
            @Parameters(paramLabel = "NAME", description = "Who logs in.") String name,
            @Option(
                            names = "--end",
                            paramLabel = "ID|all",
                            description = "The login that ends, as the list names it.")
                    @Nullable String end) {
        OperatorClient control = system.connect();
        if (end != null) {
            Operating.Ended ended =
                    control.post(
                            Operating.ACCOUNTS_LOGINS_END,
                            new Operating.EndLogins(name, end.equals("all") ? null : end),
                            Operating.Ended.class);
            output.print(
                    screen, ended, () -> List.of("ended     " + ended.count() + " of " + name));
            return Exit.FINE;
        }
        Operating.Logins all =
                control.get(
                        Operating.ACCOUNTS_LOGINS + OperatorClient.named(name),
                        Operating.Logins.class);
        output.print(
                screen,
                all,
                List.of("ID", "SINCE", "UNTIL", "BY", "FROM", "BROWSER"),
                () ->
                        all.logins().stream()
                                .map(login ->
                                        List.of(
                                                login.id(),
                                                login.since().toString(),
                                                login.until().toString(),
                                                String.join(",", login.methods()),
                                                login.address(),
                                                login.agent()))
                                .toList());
        return Exit.FINE;
    }
}
