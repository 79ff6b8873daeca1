package dev.ringwall.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes that look for ports at the same moment. Each takes so many that without a claim some would be the same.
class FreePortsTest {

    private static final int TAKEN = 2_000;

    @TempDir private Path folder;

    @Test
    void twoProcessesThatLookAtOnceFindDifferentPorts() throws IOException {
        try (Taker one = new Taker(folder);
                Taker other = new Taker(folder)) {
            List<Integer> first = one.ports();
            List<Integer> second = other.ports();

            assertThat(first).doesNotHaveDuplicates();
            assertThat(second).doesNotHaveDuplicates().doesNotContainAnyElementsOf(first);
        }
    }

    @Test
    void whereNothingCanBeClaimedPortsAreFoundAllTheSame() throws IOException {
        try (Taker one = new Taker(folder.resolve("missing"))) {
            assertThat(one.ports()).hasSize(TAKEN).doesNotHaveDuplicates();
        }
    }

    /// A process that looks for ports, listens on none of them, and stays until it is closed.
    private static final class Taker implements AutoCloseable {

        private final Process process;

        Taker(Path temporary) throws IOException {
            process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:TieredStopAtLevel=1",
                                    "-Djava.io.tmpdir=" + temporary,
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Taking.class.getName())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
        }

        List<Integer> ports() throws IOException {
            BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
            List<Integer> ports = new ArrayList<>();
            while (ports.size() < TAKEN) {
                ports.add(Integer.valueOf(said.readLine()));
            }
            return ports;
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    /// The program of that process.
    static final class Taking {

        private Taking() {}

        public static void main(String[] none) throws IOException {
            PrintStream out = System.out;
            for (int i = 0; i < TAKEN; i++) {
                out.println(FreePorts.next());
            }
            int end = System.in.read(); // stays until it is killed
            out.println(end);
        }
    }
}
