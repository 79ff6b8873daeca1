package dev.ringwall.command;

import dev.ringwall.link.Operating;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a token that lets one node join.
@Command(
        name = "join-token",
        description = "Make a token that lets one node join, once.",
        footer = {
            "",
            "Example:",
            "  ringwall join-token orders payments > token",
            "  ringwall node --join token --run"
        })
final class JoinTokenCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin private SystemOption system = new SystemOption();

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME",
            description = "What the node may be: gateway, or services.")
    private List<String> names = List.of();

    @Option(
            names = "--minutes",
            defaultValue = "15",
            description = "How long it may be used (default: ${DEFAULT-VALUE}).")
    private int minutes;

    JoinTokenCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Operating.JoinTokenMade made =
                system.connect()
                        .post(
                                Operating.JOIN_TOKENS,
                                new Operating.NewJoinToken(names, minutes),
                                Operating.JoinTokenMade.class);
        screen.print(made.token());
        screen.say("good once, until " + made.expires());
        return Exit.FINE;
    }
}
