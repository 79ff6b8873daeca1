package dev.ringwall.command;

import dev.ringwall.model.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Looks at everything that must be right for a system to run here.
@Command(
        name = "doctor",
        description =
                "Look at this machine, the declaration and the running system: what is well, what is not, and what to do about it.",
        footer = {
            "",
            "Examples:",
            "  ringwall doctor",
            "  ringwall doctor shop/ringwall.yaml -o json"
        })
final class DoctorCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "ringwall.yaml",
            description =
                    "The declaration, or a folder with a ringwall.yaml (default: ${DEFAULT-VALUE}, where there is one).")
    private Path file = Path.of("ringwall.yaml");

    @Mixin private SystemOption system = new SystemOption();

    @Mixin private OutputOption output = new OutputOption();

    DoctorCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Checkup.Notes notes = new Checkup.Notes();
        Meant meant = meant();
        MachineCheckup.on(notes.group("machine"), meant.state);
        declaration(notes.group("declaration"));
        if (meant.state != null) {
            new SystemCheckup(meant.state, InstantSource.system()).on(notes);
        } else {
            notes.group("running system").warn("none is known here", meant.otherwise);
        }
        Checkup checkup = notes.checkup();
        output.print(screen, checkup, () -> checkup.lines(screen));
        return checkup.worst() == Checkup.Found.State.FAILED ? Exit.FINDINGS : Exit.FINE;
    }

    /// The running system's folder, or why there is none: that nothing was ever started is no fault.
    private record Meant(@Nullable StateFolder state, String otherwise) {}

    private Meant meant() {
        if (system.named()) {
            return new Meant(system.folder(), "");
        }
        try {
            return new Meant(system.folder(), "");
        } catch (Unusable nothing) {
            return new Meant(null, String.valueOf(nothing.getMessage()));
        }
    }

    private void declaration(Checkup.Notes notes) {
        if (!Files.exists(file)) {
            notes.warn("there is no " + file, "write a first one with `ringwall init`, or name it");
            return;
        }
        Loading loading = Loading.of(file);
        long findings =
                loading.problems().stream()
                        .filter(problem -> problem.severity() != Problem.Severity.NOTE)
                        .count();
        if (loading.declared().isEmpty()) {
            notes.fail(
                    file + " does not load: " + counted(findings, "problem"),
                    "ringwall check " + file);
        } else if (findings > 0) {
            notes.warn(
                    file + " loads, with " + counted(findings, "warning"),
                    "ringwall check " + file);
        } else {
            notes.good(file + " loads");
        }
    }

    private static String counted(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
