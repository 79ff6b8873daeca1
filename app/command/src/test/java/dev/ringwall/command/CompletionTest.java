package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The completion scripts, read by the shells that they are for.
final class CompletionTest {

    @TempDir Path folder;

    private Path script(String shell) throws IOException {
        ShopUnderTest.Ended ended = ShopUnderTest.run("completion", shell);
        assertThat(ended.exitCode()).isZero();
        return Files.writeString(folder.resolve("complete"), ended.out());
    }

    private static List<String> lines(String... command) throws Exception {
        Process shell = new ProcessBuilder(command).start();
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(err).isEmpty();
        return out.lines().toList();
    }

    @Test
    void bashCompletesTheNameOfACommand() throws Exception {
        assertThat(
                        lines(
                                "bash",
                                "-c",
                                """
                                source "$1"
                                COMP_WORDS=(ringwall ch) COMP_CWORD=1 COMP_LINE='ringwall ch' COMP_POINT=11
                                _complete_ringwall
                                printf '%s\\n' "${COMPREPLY[@]}"
                                """,
                                "bash",
                                script("bash").toString()))
                .containsExactly("check");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ringwall ch                 | check
                    ringwall user a             | add
                    ringwall user add --ro      | --role
                    ringwall check -o sa        | sarif
                    ringwall check --output js  | json
                    ringwall completion fi      | fish
                    """)
    void fishCompletesCommandsOptionsAndValues(String typed, String completed) throws Exception {
        assumeTrue(installed("fish"), "LOUD: fish is not installed, its completion is not tried");

        assertThat(
                        lines(
                                "fish",
                                "--no-config",
                                "-c",
                                "source $argv[1]; complete -C $argv[2]",
                                script("fish").toString(),
                                typed))
                .allSatisfy(line -> assertThat(line.split("\t", 2)[0]).startsWith(last(typed)))
                .anySatisfy(line -> assertThat(line.split("\t", 2)[0]).isEqualTo(completed));
    }

    @Test
    void fishOffersNothingOfOtherCommands() throws Exception {
        assumeTrue(installed("fish"), "LOUD: fish is not installed, its completion is not tried");

        assertThat(
                        lines(
                                "fish",
                                "--no-config",
                                "-c",
                                "source $argv[1]; complete -C $argv[2]",
                                script("fish").toString(),
                                "ringwall user che"))
                .isEmpty();
    }

    @Test
    void aShellThatIsNotKnownIsRefused() {
        ShopUnderTest.Ended ended = ShopUnderTest.run("completion", "tcsh");

        assertThat(ended.exitCode()).isEqualTo(Exit.UNUSABLE);
        assertThat(ended.err()).contains("[bash, zsh, fish]");
    }

    private static String last(String typed) {
        return typed.substring(typed.lastIndexOf(' ') + 1);
    }

    private static boolean installed(String program) {
        for (String place : String.valueOf(System.getenv("PATH")).split(":", -1)) {
            if (Files.isExecutable(Path.of(place, program))) {
                return true;
            }
        }
        return false;
    }
}
