package dev.ringwall.command;

import dev.ringwall.audit.Finding;
import dev.ringwall.audit.LogVerifier;
import dev.ringwall.audit.Verification;
import dev.ringwall.audit.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The audit log.
@Command(
        name = "audit",
        description = "The audit log: verify it.",
        synopsisSubcommandLabel = "verify")
final class AuditCommand {

    /// Where a control plane writes the public key of its log, in its folder.
    static final String KEY_FILE = "audit.pub";

    /// Where a control plane keeps its log, in its folder.
    static final String LOG_FOLDER = "audit";

    private final Screen screen;

    AuditCommand(Screen screen) {
        this.screen = screen;
    }

    @Command(
            name = "verify",
            description =
                    "Check the whole log from its files and its public key alone. Nothing needs to run, and nothing is changed.",
            footer = {
                "",
                "Examples:",
                "  ringwall audit verify",
                "  ringwall audit verify --log copy/audit --key audit.pub --against checkpoint.last-month"
            })
    int verify(
            @Mixin SystemOption system,
            @Option(
                            names = "--log",
                            paramLabel = "FOLDER",
                            description = "The log (default: that of the system).")
                    @Nullable Path log,
            @Option(
                            names = "--key",
                            paramLabel = "FILE",
                            description = "The log's public key (default: that of the system).")
                    @Nullable Path key,
            @Option(
                            names = "--against",
                            paramLabel = "FILE",
                            description =
                                    "An older checkpoint that somebody kept; the log must still begin with it.")
                    @Nullable Path against) {
        Path folder = log == null ? system.folder().control().resolve(LOG_FOLDER) : log;
        Path keyFile = key == null ? system.folder().control().resolve(KEY_FILE) : key;
        try {
            VerifierKey verifier =
                    VerifierKey.parse(Files.readString(keyFile).strip())
                            .orElseThrow(() ->
                                    new Unusable(
                                            keyFile
                                                    + " holds no key of a log (expected: name+hash+key)"));
            Optional<byte[]> kept =
                    against == null ? Optional.empty() : Optional.of(Files.readAllBytes(against));
            return report(new LogVerifier(verifier).verify(folder, kept));
        } catch (IOException unreadable) {
            throw new Unusable(Unusable.reading(unreadable), unreadable);
        }
    }

    private int report(Verification verification) {
        return switch (verification) {
            case Verification.Sound sound -> {
                screen.print(
                        screen.good("verified")
                                + "  "
                                + sound.checkpoint().size()
                                + " entries, signed as "
                                + sound.checkpoint().origin());
                yield Exit.FINE;
            }
            case Verification.Unsound(List<Finding> findings) -> {
                screen.print(screen.bad("NOT VERIFIED") + "  " + findings.size() + " findings");
                findings.forEach(finding -> screen.print("  " + finding.words()));
                yield Exit.FINDINGS;
            }
        };
    }
}
