package dev.ringwall.command;

import dev.ringwall.link.Administering;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Erases one person (GDPR art. 17).
@Command(
        name = "erase",
        description =
                "Erase all that is kept about one person, and end all that is signed in. The audit log keeps a receipt, and of the person only"
                        + " an id. Without --yes it is only said how much there is.",
        footer = {
            "",
            "Example:",
            "  ringwall user erase ana          how much there is",
            "  ringwall user erase ana --yes    it is gone"
        })
final class UserEraseCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin private SystemOption system = new SystemOption();

    @Mixin private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "NAME", description = "Who logs in.")
    private String name = "";

    @Option(names = "--yes", description = "Do it. It cannot be undone.")
    private boolean yes;

    UserEraseCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Administering.Erased erased =
                system.connect()
                        .post(
                                Administering.ERASE,
                                new Administering.Erasure(name, yes),
                                Administering.Erased.class);
        output.print(screen, erased, () -> lines(erased));
        return yes ? Exit.FINE : Exit.FINDINGS;
    }

    private List<String> lines(Administering.Erased erased) {
        List<String> lines = new ArrayList<>();
        lines.add((yes ? "erased   " : "there is ") + " " + name + "  (" + erased.id() + ")");
        for (Map.Entry<String, Integer> rows : new TreeMap<>(erased.rows()).entrySet()) {
            if (rows.getValue() > 0) {
                lines.add("  " + rows.getKey() + "  " + rows.getValue());
            }
        }
        lines.add(
                yes
                        ? "receipt   " + erased.receipt() + "   in the audit log"
                        : "nothing was erased; add --yes to do it, which cannot be undone");
        return lines;
    }
}
