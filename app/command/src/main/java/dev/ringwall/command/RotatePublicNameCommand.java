package dev.ringwall.command;

import dev.ringwall.link.Certifying;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Another certificate of the public name (RFC 8555), and the end of the one before (§7.6).
@Command(
        name = "public-name",
        description =
                "Get another certificate with another key for the public name, now, from the authority that the declaration names. With --revoke the"
                        + " authority also declares the one before void: at once, before there is another.",
        footer = {
            "",
            "Examples:",
            "  ringwall rotate public-name",
            "  ringwall rotate public-name --revoke key-compromise    what would be revoked",
            "  ringwall rotate public-name --revoke key-compromise --yes    it is void"
        })
final class RotatePublicNameCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin private SystemOption system = new SystemOption();

    @Mixin private OutputOption output = new OutputOption();

    @Option(
            names = "--revoke",
            paramLabel = "REASON",
            completionCandidates = Reasons.class,
            description = "Why the one before is void: ${COMPLETION-CANDIDATES}.")
    private @Nullable String reason;

    @Option(names = "--yes", description = "Revoke it. It cannot be undone.")
    private boolean yes;

    /// What `--revoke` takes.
    static final class Reasons implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Certifying.REASONS.iterator();
        }
    }

    RotatePublicNameCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Certifying.Certificate now =
                system.connect()
                        .post(
                                Certifying.PUBLIC_NAME,
                                new Certifying.NewCertificate(reason, yes),
                                Certifying.Certificate.class);
        output.print(screen, now, () -> lines(now));
        return now.revoked().equals("refused") || asksOnly() ? Exit.FINDINGS : Exit.FINE;
    }

    private boolean asksOnly() {
        return reason != null && !yes;
    }

    private List<String> lines(Certifying.Certificate now) {
        List<String> lines = new ArrayList<>();
        if (asksOnly()) {
            lines.add("there is  " + now.certificate() + "   until " + now.ends());
            lines.add("nothing was revoked; add --yes to do it, which cannot be undone");
            return lines;
        }
        switch (now.revoked()) {
            case "yes" -> lines.add("revoked   " + now.certificate() + "   " + reason);
            case "refused" ->
                    lines.add(
                            "refused   "
                                    + now.certificate()
                                    + " is not revoked: "
                                    + now.authority()
                                    + " "
                                    + now.lacking());
            case "not yet" ->
                    lines.add(
                            "not yet   "
                                    + now.certificate()
                                    + " is revoked as soon as "
                                    + now.authority()
                                    + " can be asked"
                                    + (now.lacking() == null ? "" : ": it " + now.lacking()));
            default -> {}
        }
        lines.add(
                now.by() == null
                        ? "not yet   another is asked for; `ringwall doctor` says what is the matter"
                        : "rotated   " + now.certificate() + " → " + now.by());
        return lines;
    }
}
