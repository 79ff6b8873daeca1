package dev.ringwall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.EventJson;
import dev.ringwall.events.SecurityEvent.CallDecided;
import dev.ringwall.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` while many threads write: what was answered for is there, in its place, and the rest is whole.
class KillTest {

    private static final int ROUNDS = 3;
    private static final long NUMBERS_PER_ROUND = 1_000_000;
    private static final int THREADS = 4;

    @TempDir Path folder;

    private long firstNumber;

    @Test
    void aKilledLogHasEveryEntryThatWasAnsweredFor() {
        List<String> all = new ArrayList<>();
        Seeds.each(
                ROUNDS,
                random -> {
                    all.addAll(killed("log", random.nextInt(50, 400)));
                    try (AuditLog log =
                            ((AuditLog.Opening.Opened)
                                            AuditLog.open(
                                                    folder,
                                                    Keys.signer(),
                                                    Duration.ofMillis(20),
                                                    InstantSource.system()))
                                    .log()) {
                        List<byte[]> entries = Logs.all(log);
                        for (String line : all) {
                            String[] words = line.split(" ", 2);
                            assertThat(entries.get(Integer.parseInt(words[1])))
                                    .isEqualTo(Logs.entry(Long.parseLong(words[0])));
                        }
                    }
                    assertThat(
                                    new LogVerifier(Keys.signer().verifier())
                                            .verify(folder, Optional.empty()))
                            .isInstanceOf(Verification.Sound.class);
                });
        assertThat(all).isNotEmpty();
    }

    @Test
    void aKilledSpoolHasEveryEventThatWasAnsweredFor() {
        Set<String> all = new HashSet<>();
        Seeds.each(
                ROUNDS,
                random -> {
                    killed("spool", random.nextInt(50, 400))
                            .forEach(number -> all.add(Events.id(Long.parseLong(number))));
                    Set<String> there = new HashSet<>();
                    for (byte[] event : spooled()) {
                        assertThat(EventJson.read(event))
                                .isInstanceOfSatisfying(
                                        EventJson.Parsed.Event.class,
                                        parsed -> there.add(parsed.event().header().id()));
                    }
                    assertThat(there).containsAll(all);
                });
    }

    @Test
    void aKilledFoldHasCountedEveryRefusalOnce() {
        List<String> all = new ArrayList<>();
        Seeds.each(
                ROUNDS,
                random -> {
                    all.addAll(killed("folding", random.nextInt(50, 1_500)));
                    // Opening writes out what the killed process had counted.
                    try (Spool spool = spool()) {
                        Folding.over(spool, folder.resolve("folded"), InstantSource.system())
                                .close();
                    }
                    long counted = 0;
                    for (byte[] event : spooled()) {
                        if (EventJson.read(event)
                                instanceof EventJson.Parsed.Event(CallDecided call)) {
                            counted += call.times();
                        }
                    }
                    // In each round, each thread may have been killed between having recorded and
                    // having said so.
                    assertThat(counted)
                            .isBetween((long) all.size(), all.size() + ROUNDS * (THREADS + 1L));
                });
    }

    /// Runs a victim for that long after its first word, kills it, and returns all it said.
    private List<String> killed(String what, int millis) throws IOException, InterruptedException {
        Process victim =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Victim.class.getName(),
                                what,
                                folder.toString(),
                                Long.toString(firstNumber))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        firstNumber += NUMBERS_PER_ROUND;
        List<String> said = new ArrayList<>();
        try (var lines = victim.inputReader(StandardCharsets.US_ASCII)) {
            String first = lines.readLine();
            Thread killer =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    Thread.sleep(millis);
                                } catch (InterruptedException now) {
                                    Thread.currentThread().interrupt();
                                }
                                // Not the process itself, which would close what it has said but we
                                // have not read.
                                victim.toHandle().destroyForcibly();
                            });
            for (String line = first; line != null; line = lines.readLine()) {
                said.add(line);
            }
            killer.join();
        }
        victim.waitFor();
        // The last line may have been cut in two.
        return said.subList(0, Math.max(0, said.size() - 1));
    }

    private List<byte[]> spooled() throws IOException {
        List<byte[]> events = new ArrayList<>();
        try (Spool spool = spool()) {
            long from = spool.acknowledged();
            for (Batch batch = Shipped.after(spool, from);
                    !batch.events().isEmpty();
                    batch = Shipped.after(spool, from)) {
                events.addAll(batch.events());
                from = batch.last();
            }
        }
        return events;
    }

    private Spool spool() throws IOException {
        return ((Spool.Opening.Opened)
                        Spool.open(folder, Spool.BYTES_MAX_DEFAULT, InstantSource.system()))
                .spool();
    }
}
