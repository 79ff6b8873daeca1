package dev.ringwall.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Remembers which child processes a node started, so that the next start of a node that was killed ends those that it left behind
/// before it starts new ones on the same data.
///
/// A process is known by its id and its start time together, so that an id that was given to somebody else in the meantime is left alone.
final class Orphans {

    private static final int END_WITHIN_SECONDS = 5;

    private final Path file;
    private final List<String> lines = new ArrayList<>();

    Orphans(Path file) {
        this.file = file;
    }

    /// Ends what an earlier run left behind; returns how many that were.
    int endLeftBehind() throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        int ended = 0;
        for (String line : Files.readAllLines(file)) {
            Optional<ProcessHandle> left = stillRunning(line);
            if (left.isPresent()) {
                end(left.get());
                ended++;
            }
        }
        Files.delete(file);
        return ended;
    }

    /// Remembers one more child. Written before anybody relies on the child.
    synchronized void remember(ProcessHandle child) throws IOException {
        Optional<Instant> started = child.info().startInstant();
        if (started.isEmpty()) {
            return;
        }
        lines.add(child.pid() + " " + started.get());
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.write(next, lines);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Forgets all of them; called when every child has been stopped.
    synchronized void forget() throws IOException {
        lines.clear();
        Files.deleteIfExists(file);
    }

    private static Optional<ProcessHandle> stillRunning(String line) {
        String[] words = line.split(" ", 2);
        try {
            Instant started = Instant.parse(words[1]);
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(process ->
                            process.info().startInstant().filter(started::equals).isPresent());
        } catch (DateTimeParseException
                | NumberFormatException
                | ArrayIndexOutOfBoundsException torn) {
            return Optional.empty();
        }
    }

    private static void end(ProcessHandle process) throws IOException {
        process.destroyForcibly();
        try {
            process.onExit().get(END_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException stubborn) {
            throw new IOException(
                    "process " + process.pid() + " of an earlier run does not end", stubborn);
        } catch (java.util.concurrent.ExecutionException impossible) {
            throw new IOException(impossible);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
