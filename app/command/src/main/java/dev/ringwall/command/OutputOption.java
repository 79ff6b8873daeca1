package dev.ringwall.command;

import dev.ringwall.link.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/// How a command that prints data prints it: `-o text` for people, `-o json` for programs.
final class OutputOption {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    /// What is asked for.
    Format format() {
        return format;
    }

    /// Prints the value as JSON, or else the lines for people, which are not made where nobody reads them.
    void print(Screen screen, Object value, Supplier<List<String>> lines) {
        switch (format) {
            case JSON -> json(screen, value);
            case TEXT -> lines.get().forEach(screen::print);
        }
    }

    /// Prints the value as JSON, or else the rows of it under headings.
    void print(
            Screen screen, Object value, List<String> headings, Supplier<List<List<String>>> rows) {
        switch (format) {
            case JSON -> json(screen, value);
            case TEXT -> Table.print(screen, headings, rows.get());
        }
    }

    private static void json(Screen screen, Object value) {
        screen.print(new String(Json.write(value), StandardCharsets.UTF_8));
    }
}
