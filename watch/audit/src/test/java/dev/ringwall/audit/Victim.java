package dev.ringwall.audit;

import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// A process that writes until it is killed, and says on its standard output what it was told is kept.
final class Victim {

    private static final int THREADS = 4;

    private Victim() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        AtomicLong next = new AtomicLong(Long.parseLong(args[2]));
        PrintStream kept = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        switch (args[0]) {
            case "log" -> {
                var opened =
                        (AuditLog.Opening.Opened)
                                AuditLog.open(
                                        folder,
                                        Keys.signer(),
                                        Duration.ofMillis(20),
                                        InstantSource.system());
                forever(() -> {
                    long number = next.getAndIncrement();
                    if (opened.log().append(Logs.entry(number)).toCompletableFuture().join()
                            instanceof AuditLog.Appended.At(long index)) {
                        kept.println(number + " " + index);
                    }
                });
            }
            case "spool" -> {
                Spool spool = spool(folder);
                forever(() -> {
                    long number = next.getAndIncrement();
                    keep(spool, number % 3 == 0 ? Events.firm(number) : Events.refusal(number));
                    kept.println(number);
                });
            }
            case "folding" -> {
                Folding folding =
                        Folding.over(
                                spool(folder), folder.resolve("folded"), InstantSource.system());
                forever(() -> {
                    long number = next.getAndIncrement();
                    keep(folding, Events.refusal(number));
                    kept.println(number);
                });
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static Spool spool(Path folder) throws IOException {
        return ((Spool.Opening.Opened)
                        Spool.open(folder, Spool.BYTES_MAX_DEFAULT, InstantSource.system()))
                .spool();
    }

    private static void keep(Recorder recorder, SecurityEvent event) {
        if (!(recorder.record(event).toCompletableFuture().join()
                instanceof Recorder.Outcome.Kept)) {
            throw new IllegalStateException("lost");
        }
    }

    private static void forever(Runnable step) {
        for (int i = 0; i < THREADS; i++) {
            Thread.ofPlatform()
                    .start(() -> {
                        while (true) {
                            step.run();
                        }
                    });
        }
    }
}
