package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the README shows is what a newcomer sees: its transcript is played, and compared line by line. While it plays, no second one does.
class ReadmeTest {

    private static final Path HOUSE = Path.of("..", "..").toAbsolutePath().normalize();
    private static final String BEGIN = "```console\n$ ./ringwall demo\ndeclared";

    @TempDir private static Path folder;

    private static String state;
    private static RingwallProcess demo;

    @BeforeAll
    static void play() throws IOException, InterruptedException {
        state = folder.resolve(".ringwall").toString();
        demo = demo("--state", state, "--door", "0", "--control", "0", "--health", "0");
        demo.awaitLine("running;");
    }

    @AfterAll
    static void end() {
        demo.close();
    }

    private static RingwallProcess demo(String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("demo"));
        words.addAll(List.of(more));
        return RingwallProcess.startWith(
                List.of("-Dringwall.home=" + HOUSE), folder, words.toArray(String[]::new));
    }

    @Test
    void theTranscriptIsWhatTheDemonstrationAndTheProofPrint() throws Exception {
        ShopUnderTest.Ended proof = RingwallProcess.run(folder, "prove", "--state", state);
        assertThat(proof.exitCode()).as(proof.out()).isZero();

        String played =
                "$ ./ringwall demo\n"
                        + demo.printed()
                                .lines()
                                .takeWhile(line -> !line.startsWith("first"))
                                .map(line -> line + "\n")
                                .reduce("", String::concat)
                        + "$ ./ringwall prove\n"
                        + proof.out();
        assertThat(normal(played)).isEqualTo(normal(transcript()));
    }

    @Test
    void aSecondDemonstrationSaysWhichPortIsTakenAndWhatToDo() throws Exception {
        try (RingwallProcess second = demo("--smoke")) {
            assertThat(second.awaitEnd()).isEqualTo(Exit.UNUSABLE);
            assertThat(second.printed())
                    .contains(
                            "port 18099 is taken",
                            "one demo at a time",
                            "stop the other demo",
                            "sport = :18099")
                    .doesNotContain("Exception", "\tat ");
        }
    }

    private static String transcript() throws IOException {
        String text = Files.readString(HOUSE.resolve("README.md"));
        int begin = text.indexOf(BEGIN) + "```console\n".length();
        return text.substring(begin, text.indexOf("```", begin));
    }

    /// Ports, paths, request ids, the size of the log and the width of columns are not the same twice.
    private static String normal(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("played "))
                .map(line ->
                        line.replaceAll("[/\\w.-]*examples/shop/ringwall\\.yaml *", "FILE  ")
                                .replaceAll("localhost:[0-9]+", "localhost:PORT")
                                .replaceAll("\\b[0-9A-Z]{26}\\b", "ID")
                                .replaceAll("tree size [0-9]+", "tree size N")
                                .replaceAll("orders\\.(read|ship) [0-9]+", "orders.$1 N")
                                .replaceAll(" {2,}", "  ")
                                .strip())
                .reduce("", (all, line) -> all + line + "\n");
    }
}
