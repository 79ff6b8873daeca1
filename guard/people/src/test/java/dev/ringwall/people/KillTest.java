package dev.ringwall.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.store.Store;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed while it writes has kept all that it said it had. A server's own disk is the server's promise.
@DisabledIfSystemProperty(named = "ringwall.test.database", matches = "postgresql")
class KillTest {

    private static final int SAID_BEFORE_THE_KILL = 200;

    @TempDir Path folder;

    /// Revokes one token after another, and says each when it is done.
    public static final class Writer {
        private Writer() {}

        public static void main(String[] file) {
            Store store = Store.open(Path.of(file[0]), Directory.tables());
            for (int i = 0; ; i++) {
                String value = "token-" + i;
                store.write(tx -> {
                    Revocations.add(
                            tx,
                            new Revocation(
                                    Revocation.Kind.JTI,
                                    value,
                                    java.time.Instant.parse("2099-01-01T00:00:00Z")));
                    return true;
                });
                System.out.println(value);
            }
        }
    }

    @Test
    void whatWasSaidIsThereAfterTheKill() throws Exception {
        Path file = folder.resolve("identity.db");
        Process writer =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Writer.class.getName(),
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = writer.inputReader()) {
            while (said.size() < SAID_BEFORE_THE_KILL) {
                said.add(lines.readLine());
            }
            writer.toHandle().destroyForcibly();
            lines.lines().forEach(said::add);
        }
        assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
        try (Store store = Store.open(file, Directory.tables())) {
            assertThat(new Revocations(store, java.time.InstantSource.system()).current())
                    .extracting(Revocation::value)
                    .containsAll(said.stream().filter(line -> line.matches("token-\\d+")).toList());
        }
    }
}
