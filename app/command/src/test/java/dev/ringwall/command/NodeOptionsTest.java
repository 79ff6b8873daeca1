package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class NodeOptionsTest {

    private static final List<String> LINES =
            List.of(
                    "node gateway",
                    "node orders payments --state /var/lib/x",
                    "node --state=x orders --run",
                    "node --run --folder /srv orders",
                    "node --folder /srv orders",
                    "node gateway --door [::1]:8443 --inside 10.0.0.7 --health 0",
                    "node gateway --health=127.0.0.1:9 --join token --control https://c:8445",
                    "node gateway --state a=b",
                    "node node");

    @Test
    void anOrdinaryLineIsReadAsPicocliReadsIt() {
        for (String line : LINES) {
            String[] words = line.split(" ");
            assertThat(NodeOptions.plain(words)).as(line).isEqualTo(Optional.of(picocli(words)));
        }
    }

    @Test
    void everyOptionOfANodeIsKnown() {
        CommandLine node = commands().getSubcommands().get("node");
        for (OptionSpec option : node.getCommandSpec().options()) {
            if (option.usageHelp() || option.versionHelp()) {
                continue;
            }
            List<String> words = new ArrayList<>(List.of("node", "gateway", option.longestName()));
            if (option.arity().max() > 0) {
                words.add("1");
            }
            assertThat(NodeOptions.plain(words.toArray(String[]::new)))
                    .as(option.longestName())
                    .isEqualTo(Optional.of(picocli(words.toArray(String[]::new))));
        }
    }

    @Test
    void allElseIsLeftToPicocli() {
        for (String line :
                List.of(
                        "",
                        "up",
                        "control node",
                        "node",
                        "node --run",
                        "node --help",
                        "node gateway -h",
                        "node gateway --stat x",
                        "node gateway --state",
                        "node gateway --state=",
                        "node gateway --state --run",
                        "node gateway --state a --state b",
                        "node gateway --run --run",
                        "node gateway --run=true",
                        "node gateway --control not|one",
                        "node -- gateway",
                        "node @file",
                        "node gateway --state @file",
                        "node 'gateway'",
                        "node gateway --state ${sys:user.home}")) {
            assertThat(NodeOptions.plain(line.split(" "))).as(line).isEmpty();
        }
        assertThat(NodeOptions.plain()).isEmpty();
        assertThat(NodeOptions.plain("node", "", "gateway")).isEmpty();
        assertThat(NodeOptions.plain("node", "gateway", "--state", "a\0b")).isEmpty();
    }

    @Test
    void aLineThatIsLeftToPicocliIsComplainedAbout() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
        assertThat(Main.run(new Screen(err, err, false), "node", "gateway", "--stat", "x"))
                .isEqualTo(Exit.UNUSABLE);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("no option `--stat`", "--state");
    }

    private static NodeOptions picocli(String... words) {
        CommandLine.ParseResult parsed = commands().parseArgs(words);
        Object command = parsed.subcommand().commandSpec().userObject();
        return ((NodeCommand) command).options();
    }

    private static CommandLine commands() {
        return Ringwall.line(new Screen(System.out, System.err, false));
    }
}
