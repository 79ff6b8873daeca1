package dev.ringwall.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What shellcheck has to say about the scripts: nothing.
class ShellScriptsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ringwall",
                "app/command/train.sh",
                "bench/launch.sh",
                ".ci/run",
                "checks/reproducible",
                "checks/fuzz"
            })
    void shellcheckIsContent(String script) throws Exception {
        Path root = Repository.here().root();
        Process process;
        try {
            process =
                    new ProcessBuilder(List.of("shellcheck", "--external-sources", script))
                            .directory(root.toFile())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            System.out.println(
                    "LOUD: shellcheck is not installed, so " + script + " is not checked");
            Assumptions.abort("no shellcheck: " + e.getMessage());
            return;
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).isEmpty();
        assertThat(process.waitFor()).isZero();
    }
}
