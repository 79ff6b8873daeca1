package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that has only what a node needs, without picocli, is asked for something else.
class EveryJarTest {

    @TempDir Path folder;

    private record Answer(int exit, String err) {}

    private static List<String> classPath() {
        return Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    /// A folder with one jar, which names what the build put on the class path of this test.
    private Path everyJar() throws IOException {
        Path every = Files.createDirectories(folder.resolve("lib"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        classPath().stream()
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        try (OutputStream to = Files.newOutputStream(every.resolve("all.jar"))) {
            new JarOutputStream(to, manifest).close();
        }
        return every;
    }

    private static Answer withoutPicocli(List<String> options, String... words)
            throws IOException, InterruptedException {
        String some =
                String.join(
                        File.pathSeparator,
                        classPath().stream().filter(entry -> !entry.contains("picocli")).toList());
        List<String> command =
                new ArrayList<>(
                        List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", some, Main.class.getName()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), err);
    }

    @Test
    void itAnswersAsOneThatHasAllOfThem() throws Exception {
        Answer answer = withoutPicocli(List.of("-Dringwall.lib=" + everyJar()), "node");
        assertThat(answer.err()).contains("missing required parameter: 'NAME'");
        assertThat(answer.exit()).isEqualTo(2);

        assertThat(withoutPicocli(List.of(), "node").err())
                .as("and could not without them")
                .contains("NoClassDefFoundError", "picocli");
    }

    @Test
    void whereTheyAreGoneItSaysSo() throws Exception {
        Path nowhere = folder.resolve("nowhere");
        Answer answer = withoutPicocli(List.of("-Dringwall.lib=" + nowhere), "node");
        assertThat(answer.err())
                .contains("the jars of Ringwall cannot be read", nowhere.toString())
                .doesNotContain("\tat ");
        assertThat(answer.exit()).isEqualTo(Exit.UNUSABLE);
    }
}
