package dev.ringwall.command;

import dev.ringwall.model.Problem;
import dev.ringwall.reading.Reports;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Finds every problem of a declaration.
@Command(
        name = "check",
        description =
                "Find every problem of a declaration: form, contradictions, and what a security reviewer would ask.",
        footer = {
            "",
            "Examples:",
            "  ringwall check",
            "  ringwall check shop/ringwall.yaml -o sarif > findings.sarif"
        })
final class CheckCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "ringwall.yaml",
            description = "The declaration (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("ringwall.yaml");

    @Option(
            names = "-o",
            paramLabel = "FORMAT",
            defaultValue = "TEXT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private ReportFormat format = ReportFormat.TEXT;

    /// The form of a report on problems.
    enum ReportFormat {
        TEXT,
        JSON,
        SARIF
    }

    CheckCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Loading loading = Loading.of(file);
        switch (format) {
            case JSON -> screen.out().print(Reports.json(loading.problems()));
            case SARIF ->
                    screen.out()
                            .print(
                                    Reports.sarif(
                                            loading.problems(),
                                            loading.sources(),
                                            Version.number()));
            case TEXT -> text(loading);
        }
        if (loading.sources().isEmpty()) {
            return Exit.UNUSABLE;
        }
        return loading.problems().stream()
                        .anyMatch(problem -> problem.severity() != Problem.Severity.NOTE)
                ? Exit.FINDINGS
                : Exit.FINE;
    }

    private void text(Loading loading) {
        screen.out().print(Reports.text(loading.problems(), loading.sources()));
        long errors = count(loading, Problem.Severity.ERROR);
        long warnings = count(loading, Problem.Severity.WARNING);
        long notes = count(loading, Problem.Severity.NOTE);
        String counts = errors + " errors, " + warnings + " warnings, " + notes + " notes";
        screen.print(
                errors > 0
                        ? screen.bad("does not load") + "  " + counts
                        : screen.good("loads") + "  " + counts);
    }

    private static long count(Loading loading, Problem.Severity severity) {
        return loading.problems().stream()
                .filter(problem -> problem.severity() == severity)
                .count();
    }
}
