package dev.ringwall.command;

import dev.ringwall.link.Administering;
import dev.ringwall.link.Operating;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// By which accounts elsewhere a person comes in.
@Command(
        name = "links",
        description =
                "By which accounts at identity providers the person comes in. With --remove no longer by that one, and what stands on it ends.",
        footer = {
            "",
            "Examples:",
            "  ringwall user links ana",
            "  ringwall user links ana --remove acme"
        })
final class UserLinksCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin private SystemOption system = new SystemOption();

    @Mixin private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "NAME", description = "Who logs in.")
    private String name = "";

    @Option(
            names = "--remove",
            paramLabel = "PROVIDER",
            description = "Take the link to that identity provider away.")
    private @Nullable String remove;

    UserLinksCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        String provider = remove;
        OperatorClient control = system.connect();
        if (provider != null) {
            Operating.Ended ended =
                    control.post(
                            Administering.UNLINK,
                            new Administering.Unlinking(name, provider),
                            Operating.Ended.class);
            output.print(
                    screen,
                    ended,
                    () -> List.of("removed   the link of " + name + " to " + provider));
            return Exit.FINE;
        }
        Administering.Links all =
                control.get(
                        Administering.LINKS + OperatorClient.named(name),
                        Administering.Links.class);
        output.print(
                screen,
                all,
                List.of("PROVIDER", "SUBJECT", "SINCE", "ISSUER"),
                () ->
                        all.links().stream()
                                .map(link ->
                                        List.of(
                                                link.provider(),
                                                link.subject(),
                                                link.since().toString(),
                                                link.issuer()))
                                .toList());
        return Exit.FINE;
    }
}
