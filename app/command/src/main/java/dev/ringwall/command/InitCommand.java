package dev.ringwall.command;

import dev.ringwall.reading.Init;
import dev.ringwall.reading.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Writes a first declaration.
@Command(
        name = "init",
        description =
                "Write a first ringwall.yaml: a small example, or what a Compose file or an OpenAPI document says.",
        footer = {
            "",
            "Examples:",
            "  ringwall init",
            "  ringwall init --from docker-compose.yml",
            "  ringwall init --from openapi.yaml"
        })
final class InitCommand implements Callable<Integer> {

    private static final String FILE = "ringwall.yaml";

    private final Screen screen;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "docker-compose.yml, or an OpenAPI 3 document in YAML or JSON.")
    private @Nullable Path from;

    InitCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Path here = Path.of("").toAbsolutePath();
        Path file = here.resolve(FILE);
        if (Files.exists(file)) {
            throw new Unusable(
                    FILE
                            + " is there already, and is left as it is; take it away first, or go elsewhere");
        }
        String folder = String.valueOf(here.getFileName());
        try {
            if (from == null) {
                write(file, Init.fresh(folder));
                return Exit.FINE;
            }
            if (!Files.isRegularFile(from)) {
                throw new Unusable(
                        "there is no file `"
                                + from
                                + "` (expected: a docker-compose.yml, or an OpenAPI 3 document)");
            }
            String text = Files.readString(from);
            String name = from.toString();
            boolean openApi = text.contains("openapi");
            Init.Outcome outcome =
                    openApi
                            ? Init.fromOpenApi(folder, name, text)
                            : Init.fromCompose(folder, name, text);
            return switch (outcome) {
                case Init.Outcome.Unreadable unreadable -> {
                    screen.err()
                            .print(
                                    Reports.text(
                                            unreadable.problems(), java.util.Map.of(name, text)));
                    yield Exit.UNUSABLE;
                }
                case Init.Outcome.Written written -> {
                    write(file, written.declaration());
                    yield Exit.FINE;
                }
            };
        } catch (IOException unreadable) {
            throw new Unusable(
                    "cannot read `" + from + "` as UTF-8 text, or cannot write " + file,
                    unreadable);
        }
    }

    private void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        screen.print("wrote  " + FILE);
        screen.say("next: ringwall check");
    }
}
