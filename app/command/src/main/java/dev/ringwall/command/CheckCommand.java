package dev.ringwall.command;

import dev.ringwall.model.Line;
import dev.ringwall.model.Problem;
import dev.ringwall.reading.Reports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
            "  ringwall check shop billing",
            "  ringwall check shop/ringwall.yaml -o sarif > findings.sarif"
        })
final class CheckCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            defaultValue = "ringwall.yaml",
            description =
                    "Declarations, or folders with a ringwall.yaml (default: ${DEFAULT-VALUE}).")
    private List<Path> files = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ReportFormat format = ReportFormat.TEXT;

    /// The form of a report on problems.
    enum ReportFormat {
        TEXT,
        JSON,
        SARIF;

        /// As it is written on the command line.
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    CheckCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        List<Problem> problems = new ArrayList<>();
        Map<String, String> sources = new TreeMap<>();
        boolean unread = false;
        for (Path file : files) {
            Loading loading = Loading.of(file);
            Path folder = DeclarationFile.at(file).getParent();
            loading.problems().forEach(problem -> problems.add(placed(problem, folder)));
            loading.sources().forEach((name, text) -> sources.put(placed(name, folder), text));
            unread |= loading.sources().isEmpty();
        }
        switch (format) {
            case JSON -> screen.out().print(Reports.json(problems));
            case SARIF -> screen.out().print(Reports.sarif(problems, sources, Version.number()));
            case TEXT -> text(problems, sources);
        }
        if (unread) {
            return Exit.UNUSABLE;
        }
        return problems.stream().anyMatch(problem -> problem.severity() != Problem.Severity.NOTE)
                ? Exit.FINDINGS
                : Exit.FINE;
    }

    /// The problem in the file as it is named from here, which is where editors and code hosts look for it.
    private static Problem placed(Problem problem, @Nullable Path folder) {
        Line line = problem.line();
        return new Problem(
                problem.rule(),
                problem.severity(),
                new Line(placed(line.file(), folder), line.number(), line.column()),
                problem.message(),
                problem.remedy());
    }

    private static String placed(String name, @Nullable Path folder) {
        return folder == null || name.equals(Line.BUILT_IN.file())
                ? name
                : folder.resolve(name).normalize().toString().replace('\\', '/');
    }

    private void text(List<Problem> problems, Map<String, String> sources) {
        screen.out().print(Reports.text(problems, sources));
        long errors = count(problems, Problem.Severity.ERROR);
        String counts =
                String.join(
                        ", ",
                        counted(errors, "error"),
                        counted(count(problems, Problem.Severity.WARNING), "warning"),
                        counted(count(problems, Problem.Severity.NOTE), "note"));
        screen.print(
                errors > 0
                        ? screen.bad("does not load") + "  " + counts
                        : screen.good("loads") + "  " + counts);
    }

    private static String counted(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    private static long count(List<Problem> problems, Problem.Severity severity) {
        return problems.stream().filter(problem -> problem.severity() == severity).count();
    }
}
