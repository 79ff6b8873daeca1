package dev.ringwall.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// A program that was started for the measurement, and ends with it, also when that is broken off. What it prints goes to a file.
final class Program implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(10);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);
    private static final long LOOK_EVERY_MILLIS = 50;

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().unstarted(() -> RUNNING.forEach(Process::destroy)));
    }

    private final String name;
    private final Process process;
    private final Path printed;

    private Program(String name, Process process, Path printed) {
        this.name = name;
        this.process = process;
        this.printed = printed;
    }

    static Program start(Path home, String name, List<String> command) throws IOException {
        Path printed = home.resolve(name + ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(printed.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().keySet().removeIf(key -> key.startsWith("XDG_"));
        Process process = builder.start();
        RUNNING.add(process);
        process.onExit().thenAccept(RUNNING::remove);
        return new Program(name, process, printed);
    }

    /// Runs it to its end and returns what it printed.
    ///
    /// @throws IOException when it fails; the message has what it printed
    static String run(Path home, String name, List<String> command)
            throws IOException, InterruptedException {
        try (Program program = start(home, name, command)) {
            if (!program.process.waitFor(READY_WITHIN.toSeconds(), TimeUnit.SECONDS)
                    || program.process.exitValue() != 0) {
                throw new IOException(name + " failed: " + program.printed());
            }
            return program.printed();
        }
    }

    /// Whether it runs.
    boolean runs() {
        return process.isAlive();
    }

    /// Whether it ended well.
    boolean endedWell() {
        return !process.isAlive() && process.exitValue() == 0;
    }

    long pid() {
        return process.pid();
    }

    /// Ends it without a word.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Its own process, or the one that it keeps for the work.
    long worker() {
        return process.descendants().findFirst().map(ProcessHandle::pid).orElseGet(this::pid);
    }

    String printed() throws IOException {
        return Files.readString(printed, StandardCharsets.UTF_8);
    }

    /// Waits for a line that begins so.
    String awaitLine(String beginning) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            Optional<String> line =
                    printed().lines().filter(one -> one.startsWith(beginning)).findFirst();
            if (line.isPresent()) {
                return line.get();
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        throw new IOException(name + " does not start: " + printed());
    }

    /// Waits until it takes connections at that port of this machine.
    void awaitPort(int port) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (ConnectException notYet) {
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        }
        throw new IOException(name + " does not start: " + printed());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
