package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// `docs/reference/commands.md` is what `--help` prints. `-Dringwall.golden=write` writes it anew.
final class CommandsDocumentTest {

    private static final Path DOCUMENT =
            Path.of("..", "..", "docs", "reference", "commands.md").normalize();

    private static final String OPENING =
            """
            # Commands

            Results go to standard output, progress and complaints to standard error. Exit codes: 0 fine, 1 findings or something was refused,
            2 unusable input, 70 our own fault. `NO_COLOR` and a pipe take the colour away. `ringwall completion` prints the completion for bash,
            zsh and fish: `source <(./ringwall completion bash)`.

            What follows is what `--help` prints.
            """;

    private static final CommandLine RINGWALL =
            Ringwall.line(
                    new Screen(
                            new PrintStream(PrintStream.nullOutputStream()),
                            new PrintStream(PrintStream.nullOutputStream()),
                            false));

    @Test
    void theDocumentIsWhatHelpPrints() throws IOException {
        StringBuilder document = new StringBuilder(OPENING);
        commands(RINGWALL).forEach(command -> document.append(section(command)));
        if (System.getProperty("ringwall.golden", "").equals("write")) {
            Files.writeString(DOCUMENT, document);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(document.toString());
    }

    @Test
    void everyCommandThatDoesSomethingShowsAnExample() {
        assertThat(commands(RINGWALL))
                .filteredOn(command -> command.getSubcommands().isEmpty())
                .allSatisfy(command ->
                        assertThat(command.getUsageMessage())
                                .as(command.getCommandSpec().qualifiedName())
                                .containsPattern(
                                        "(?s)Examples?:\\R.*"
                                                + command.getCommandSpec().qualifiedName()));
    }

    @Test
    void everyOptionAndParameterIsDescribed() {
        assertThat(commands(RINGWALL))
                .flatExtracting(command -> command.getCommandSpec().args())
                .allSatisfy(argument ->
                        assertThat(argument.description()).as(argument.toString()).isNotEmpty());
    }

    private static List<CommandLine> commands(CommandLine from) {
        List<CommandLine> commands = new ArrayList<>(List.of(from));
        from.getSubcommands().values().stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .forEach(command -> commands.addAll(commands(command)));
        return commands;
    }

    private static String section(CommandLine command) {
        return "\n## %s\n\n```text\n%s\n```\n"
                .formatted(
                        command.getCommandSpec().qualifiedName(),
                        command.getUsageMessage(CommandLine.Help.Ansi.OFF).stripTrailing());
    }
}
