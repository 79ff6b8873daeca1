package dev.ringwall.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The inventory of commands.
@Command(
        name = "ringwall",
        description =
                "One file that describes a microservice system becomes that system guarded, watched and proven.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fine",
            "1:findings, or something was refused",
            "2:unusable input",
            "70:our own fault"
        },
        subcommands = {
            CheckCommand.class,
            CanCommand.class,
            WhoCanCommand.class,
            PlanCommand.class,
            InitCommand.class,
            UpCommand.class,
            DemoCommand.class,
            ControlCommand.class,
            NodeCommand.class,
            PublishCommand.class,
            CallCommand.class,
            TokenCommand.class,
            WhyCommand.class,
            WatchCommand.class,
            AuditCommand.class,
            ProveCommand.class,
            UserCommand.class,
            KeyCommand.class,
            ClientCommand.class,
            IdentityCommand.class,
            SecretCommand.class,
            RotateCommand.class,
            JoinTokenCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            CompletionCommand.class
        })
final class Ringwall implements Runnable {

    private static final String[] BEGINNING = {
        "",
        "Begin with:",
        "  ringwall demo                               the example shop, guarded",
        "  ringwall init --from docker-compose.yml     a declaration of your own system",
        "  ringwall check                              what is wrong with it",
        "  ringwall up                                 run it",
        "",
        "Every command says more with --help."
    };

    @Spec private CommandSpec spec = CommandSpec.create();

    private Ringwall() {}

    /// Runs one command; returns its exit code.
    static int run(Screen screen, String... arguments) {
        return line(screen).execute(arguments);
    }

    /// All commands, as that screen shows them.
    static CommandLine line(Screen screen) {
        CommandLine line = new CommandLine(new Ringwall(), new Commands(screen));
        line.setOut(new PrintWriter(screen.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(screen.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(
                        screen.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, _, _) -> Failure.told(screen, failure));
        line.getCommandSpec()
                .usageMessage()
                .footer(BEGINNING); // an annotation would give it to each command
        line.setParameterExceptionHandler(new Complaints(screen));
        return line;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
