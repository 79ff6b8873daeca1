package dev.ringwall.command;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.WhoCan;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says to whom a kind of data can come.
@Command(
        name = "who-can",
        description =
                "Say to whom a kind of data can come: every role, service and third party, by which operation and line.",
        footer = {"", "Example:", "  ringwall who-can contact"})
final class WhoCanCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "DATA", description = "A kind of data of the declaration.")
    private String data = "";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            defaultValue = "ringwall.yaml",
            description = "The declaration (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("ringwall.yaml");

    @Mixin private OutputOption output = new OutputOption();

    /// One way, for programs.
    record Way(String who, String kind, String sentence, String line) {}

    /// All ways, for programs.
    record Ways(String data, List<Way> ways) {}

    WhoCanCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Blueprint blueprint = Loading.declared(file, screen).blueprint();
        if (!blueprint.declaration().data().containsKey(data)) {
            throw Unusable.name("kind of data", data, blueprint.declaration().data().keySet());
        }
        List<Way> ways =
                new WhoCan(blueprint)
                        .see(data).stream()
                                .map(sight ->
                                        new Way(
                                                sight.who(),
                                                sight.kind()
                                                        .name()
                                                        .toLowerCase(java.util.Locale.ROOT),
                                                sight.sentence(),
                                                sight.line().toString()))
                                .toList();
        output.print(
                screen,
                new Ways(data, ways),
                List.of("KIND", "WAY", "LINE"),
                () ->
                        ways.stream()
                                .map(way -> List.of(way.kind(), way.sentence(), way.line()))
                                .toList());
        return Exit.FINE;
    }
}
