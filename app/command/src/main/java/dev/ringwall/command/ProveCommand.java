package dev.ringwall.command;

import dev.ringwall.attack.Mailbox;
import dev.ringwall.attack.Prover;
import dev.ringwall.attack.Report;
import dev.ringwall.attack.Target;
import dev.ringwall.control.Declared;
import dev.ringwall.link.Operating;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Attacks the running system.
@Command(
        name = "prove",
        description =
                "Attack the running system in every way that follows from its declaration, over the network, and say what was"
                        + " stopped and by what. It makes accounts of its own, places orders and uses up limits: run it where that does no harm.",
        footer = {
            "",
            "Examples:",
            "  ringwall prove",
            "  ringwall prove --only '*/token-*'",
            "  ringwall prove -o junit > attacks.xml"
        })
final class ProveCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin private SystemOption system = new SystemOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ProofFormat format = ProofFormat.TEXT;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description =
                    "Play these only; `*` stands for anything: --only 'orders.*' --only '*/token-*'. May be given several times.")
    private List<String> only = List.of();

    @Option(
            names = "--gateway",
            paramLabel = "ADDRESS",
            description =
                    "Where a gateway is by itself (host:port), when several serve the door's name; give it for each of them."
                            + " What one was shown is then sent to another.")
    private List<String> gateways = List.of();

    @Option(
            names = "--client-certificate",
            paramLabel = "NAME=FILE",
            description =
                    "A PEM file with a certificate of a declared client with `proof: certificate`, those above it, and its key.")
    private Map<String, Path> certificates = Map.of();

    @Option(
            names = "--client-key",
            paramLabel = "NAME=FILE",
            description =
                    "A file with the private key (JWK, P-256) of a declared client with `proof: keys`.")
    private Map<String, Path> keys = Map.of();

    @Option(
            names = "--letters",
            paramLabel = "FILE",
            description =
                    "A PEM file with a certificate of the mail server that the declaration names, and its key. Where that server is this"
                            + " machine, letters are taken in its place meanwhile, and the codes in them are tried.")
    private @Nullable Path letters;

    @Option(names = "--list", description = "Only list what would be played.")
    private boolean list;

    @Option(names = "--verbose", description = "Print every attack, also those that were stopped.")
    private boolean verbose;

    /// The form of a proof.
    enum ProofFormat {
        TEXT,
        JSON,
        JUNIT,
        SARIF;

        /// As it is written on the command line.
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    ProveCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        StateFolder state = system.folder();
        Declared declared = Loading.declared(state.declaration(), screen);
        List<String> chosen =
                Prover.names(declared.blueprint()).stream().filter(this::isChosen).toList();
        if (chosen.isEmpty()) {
            throw new Unusable(
                    "no attack is called "
                            + String.join(" or ", only)
                            + "; `ringwall prove --list` lists them");
        }
        if (list) {
            chosen.forEach(screen::print);
            return Exit.FINE;
        }
        OperatorClient control = system.connect();
        Target target =
                Targets.of(state, control, declared.blueprint())
                        .with(
                                Handed.addresses(gateways),
                                Handed.programs(certificates),
                                Handed.keys(keys));
        Report report = letters == null ? play(target) : playReading(target, letters);
        screen.progressEnds();
        record(control, report);
        switch (format) {
            case TEXT ->
                    screen.out()
                            .print(verbose || !report.proved() ? report.table() : report.summary());
            case JSON -> screen.out().print(report.json());
            case JUNIT -> screen.out().print(report.junit());
            case SARIF -> screen.out().print(report.sarif());
        }
        screen.out().flush();
        return report.exitCode();
    }

    private Report play(Target target) {
        return new Prover(InstantSource.system())
                .run(
                        target,
                        this::isChosen,
                        (_, done, of) -> screen.progress("played " + done + " of " + of));
    }

    private Report playReading(Target target, Path identity) throws IOException {
        try (Mailbox mailbox = Handed.mailbox(target.blueprint().declaration().mail(), identity)) {
            return play(target.reading(mailbox));
        }
    }

    private boolean isChosen(String attack) {
        return only.isEmpty()
                || only.stream()
                        .anyMatch(wanted ->
                                attack.matches("\\Q" + wanted.replace("*", "\\E.*\\Q") + "\\E"));
    }

    private static void record(OperatorClient control, Report report) {
        List<Operating.Attack> attacks =
                report.results().stream()
                        .map(result ->
                                new Operating.Attack(
                                        result.name(),
                                        result.verdict().held(),
                                        result.verdict().word() + ": " + result.verdict().seen()))
                        .toList();
        control.post(Operating.ATTACKS, new Operating.Attacks(attacks));
    }
}
