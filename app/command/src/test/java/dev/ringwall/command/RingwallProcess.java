package dev.ringwall.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// `ringwall` as a process of its own, which can be killed like one. What it prints goes to a file.
final class RingwallProcess implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final long LOOK_EVERY_MILLIS = 20;

    private final Process process;
    private final Path printed;

    private RingwallProcess(Process process, Path printed) {
        this.process = process;
        this.printed = printed;
    }

    /// Starts it.
    ///
    /// @param home stands for the home directory, where the unlock secret lies
    static RingwallProcess start(Path home, String... arguments) throws IOException {
        return startWith(List.of(), home, arguments);
    }

    /// Starts it with further options of the JVM.
    static RingwallProcess startWith(List<String> options, Path home, String... arguments)
            throws IOException {
        Path printed = Files.createTempFile(home, arguments[0], ".out");
        List<String> words =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Duser.home=" + home));
        words.addAll(options);
        words.addAll(
                List.of("-cp", System.getProperty("java.class.path"), "dev.ringwall.command.Main"));
        words.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(printed.toFile());
        builder.environment().remove("XDG_CONFIG_HOME");
        builder.environment().remove("XDG_STATE_HOME");
        builder.environment().put("HOME", home.toString());
        return new RingwallProcess(builder.start(), printed);
    }

    /// Runs it to its end.
    static ShopUnderTest.Ended run(Path home, String... arguments)
            throws IOException, InterruptedException {
        return runWithInput(home, "", arguments);
    }

    /// Runs it to its end with that on its standard input.
    static ShopUnderTest.Ended runWithInput(Path home, String input, String... arguments)
            throws IOException, InterruptedException {
        try (RingwallProcess process = start(home, arguments)) {
            process.process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.process.getOutputStream().close();
            return new ShopUnderTest.Ended(process.awaitEnd(), process.printed(), "");
        }
    }

    /// Waits until it prints a line that begins so, and returns that line.
    String awaitLine(String beginning) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<String> line =
                    printed().lines().filter(one -> one.startsWith(beginning)).findFirst();
            if (line.isPresent()) {
                return line.get();
            }
            if (!process.isAlive()) {
                throw new AssertionError("it ended with " + process.exitValue() + ": " + printed());
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        throw new AssertionError("no line `" + beginning + "` in time: " + printed());
    }

    int awaitEnd() throws IOException, InterruptedException {
        if (!process.waitFor(READY_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end: " + printed());
        }
        return process.exitValue();
    }

    String printed() throws IOException {
        return Files.readString(printed, StandardCharsets.UTF_8);
    }

    long pid() {
        return process.pid();
    }

    /// The processes that it started.
    List<Long> children() {
        return process.descendants().map(ProcessHandle::pid).toList();
    }

    /// `kill -9`: no chance to put anything in order.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Asks it to end, as Ctrl-C does, and waits until it has.
    int stop() throws IOException, InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(READY_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
