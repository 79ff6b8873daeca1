package dev.ringwall.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCommandTest {

    @TempDir Path folder;

    @Test
    void aJavaServiceLeavesAnArchiveForItsNextStart() throws Exception {
        List<String> words = words("java", "-version");
        assertThat(run(words)).isZero();
        assertThat(archive()).isNotEmptyFile();
        assertThat(run(words)).isZero();
    }

    @Test
    void anArchiveThatIsDamagedIsNoHindrance() throws Exception {
        List<String> words = words("java", "-version");
        run(words);
        Files.writeString(archive(), "no archive");
        assertThat(run(words)).isZero();
    }

    @Test
    void aCommandWithItsOwnArchiveIsLeftAsItIs() throws IOException {
        assertThat(words("java", "-Xshare:off", "-jar", "a.jar"))
                .hasSize(4)
                .endsWith("-Xshare:off", "-jar", "a.jar");
    }

    @Test
    void whatIsNotJavaIsLeftAsItIs() throws IOException {
        assertThat(words("python3", "app.py")).containsExactly("python3", "app.py");
    }

    @Test
    void twoCommandsDoNotShareAnArchive() throws IOException {
        assertThat(words("java", "-jar", "a.jar").get(2))
                .isNotEqualTo(words("java", "-jar", "b.jar").get(2));
    }

    private List<String> words(String... command) throws IOException {
        return JavaCommand.words("orders", List.of(command), folder, folder.resolve("archives"));
    }

    private Path archive() throws IOException {
        try (Stream<Path> archives = Files.list(folder.resolve("archives"))) {
            return archives.findFirst().orElseThrow();
        }
    }

    private static int run(List<String> words) throws IOException, InterruptedException {
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
