package dev.ringwall.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {

    @TempDir Path folder;

    /// Writes two texts by turns until it is killed.
    public static final class Writer {
        private Writer() {}

        /// Runs in a process of its own.
        public static void main(String[] file) throws IOException {
            for (int round = 0; ; round++) {
                KeyFiles.write(Path.of(file[0]), text(round));
            }
        }
    }

    private static String text(int round) {
        return (round % 2 == 0 ? "old\n" : "new\n").repeat(20_000);
    }

    @Test
    void whoeverIsKilledWhileWritingLeavesTheOldFileOrTheNewOne() throws Exception {
        Path file = folder.resolve("keys/root.pem");
        AtomicInteger cut = new AtomicInteger();
        Seeds.each(
                8,
                random -> {
                    Files.deleteIfExists(file);
                    Process writer =
                            new ProcessBuilder(
                                            Path.of(System.getProperty("java.home"), "bin", "java")
                                                    .toString(),
                                            "-XX:TieredStopAtLevel=1",
                                            "-cp",
                                            System.getProperty("java.class.path"),
                                            Writer.class.getName(),
                                            file.toString())
                                    .inheritIO()
                                    .start();
                    try {
                        for (int i = 0; i < 3_000 && !Files.exists(file); i++) {
                            Thread.sleep(10);
                        }
                        Thread.sleep(random.nextInt(80));
                    } finally {
                        writer.destroyForcibly();
                        assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
                    }
                    Path half = file.resolveSibling(".root.pem.new");
                    cut.addAndGet(Files.exists(half) ? 1 : 0);
                    assertThat(KeyFiles.read(file)).isIn(text(0), text(1));
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------");
                });
        assertThat(cut.get()).as("times that a file was half written").isPositive();
    }

    @Test
    void aFileWithoutMeasureIsNotRead() throws Exception {
        Path file = folder.resolve("large");
        Files.write(file, new byte[KeyFiles.BYTES_MAX + 1]);
        assertThatThrownBy(() -> KeyFiles.read(file)).isInstanceOf(IOException.class);
    }
}
